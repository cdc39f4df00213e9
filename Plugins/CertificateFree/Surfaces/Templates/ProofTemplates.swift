extension ProofPages {
    static let listTemplate = """
        <h1>证明事项清单</h1>
        <p class="lead">哪些证明还要开、到哪里开，哪些已经不用开，都在这里。清单之外，谁也不能要您开证明。</p>
        <form class="search" method="get" action="/certificate-free/proofs" role="search">
          <label class="vh" for="q">证明名称</label>
          <input id="q" name="q" type="search" maxlength="60" value="{{query}}" placeholder="例如 无犯罪记录证明">
          {{#state}}<input type="hidden" name="state" value="{{state}}">{{/state}}
          <button class="btn">找一找</button>
        </form>
        <nav class="tabs section" aria-label="按状态看"><ul>{{#tabs}}<li><a href="{{url}}"{{#current}} aria-current="page"{{/current}}>{{label}}</a></li>{{/tabs}}</ul></nav>
        {{#hasProofs}}
        <ul class="rows card section">
          {{#proofs}}
          <li><div class="rowhead"><h2 class="h3"><a href="{{url}}">{{title}}</a></h2><span class="badge badge--{{badge}}">{{state}}</span></div>
          <p class="muted">{{line}}</p></li>
          {{/proofs}}
        </ul>
        \(Pager.template)
        {{/hasProofs}}
        {{^hasProofs}}<p class="card section">清单里没有这样的证明。有人要您开清单里没有的证明？<a href="/hidden-approvals">告诉我们</a></p>{{/hasProofs}}
        """

    static let showTemplate = """
        <div class="form">
        <div class="rowhead rowhead--page"><h1>{{title}}</h1><span class="badge badge--{{badge}}">{{state}}</span></div>
        <section class="card"><dl class="sum">{{#facts}}<div><dt>{{label}}</dt><dd>{{value}}</dd></div>{{/facts}}</dl></section>
        {{#applyURL}}<p><a class="btn" href="{{applyURL}}">网上申请开具</a></p>{{/applyURL}}
        {{#code}}
        <section class="card" role="status"><h2>已经收到</h2><p>请记下查询码，凭它能看到核查的结果：</p><p class="caseno">{{code}}</p><p class="muted">查询码只显示这一次。<a href="/hidden-approvals">到这里查看结果</a></p></section>
        {{/code}}
        {{#takesReports}}
        <form class="card formcard" method="post" action="{{action}}" novalidate data-guard>
          {{> partials/csrf}}
          <h2>还有单位要您开这个证明？</h2>
          <p>请告诉我们，可以不留姓名。每条都会核查到底。</p>
          {{#fields}}{{> partials/field}}{{/fields}}
          <div class="actions"><button class="btn btn--start">提交</button></div>
          <p class="muted">反映过的，<a href="/hidden-approvals">凭查询码看结果</a>。</p>
        </form>
        {{/takesReports}}
        </div>
        """

    static let deskTemplate = """
        <p class="eyebrow">{{department}}</p>
        <h1>证明清理</h1>
        <dl class="facts section">{{#counts}}<div class="fact"><dt>{{label}}</dt><dd>{{value}}</dd></div>{{/counts}}</dl>
        <h2 class="section">还在索要的</h2>
        <p class="muted">主题和事项的材料里，已经取消或由数据替代、却还要群众交的证明。</p>
        {{#hasDemands}}
        <table class="tbl" data-lines>
          <caption class="vh">还在索要的</caption>
          <thead><tr><th scope="col">哪里</th><th scope="col">材料</th><th scope="col">证明</th></tr></thead>
          <tbody>{{#demands}}<tr><th scope="row">{{place}}</th><td data-label="材料">{{material}}</td><td data-label="证明">{{proof}} <span class="badge badge--{{badge}}">{{state}}</span></td></tr>{{/demands}}</tbody>
        </table>
        {{#more}}<p class="muted">一共 {{more}} 处，这里列出前 200 处；全部的用 yiciban certificate-free check 列出。</p>{{/more}}
        {{/hasDemands}}
        {{^hasDemands}}<p class="card">没有。</p>{{/hasDemands}}
        <h2 class="section">群众反映的</h2>
        {{#hasReports}}
        <table class="tbl">
          <caption class="vh">群众反映的</caption>
          <thead><tr><th scope="col">证明</th><th scope="col" class="num">反映</th><th scope="col" class="num">查实</th></tr></thead>
          <tbody>{{#reports}}<tr><th scope="row">{{title}}</th><td class="num" data-label="反映">{{all}}</td><td class="num" data-label="查实">{{confirmed}}</td></tr>{{/reports}}</tbody>
        </table>
        <p class="muted">每条线索由合法性审核的人员在“隐形审批线索”里核查、答复。</p>
        {{/hasReports}}
        {{^hasReports}}<p class="card">还没有人反映。</p>{{/hasReports}}
        """
}
