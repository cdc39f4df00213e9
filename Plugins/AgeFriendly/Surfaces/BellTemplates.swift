extension BellPages {
    static let bellTemplate = """
        <div class="form">
        <h1>{{pageTitle}}</h1>
        <p class="lead">{{lead}}</p>
        {{#isFull}}<p class="note note--warn">往后 {{daysAhead}} 天都约满了。着急的请打电话 <a href="{{site.phoneURL}}">{{site.phone}}</a>，我们另想办法。</p>{{/isFull}}
        <form method="post" action="{{action}}" novalidate>
          {{> partials/csrf}}<input type="hidden" name="kind" value="{{kind}}">
          <section class="card formcard" aria-label="按铃">
            <dl class="sum">{{#facts}}<div><dt>{{label}}</dt><dd>{{value}}</dd></div>{{/facts}}</dl>
            {{#lacks}}<p class="note note--warn section">还差几样，请在下面补上，再按铃。</p>{{/lacks}}
            <p class="section"><button class="btn btn--bell">{{button}}</button></p>
            <p class="muted">不收任何费用。安排好谁来以后，会告诉您姓名和核对码。</p>
          </section>
          <details class="section"{{#isOpen}} open{{/isOpen}}>
            <summary>改时间、地点、电话，或者说说办什么事</summary>
            <div class="fold">
              {{#questions}}{{> partials/field}}{{/questions}}
              <div class="actions"><button class="btn">{{button}}</button></div>
            </div>
          </details>
        </form>
        <ul class="plain section"><li><a class="rowlink" href="{{ownURL}}">我的预约</a></li><li><a class="rowlink" href="{{zoneURL}}">老年人专区</a></li><li><a class="rowlink" href="{{choiceURL}}">要不要我们主动上门</a></li></ul>
        </div>
        """

    static let listTemplate = """
        <h1>我的预约</h1>
        {{#hasVisits}}
        <ul class="rows card">
          {{#visits}}<li><div class="rowhead"><a class="rowlink" href="{{url}}">{{kind}}：{{time}}</a><span class="badge badge--{{badge}}">{{state}}</span></div>{{#words}}<p class="muted">{{words}}</p>{{/words}}</li>{{/visits}}
        </ul>
        {{/hasVisits}}
        {{^hasVisits}}<p class="card">您还没有预约过。</p>{{/hasVisits}}
        {{#nextURL}}<p class="section"><a class="btn btn--quiet btn--small" href="{{nextURL}}">更早的</a></p>{{/nextURL}}
        <p class="section"><a class="btn btn--start" href="{{bellURL}}">按铃上门办</a></p>
        """

    static let visitTemplate = """
        <div class="form">
        <div class="rowhead rowhead--page"><h1>{{pageTitle}}</h1><span class="badge badge--{{badge}}">{{state}}</span></div>
        {{#isNew}}<p class="note note--good" role="status">约好了：<b>{{time}}</b>。安排好谁来，会马上告诉您。</p>{{/isNew}}
        {{#visitor}}
        <section class="card" aria-labelledby="visitor">
          <h2 id="visitor">来的人</h2>
          <p class="big">{{name}}</p><p class="muted">{{agency}}</p>
          <p>见面时，来的人会先报核对码</p><p class="big num" aria-label="核对码 {{code}}">{{code}}</p>
          {{#isHome}}<p><b>报不对的，不要开门。</b>我们不收钱，也不会要您的银行卡和密码。</p>{{/isHome}}
        </section>
        {{/visitor}}
        <section class="card"><h2>预约的内容</h2><dl class="sum">{{#facts}}<div><dt>{{label}}</dt><dd class="lines">{{value}}</dd></div>{{/facts}}</dl></section>
        {{#mayCancel}}
        <details class="section"><summary>不需要了，取消这单预约</summary>
          <form class="fold" method="post" action="{{action}}" novalidate>{{> partials/csrf}}
            {{#reason}}{{> partials/field}}{{/reason}}
            <div class="actions"><button class="btn btn--danger">确认取消</button></div>
          </form>
        </details>
        {{/mayCancel}}
        </div>
        """
}
