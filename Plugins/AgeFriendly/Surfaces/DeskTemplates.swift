extension DeskPages {
    static let listTemplate = """
        <p class="eyebrow">{{department}}</p>
        <h1>上门服务</h1>
        <p><a class="btn" href="{{newURL}}">接到电话，替人预约</a></p>
        <nav class="tabs section" aria-label="按清单看"><ul>{{#tabs}}<li><a href="{{url}}"{{#current}} aria-current="page"{{/current}}>{{label}}</a></li>{{/tabs}}</ul></nav>
        {{#hasLines}}
        <table class="tbl section">
          <caption class="vh">{{heading}}</caption>
          <thead><tr><th scope="col">时间</th><th scope="col">服务</th><th scope="col">谁</th><th scope="col">在哪里</th><th scope="col">谁去</th><th scope="col">状态</th></tr></thead>
          <tbody>
            {{#lines}}<tr><th scope="row"><a href="{{url}}">{{time}}<span class="vh">：{{kind}}，{{name}}</span></a></th><td data-label="服务">{{kind}}</td><td data-label="谁">{{name}}</td><td data-label="在哪里">{{place}}</td><td data-label="谁去">{{#visitor}}{{visitor}}{{/visitor}}{{^visitor}}<span class="muted">没有安排</span>{{/visitor}}</td><td data-label="状态"><span class="badge badge--{{badge}}">{{state}}</span></td></tr>
            {{/lines}}
          </tbody>
        </table>
        <nav class="pager" aria-label="分页">
          {{#firstURL}}<a class="btn btn--quiet btn--small" href="{{firstURL}}">回到第一页</a>{{/firstURL}}{{^firstURL}}<span></span>{{/firstURL}}
          {{#nextURL}}<a class="btn btn--quiet btn--small" href="{{nextURL}}" rel="next">下一页</a>{{/nextURL}}{{^nextURL}}<span class="muted">已经到底了</span>{{/nextURL}}
        </nav>
        {{/hasLines}}
        {{^hasLines}}<p class="card section">这里没有要办的。</p>{{/hasLines}}
        """

    static let newTemplate = """
        <div class="form">
        <h1>电话预约：{{kindTitle}}</h1>
        <nav class="tabs" aria-label="哪种服务"><ul>{{#kinds}}<li><a href="{{url}}"{{#current}} aria-current="page"{{/current}}>{{label}}</a></li>{{/kinds}}</ul></nav>
        <form class="card formcard" method="post" action="{{action}}" novalidate>
          {{> partials/csrf}}<input type="hidden" name="kind" value="{{kind}}">
          {{#questions}}{{> partials/field}}{{/questions}}
          <div class="actions"><button class="btn">预约</button></div>
        </form>
        </div>
        """

    static let visitTemplate = """
        <div class="form">
        <div class="rowhead rowhead--page"><h1>{{pageTitle}}</h1><span class="badge badge--{{badge}}">{{state}}</span></div>
        {{#message}}<p class="note note--good" role="status">{{message}}</p>{{/message}}
        {{#tellsByPhone}}<p class="note">这个人没有在系统里登记，收不到通知。有变动请打电话告诉他。</p>{{/tellsByPhone}}
        <section class="card"><dl class="sum">{{#facts}}<div><dt>{{label}}</dt><dd class="lines">{{value}}</dd></div>{{/facts}}</dl></section>
        {{#forms}}
        {{^isFolded}}
        <form class="card formcard" method="post" action="{{action}}" novalidate>{{> partials/csrf}}
          <h2>{{title}}</h2>
          {{#fields}}{{> partials/field}}{{/fields}}
          <div class="actions"><button class="btn{{#isDanger}} btn--danger{{/isDanger}}">{{submit}}</button></div>
        </form>
        {{/isFolded}}
        {{#isFolded}}
        <details class="section"><summary>{{title}}</summary>
          <form class="fold" method="post" action="{{action}}" novalidate>{{> partials/csrf}}
            {{#fields}}{{> partials/field}}{{/fields}}
            <div class="actions"><button class="btn btn--danger">{{submit}}</button></div>
          </form>
        </details>
        {{/isFolded}}
        {{/forms}}
        </div>
        """
}
