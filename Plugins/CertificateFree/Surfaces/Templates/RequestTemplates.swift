extension RequestPages {
    static let listTemplate = """
        <p class="eyebrow">{{department}}</p>
        <h1>证明核验</h1>
        <p class="lead">部门之间查一查就清楚的，不要群众开证明。</p>
        {{#askURL}}<p><a class="btn" href="{{askURL}}">发起核验</a></p>{{/askURL}}
        <nav class="tabs section" aria-label="看哪些"><ul>{{#tabs}}<li><a href="{{url}}"{{#current}} aria-current="page"{{/current}}>{{label}}</a></li>{{/tabs}}</ul></nav>
        {{#hasRequests}}
        <table class="tbl" data-lines>
          <caption class="vh">证明核验</caption>
          <thead><tr><th scope="col">核验什么</th><th scope="col">单位</th><th scope="col">最晚答复</th><th scope="col">进展</th></tr></thead>
          <tbody>{{#requests}}<tr><th scope="row"><a href="{{url}}">{{title}}</a></th><td data-label="单位">{{office}}</td><td data-label="最晚答复"><span class="num">{{due}}</span></td><td data-label="进展"><span class="badge badge--{{badge}}">{{state}}</span></td></tr>{{/requests}}</tbody>
        </table>
        \(Pager.template)
        {{/hasRequests}}
        {{^hasRequests}}<p class="card">没有。</p>{{/hasRequests}}
        """

    static let showTemplate = """
        <div class="form">
        <div class="rowhead rowhead--page"><h1>{{title}}</h1><span class="badge badge--{{badge}}">{{state}}</span></div>
        {{#hidden}}<p class="note" role="status">{{hidden}}</p>{{/hidden}}
        <section class="card"><dl class="sum">{{#facts}}<div><dt>{{label}}</dt><dd>{{value}}</dd></div>{{/facts}}</dl></section>
        {{#mayAnswer}}
        <form class="card formcard" method="post" action="{{action}}" novalidate data-guard>
          {{> partials/csrf}}
          <h2>答复</h2>
          {{#issues}}<p>答复“符合”的，同时开具电子证明，放进本人的证照。</p>{{/issues}}
          {{#fields}}{{> partials/field}}{{/fields}}
          <div class="actions"><button class="btn">答复</button></div>
        </form>
        {{/mayAnswer}}
        </div>
        """

    static let askTemplate = """
        <div class="form">
        <h1>发起证明核验</h1>
        {{^hasCase}}
        <form class="card formcard" method="get" action="/certificate-free/ask" novalidate>
          {{#caseField}}{{> partials/field}}{{/caseField}}
          <div class="actions"><button class="btn">下一步</button></div>
        </form>
        {{/hasCase}}
        {{#hasCase}}
        <p class="muted">办件编号 <b class="mono">{{caseNumber}}</b></p>
        {{#hasProofs}}
        <form class="card formcard" method="post" action="/certificate-free/ask" novalidate data-guard>
          {{> partials/csrf}}
          <input type="hidden" name="case_number" value="{{caseNumber}}">
          {{#fields}}{{> partials/field}}{{/fields}}
          <div class="actions"><button class="btn">发起核验</button></div>
        </form>
        {{/hasProofs}}
        {{^hasProofs}}<p class="card">证明事项清单里还没有可以核验的证明，请联系管理清单的人员。</p>{{/hasProofs}}
        {{/hasCase}}
        </div>
        """
}

extension MyProofPages {
    static let listTemplate = """
        <h1>我的证明</h1>
        <p class="lead">哪个单位核验过您的证明、为什么、凭什么，都记在这里。要开证明，也从这里申请。</p>
        <p><a class="btn" href="{{applyURL}}">申请开具证明</a></p>
        {{#hasRequests}}
        {{#requests}}
        <section class="card section" aria-labelledby="{{anchor}}">
          <div class="rowhead"><h2 class="h3" id="{{anchor}}">{{title}}</h2><span class="badge badge--{{badge}}">{{state}}</span></div>
          <dl class="sum">{{#facts}}<div><dt>{{label}}</dt><dd>{{value}}</dd></div>{{/facts}}</dl>
          {{#licenceURL}}<p><a class="rowlink" href="{{licenceURL}}">打开电子证明</a></p>{{/licenceURL}}
          {{#consentURL}}
          <p class="section">同意以后，{{answerer}}会把结果告诉{{asker}}，对方看到{{until}}为止。随时可以撤回。</p>
          <form class="actions" method="post" action="{{consentURL}}">{{> partials/csrf}}<button class="btn" name="agrees" value="yes">同意核验</button> <button class="btn btn--quiet" name="agrees" value="no">不同意</button></form>
          {{/consentURL}}
          {{#withdrawURL}}
          <form class="actions" method="post" action="{{withdrawURL}}">{{> partials/csrf}}<button class="btn btn--quiet">撤回同意</button></form>
          {{/withdrawURL}}
        </section>
        {{/requests}}
        \(Pager.template)
        {{/hasRequests}}
        {{^hasRequests}}<p class="card section">还没有单位核验过您的证明，您也没有申请过。</p>{{/hasRequests}}
        """

    static let applyTemplate = """
        <div class="form">
        <h1>申请开具证明</h1>
        {{#isDone}}<p class="note note--good" role="status">已经提交。开好的电子证明放进本人的证照，本人登录后在“我的证明”里看。</p>{{/isDone}}
        {{#hasProofs}}
        <p class="lead">{{days}} 个工作日内答复。开好的电子证明放进您的证照，谁都可以核验真伪。</p>
        <form class="card formcard" method="post" action="/certificate-free/apply" novalidate data-guard>
          {{> partials/csrf}}
          {{#fields}}{{> partials/field}}{{/fields}}
          <div class="actions"><button class="btn btn--start">申请</button></div>
        </form>
        <p class="muted section">先看看<a href="/certificate-free/proofs">要不要开</a>：很多证明已经取消，谁也不能要。</p>
        {{/hasProofs}}
        {{^hasProofs}}<p class="card">现在没有可以在{{channel}}开具的证明。<a href="/certificate-free/proofs">查看证明清单</a></p>{{/hasProofs}}
        </div>
        """
}
