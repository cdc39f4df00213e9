/// The texts of the pages about cases.
enum CaseTemplates {
    static let list = """
        <p class="eyebrow">{{department}}</p>
        <h1>{{heading}}</h1>
        <p class="lead">{{lead}}</p>
        {{#collects}}<p class="actions"><a class="btn" href="/cross-region/collect/new">代收一份申请</a></p>{{/collects}}
        {{#hasCases}}
        <table class="tbl section" data-lines>
          <caption class="vh">{{heading}}</caption>
          <thead><tr><th scope="col">事项</th><th scope="col">申请人</th><th scope="col">{{#collects}}办理地{{/collects}}{{^collects}}受理地{{/collects}}</th><th scope="col">提交</th><th scope="col">到期</th><th scope="col">状态</th></tr></thead>
          <tbody>{{#cases}}<tr><th scope="row"><a href="{{url}}">{{title}}</a></th><td data-label="申请人">{{applicant}}</td><td data-label="{{#collects}}办理地{{/collects}}{{^collects}}受理地{{/collects}}">{{partner}}<br><span class="muted small">{{mode}}</span></td><td data-label="提交"><span class="num">{{filed}}</span></td><td data-label="到期"><span class="num">{{due}}</span></td><td data-label="状态"><span class="badge badge--{{badge}}">{{state}}</span></td></tr>{{/cases}}</tbody>
        </table>
        <nav class="pager" aria-label="分页">{{#firstURL}}<a class="btn btn--quiet btn--small" href="{{firstURL}}">回到第一页</a>{{/firstURL}}{{^firstURL}}<span></span>{{/firstURL}}{{#nextURL}}<a class="btn btn--quiet btn--small" href="{{nextURL}}" rel="next">下一页</a>{{/nextURL}}{{^nextURL}}<span class="muted">已经到底了</span>{{/nextURL}}</nav>
        {{/hasCases}}
        {{^hasCases}}<p class="card section">还没有办件。</p>{{/hasCases}}
        """

    static let form = """
        <div class="form">
        <h1>{{heading}}</h1>
        {{#hasOffers}}
        <form class="card formcard" method="post" action="{{action}}" enctype="multipart/form-data" novalidate>
          {{> partials/csrf}}
          <div class="field"><fieldset id="parts"><legend class="label">办什么</legend><span class="hint">标着“多地联办”的，把各地的事项一起选上。</span><div class="choices">
            {{#offers}}<label class="choice" for="{{id}}"><input type="checkbox" id="{{id}}" name="parts" value="{{value}}"{{#chosen}} checked{{/chosen}}><span>{{label}}<small>{{note}}</small></span></label>{{/offers}}
          </div></fieldset></div>
          {{#isWindow}}
          <div class="field"><label for="name">申请人姓名</label><input class="input" id="name" name="name" maxlength="60" autocomplete="off" value="{{name}}"></div>
          <div class="field"><label for="id_number">公民身份号码</label><input class="input" id="id_number" name="id_number" maxlength="18" autocomplete="off" value="{{idNumber}}"></div>
          {{/isWindow}}
          <div class="field"><label for="phone">联系电话 <small>（选填）</small></label><input class="input" id="phone" name="phone" type="tel" maxlength="30" autocomplete="off" value="{{phone}}"></div>
          <div class="field"><label for="note">说明 <small>（选填）</small></label><textarea class="input" id="note" name="note" rows="3" maxlength="2000">{{note}}</textarea></div>
          <div class="field"><label for="papers">材料</label><span class="hint" id="papers-hint">PDF、JPG 或 PNG，每份不超过 10 MB，可以一次选几份。加密后传给办理地。</span><input class="file" id="papers" name="papers" type="file" accept=".pdf,.jpg,.jpeg,.png" multiple aria-describedby="papers-hint"></div>
          {{#isWindow}}<div class="field"><label for="originals">收取的原件 <small>（选填）</small></label><span class="hint" id="originals-hint">例如 户口簿原件一本。收了就要登记，以后每一步交接都有记录。</span><input class="input" id="originals" name="originals" maxlength="200" aria-describedby="originals-hint" value="{{originals}}"></div>{{/isWindow}}
          <div class="actions"><button class="btn">提交</button></div>
        </form>
        {{/hasOffers}}
        {{^hasOffers}}<p class="card">现在没有可以这样办的外地事项。</p>{{/hasOffers}}
        </div>
        """

    static let detail = """
        <div class="form">
        <p class="eyebrow">{{mode}}：{{from}}受理，{{to}}办理</p>
        <div class="rowhead rowhead--page"><h1>{{title}}</h1><span class="badge badge--{{badge}}">{{state}}</span></div>
        {{#returned}}<p class="note note--bad" role="status">对方没有收下：{{returned}}</p>{{/returned}}
        {{#hasCorrections}}<section class="card note--warn" aria-labelledby="corrections"><h2 id="corrections">需要补正</h2><ol>{{#corrections}}<li>{{.}}</li>{{/corrections}}</ol></section>{{/hasCorrections}}
        {{#decision}}<section class="card" aria-labelledby="result"><h2 id="result">办理结果</h2><p class="lines">{{decision}}</p><p class="muted">{{decidedBy}}</p>
          {{#hasFiles}}<ul class="plain stack">{{#files}}<li>{{#url}}<a class="rowlink" href="{{url}}">{{name}}</a>{{/url}}{{^url}}{{name}}（正在传送）{{/url}} <span class="muted small">{{size}}</span></li>{{/files}}</ul>{{/hasFiles}}</section>{{/decision}}
        <section class="card"><h2>申请</h2><dl class="sum">
          <div><dt>申请人</dt><dd>{{name}}</dd></div>
          <div><dt>公民身份号码</dt><dd class="mono">{{idNumber}}</dd></div>
          {{#phone}}<div><dt>电话</dt><dd>{{phone}}</dd></div>{{/phone}}
          <div><dt>提交时间</dt><dd>{{filed}}</dd></div>
          {{#due}}<div><dt>办理期限</dt><dd>{{due}}</dd></div>{{/due}}
          <div><dt>查询号</dt><dd class="mono">{{number}}</dd></div>
          {{#note}}<div><dt>说明</dt><dd class="lines">{{note}}</dd></div>{{/note}}
          {{#hasSupplements}}<div><dt>补正说明</dt><dd>{{#supplements}}<p class="lines">{{.}}</p>{{/supplements}}</dd></div>{{/hasSupplements}}
          {{#hasOthers}}<div><dt>一起办的</dt><dd>{{#others}}<p>{{.}}</p>{{/others}}</dd></div>{{/hasOthers}}
        </dl></section>
        <section class="card"><h2>材料</h2>
          {{#hasPapers}}<ul class="plain stack">{{#papers}}<li>{{#url}}<a class="rowlink" href="{{url}}">{{name}}</a>{{/url}}{{^url}}{{name}}（正在传送）{{/url}} <span class="muted small">{{size}}</span></li>{{/papers}}</ul>{{/hasPapers}}
          {{^hasPapers}}<p class="muted">没有上传材料。</p>{{/hasPapers}}
        </section>
        {{#hasCustody}}<section class="card" aria-labelledby="custody"><h2 id="custody">原件和结果在哪里</h2><ol class="plain stack">{{#custody}}<li><b>{{text}}</b> <span class="muted small">{{at}}{{#note}}　{{note}}{{/note}}</span></li>{{/custody}}</ol></section>{{/hasCustody}}
        {{#canAccept}}
        <form class="card formcard" method="post" action="{{action}}/acceptance">{{> partials/csrf}}<h2>受理</h2><p>材料齐全、符合要求的，受理并开始计时。</p><div class="actions"><button class="btn">受理</button></div></form>
        <form class="card formcard" method="post" action="{{action}}/correction" novalidate>{{> partials/csrf}}<h2>一次性告知补正</h2><div class="field"><label for="missing">要补正的内容</label><span class="hint" id="missing-hint">每行一条，一次写全</span><textarea class="input" id="missing" name="missing" rows="4" aria-describedby="missing-hint"></textarea></div><div class="actions"><button class="btn btn--quiet">告知补正</button></div></form>
        {{/canAccept}}
        {{#canDecide}}
        <form class="card formcard" method="post" action="{{action}}/decision" enctype="multipart/form-data" novalidate>{{> partials/csrf}}<h2>办结</h2>
          <div class="field"><fieldset role="radiogroup"><legend class="label">结果</legend><div class="choices choices--row">{{#canGrant}}<label class="choice" for="granted"><input type="radio" id="granted" name="outcome" value="准予"><span>准予</span></label>{{/canGrant}}<label class="choice" for="refused"><input type="radio" id="refused" name="outcome" value="不予"><span>不予</span></label></div></fieldset></div>
          <div class="field"><label for="text">告诉申请人</label><span class="hint" id="text-hint">不予的，写明理由和怎样申请复议、提起诉讼</span><textarea class="input" id="text" name="text" rows="4" maxlength="2000" aria-describedby="text-hint"></textarea></div>
          <div class="field"><label for="files">结果文件 <small>（选填）</small></label><input class="file" id="files" name="files" type="file" accept=".pdf,.jpg,.jpeg,.png" multiple></div>
          <div class="actions"><button class="btn">办结</button></div></form>
        {{/canDecide}}
        {{#canSupplement}}
        <form class="card formcard" method="post" action="{{action}}/supplement" enctype="multipart/form-data" novalidate>{{> partials/csrf}}<h2>补正</h2>
          <div class="field"><label for="supplement-papers">补交的材料</label><input class="file" id="supplement-papers" name="papers" type="file" accept=".pdf,.jpg,.jpeg,.png" multiple></div>
          <div class="field"><label for="supplement-note">说明 <small>（选填）</small></label><textarea class="input" id="supplement-note" name="note" rows="3" maxlength="2000"></textarea></div>
          <div class="actions"><button class="btn">提交补正</button></div></form>
        {{/canSupplement}}
        {{#hasMoves}}
        <div id="custody" class="stack">
        {{#moves}}
        <form class="card formcard" method="post" action="{{action}}/custody" novalidate>{{> partials/csrf}}<h2>{{label}}</h2><input type="hidden" name="thing" value="{{thing}}"><input type="hidden" name="step" value="{{step}}">
          <div class="field"><label for="{{id}}-note">有哪些 <small>（选填）</small></label><input class="input" id="{{id}}-note" name="note" maxlength="200"></div>
          {{#sends}}<div class="field"><label for="{{id}}-courier">快递公司</label><input class="input" id="{{id}}-courier" name="courier" maxlength="40"></div><div class="field"><label for="{{id}}-tracking">快递单号</label><input class="input" id="{{id}}-tracking" name="tracking" maxlength="40"></div>{{/sends}}
          <div class="actions"><button class="btn btn--quiet">登记{{label}}</button></div></form>
        {{/moves}}
        </div>
        {{/hasMoves}}
        </div>
        """

    static let progress = """
        <div class="form">
        <h1>跨域办理进度</h1>
        <p class="lead">在哪里提交、由哪里办理，都在这一页看。</p>
        {{#isUnknown}}<p class="note note--bad" role="alert">没有找到。请核对回执上的查询号和身份证号码的后六位。</p>{{/isUnknown}}
        \(cases)
        <form class="card formcard section" method="post" action="/cross-region/progress" novalidate>
          {{> partials/csrf}}
          <div class="field"><label for="number">查询号</label><span class="hint" id="number-hint">印在提交时给您的回执上</span><input class="input" id="number" name="number" maxlength="60" autocomplete="off" aria-describedby="number-hint" value="{{number}}"></div>
          <div class="field"><label for="check">申请人身份证号码的后六位</label><input class="input" id="check" name="check" maxlength="6" autocomplete="off"></div>
          <div class="actions"><button class="btn">查进度</button></div>
        </form>
        </div>
        """

    static let mine = """
        <div class="form">
        <h1>我的跨域办件</h1>
        \(cases)
        {{^hasCases}}<p class="card">您还没有在网上办过外地的事项。</p>{{/hasCases}}
        <p class="actions"><a class="btn" href="/cross-region/apply">办理外地事项</a></p>
        </div>
        """

    private static let cases = """
        {{#hasCases}}
        <ol class="line card">
          {{#cases}}
          <li class="is-{{class}}"><span class="dot" aria-hidden="true"></span>
            <div class="rowhead"><h2 class="h3">{{#isMine}}<a href="{{url}}">{{title}}</a>{{/isMine}}{{^isMine}}{{title}}{{/isMine}}</h2><span class="badge badge--{{badge}}">{{state}}</span></div>
            <p>{{sentence}}</p>
            {{#due}}<p class="muted">{{due}}</p>{{/due}}
            {{#hasCorrections}}<ul>{{#corrections}}<li>{{.}}</li>{{/corrections}}</ul>{{/hasCorrections}}
            {{#hasCustody}}<ul class="plain muted">{{#custody}}<li>{{.}}</li>{{/custody}}</ul>{{/hasCustody}}
          </li>
          {{/cases}}
        </ol>
        {{/hasCases}}
        """
}
