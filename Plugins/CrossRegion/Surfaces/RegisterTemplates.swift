/// The texts of the pages about lists, partners and agreements.
enum RegisterTemplates {
    static let items = """
        <h1>跨域通办</h1>
        <p class="lead">人在一个地方，就能办另一个地方的事。材料和结果在两地之间传送，您不用两头跑。</p>
        <div class="facts section">
          {{#scopes}}
          <div class="fact"><h2 class="h3"><a href="{{url}}">{{scope}}通办</a></h2><p class="big">{{items}} 项</p><p class="muted">目标 {{target}} 项；已替群众少跑 <b>{{visits}}</b> 趟</p></div>
          {{/scopes}}
        </div>
        <p class="actions"><a class="btn btn--quiet" href="/cross-region/progress">查办理进度</a><a class="btn btn--quiet" href="/cross-region/apply">网上办理外地事项</a><a class="btn btn--quiet" href="/cross-region/mine">我的跨域办件</a></p>
        <h2 class="section" id="list">{{chosen}}通办的事项</h2>
        {{#hasItems}}
        <ul class="rows card">
          {{#items}}<li><div class="rowhead"><h3>{{title}}</h3><span class="muted small mono">{{code}}</span></div><p class="muted">{{department}}；{{place}}</p></li>{{/items}}
        </ul>
        {{#nextURL}}<nav class="pager" aria-label="分页"><span></span><a class="btn btn--quiet btn--small" href="{{nextURL}}" rel="next">下一页</a></nav>{{/nextURL}}
        {{/hasItems}}
        {{^hasItems}}<p class="card">清单上还没有事项。</p>{{/hasItems}}
        <h2 class="section">和这些地方一起办</h2>
        {{#hasFriends}}
        <ul class="rows card">
          {{#friends}}
          <li><div class="rowhead"><h3>{{name}}</h3><span class="badge badge--data">{{scope}}</span></div>
          {{#hasOffers}}<ul class="plain stack">{{#offers}}<li><b>{{title}}</b> <span class="badge badge--good">{{mode}}</span><br><span class="muted">{{where}}</span></li>{{/offers}}</ul>{{/hasOffers}}
          {{^hasOffers}}<p class="muted">现在没有有效的协议。</p>{{/hasOffers}}</li>
          {{/friends}}
        </ul>
        {{/hasFriends}}
        {{^hasFriends}}<p class="card">还没有合作地区。</p>{{/hasFriends}}
        """

    static let desk = """
        <p class="eyebrow">{{department}}</p>
        <h1>通办管理</h1>
        <div class="facts">
          {{#counters}}<div class="fact"><h2 class="h3">{{scope}}通办</h2><p class="big">{{items}} 项</p><p class="muted">目标 {{target}} 项；已办 {{cases}} 件，少跑 {{visits}} 趟</p></div>{{/counters}}
        </div>
        <h2 class="section">合作地区</h2>
        <p class="muted">本地区的代码是 <b>{{ownCode}}</b>，公钥指纹 <span class="mono">{{fingerprint}}</span>。名片用 yiciban cross-region card --json 导出。</p>
        {{#hasPartners}}
        <ul class="rows card">
          {{#partners}}<li><div class="rowhead"><h3>{{name}} <span class="muted small mono">{{code}}</span></h3><span class="badge badge--{{badge}}">{{state}}</span></div><p>{{scope}}；{{heard}}{{#waiting}}；<b>还有 {{waiting}} 份报文没有送到</b>{{/waiting}}</p><p class="muted small">公钥指纹 <span class="mono">{{fingerprint}}</span></p></li>{{/partners}}
        </ul>
        {{/hasPartners}}
        {{^hasPartners}}<p class="card">还没有登记合作地区。</p>{{/hasPartners}}
        <h2 class="section">协议</h2>
        {{#hasAgreements}}
        <ul class="rows card">
          {{#agreements}}<li><div class="rowhead"><h3>{{number}}</h3><span class="badge badge--{{badge}}">{{state}}</span></div><p>{{partner}}；{{mode}}；{{decider}}</p><p class="muted">{{items}}</p></li>{{/agreements}}
        </ul>
        {{/hasAgreements}}
        {{^hasAgreements}}<p class="card">还没有登记协议。</p>{{/hasAgreements}}
        <h2 class="section">往来异常</h2>
        {{#hasIncidents}}
        <table class="tbl">
          <caption class="vh">三十天内的往来异常</caption>
          <thead><tr><th scope="col">日期</th><th scope="col">地区</th><th scope="col">情况</th><th scope="col">次数</th></tr></thead>
          <tbody>{{#incidents}}<tr><th scope="row"><span class="num">{{day}}</span></th><td data-label="地区">{{partner}}</td><td data-label="情况">{{detail}}</td><td data-label="次数"><span class="num">{{times}}</span></td></tr>{{/incidents}}</tbody>
        </table>
        {{/hasIncidents}}
        {{^hasIncidents}}<p class="card">三十天内没有。</p>{{/hasIncidents}}
        <div class="form">
        <form class="card formcard section" method="post" action="/cross-region/desk/items" novalidate>
          {{> partials/csrf}}
          <h2>列入通办清单</h2>
          \(scope("item"))
          <div class="field"><label for="item-code">事项代号</label><input class="input" id="item-code" name="code" maxlength="40" value="{{item.code}}"></div>
          <div class="field"><label for="item-title">事项名称</label><input class="input" id="item-title" name="title" maxlength="200" value="{{item.title}}"></div>
          <div class="field"><label for="item-department">业务部门</label><input class="input" id="item-department" name="department" maxlength="60" value="{{item.department}}"></div>
          <div class="field"><label for="item-place">在哪里可以办</label><span class="hint" id="item-place-hint">例如 全市各级政务服务大厅</span><input class="input" id="item-place" name="place" maxlength="200" aria-describedby="item-place-hint" value="{{item.place}}"></div>
          <div class="field"><label for="item-day">从哪天起</label><input class="input input--date num" id="item-day" name="starts_on" inputmode="numeric" maxlength="12" value="{{today}}"></div>
          <div class="actions"><button class="btn">列入清单</button></div>
        </form>
        <form class="card formcard section" method="post" action="/cross-region/desk/partners" novalidate>
          {{> partials/csrf}}
          <h2>登记合作地区，或更新公钥</h2>
          <p class="muted">内容取自对方的名片。登记以后请打电话核对指纹。</p>
          <div class="field"><label for="partner-code">代码</label><input class="input" id="partner-code" name="code" maxlength="20" value="{{partner.code}}"></div>
          <div class="field"><label for="partner-name">名称</label><input class="input" id="partner-name" name="name" maxlength="60" value="{{partner.name}}"></div>
          \(scope("partner"))
          <div class="field"><label for="partner-address">系统网址</label><input class="input" id="partner-address" name="address" maxlength="300" value="{{partner.address}}"></div>
          <div class="field"><label for="partner-signing">签名公钥（PEM）</label><textarea class="input" id="partner-signing" name="signing" rows="4" maxlength="1000">{{partner.signing}}</textarea></div>
          <div class="field"><label for="partner-reading">加密公钥（PEM）</label><textarea class="input" id="partner-reading" name="reading" rows="4" maxlength="1000">{{partner.reading}}</textarea></div>
          <div class="field"><label for="partner-day">从哪天起</label><input class="input input--date num" id="partner-day" name="starts_on" inputmode="numeric" maxlength="12" value="{{today}}"></div>
          <div class="actions"><button class="btn">登记地区</button></div>
        </form>
        <form class="card formcard section" method="post" action="/cross-region/desk/agreements" novalidate>
          {{> partials/csrf}}
          <h2>登记协议</h2>
          <div class="field"><label for="agreement-partner">合作地区</label><select class="input" id="agreement-partner" name="partner"><option value="">请选择</option>{{#partners}}<option value="{{code}}">{{name}}</option>{{/partners}}</select></div>
          <div class="field"><label for="agreement-number">协议编号</label><span class="hint" id="agreement-number-hint">双方登记的编号要一致</span><input class="input" id="agreement-number" name="number" maxlength="60" aria-describedby="agreement-number-hint" value="{{agreement.number}}"></div>
          <div class="field"><label for="agreement-mode">模式</label><select class="input" id="agreement-mode" name="mode"><option>全程网办</option><option>异地代收代办</option><option>多地联办</option></select></div>
          <div class="field"><label for="agreement-decider">哪一方办理</label><select class="input" id="agreement-decider" name="decider"><option>对方</option><option>本方</option></select></div>
          <div class="field"><label for="agreement-items">事项</label><span class="hint" id="agreement-items-hint">每行一个：代号 名称 工作日数；本方办理的再写单位代号</span><textarea class="input" id="agreement-items" name="items" rows="4" aria-describedby="agreement-items-hint">{{agreement.items}}</textarea></div>
          <div class="field"><label for="agreement-basis">依据的文件</label><input class="input" id="agreement-basis" name="basis" maxlength="300" value="{{agreement.basis}}"></div>
          <div class="field"><label for="agreement-day">从哪天起</label><input class="input input--date num" id="agreement-day" name="starts_on" inputmode="numeric" maxlength="12" value="{{today}}"></div>
          <div class="field"><label for="agreement-end">到哪天为止 <small>（选填）</small></label><input class="input input--date num" id="agreement-end" name="ends_on" inputmode="numeric" maxlength="12" value="{{agreement.ends_on}}"></div>
          <div class="actions"><button class="btn">登记协议</button></div>
        </form>
        </div>
        """

    private static func scope(_ prefix: String) -> String {
        """
        <div class="field"><label for="\(prefix)-scope">范围</label><select class="input" id="\(prefix)-scope" name="scope"><option>市内</option><option>省内</option><option>跨省</option></select></div>
        """
    }
}
