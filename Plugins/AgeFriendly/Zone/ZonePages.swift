import PluginKit

/// The zone for the elderly (老年人专区, R12.15) with the services that are ordered there (R12.17).
struct ZonePages {
    let zone: ElderZone
    let rules: VisitRules

    static let path = "/age-friendly/zone"

    var all: [any Contribution] {
        [
            Page("zone", menu: "老年人专区") { request in try await show(request) },
            Endpoint(.get, "zone", summary: "老年人专区：能办的事和能约的服务", access: .anyone) { (_: Nothing, call) in
                var view = ZoneView()
                view.services = Visit.Kind.allCases.map(ZoneService.init)
                view.entries = try await zone.entries(on: call.act.now.day).map(ZoneEntry.init)
                return view
            },
        ]
    }

    private func show(_ request: PageRequest) async throws -> PageReply {
        let entries = try await zone.entries(on: request.act.now.day)
        let others = Visit.Kind.allCases.filter(\.isInHall)
        return .render(
            .text(Self.template),
            [
                "pageTitle": "老年人专区", "age": .text("\(rules.entitledAge)"), "bellURL": .text(BellPages.bell),
                "ownURL": .text(BellPages.own), "choiceURL": .text(ChoicePages.path),
                "home": .text(Visit.Kind.home.promise),
                "services": .list(
                    others.map { kind in
                        [
                            "title": .text(kind.chinese), "promise": .text(kind.promise),
                            "glyph": .text(String(kind.chinese.prefix(1))),
                            "url": .text("\(BellPages.bell)?kind=\(kind.rawValue)"),
                        ]
                    }),
                "hasEntries": .flag(!entries.isEmpty),
                "entries": .list(
                    entries.map { entry in
                        [
                            "title": .text(entry.title), "summary": .text(entry.summary), "url": .text(entry.url),
                            "bellURL": .text("\(BellPages.bell)?subject=\(entry.id)"),
                        ]
                    }),
            ])
    }

    private static let template = """
        <h1>老年人专区</h1>
        <p class="lead">给年满 {{age}} 周岁的长辈，以及残疾、伤病行动不便、独自照护病人的人。不会用手机的，打电话 <a href="{{site.phoneURL}}"><b>{{site.phone}}</b></a>，我们替您约。</p>
        <section class="card formcard" aria-labelledby="bell">
          <h2 id="bell">按铃上门办</h2>
          <p>{{home}}</p>
          <p><a class="btn btn--bell" href="{{bellURL}}">按铃，请人上门</a></p>
          <ul class="plain"><li><a class="rowlink" href="{{ownURL}}">我的预约</a></li><li><a class="rowlink" href="{{choiceURL}}">要不要我们主动上门</a></li></ul>
        </section>
        <section class="section" aria-labelledby="services">
          <h2 id="services">到大厅来，有人帮</h2>
          <ul class="grid grid--home">
            {{#services}}<li class="tile"><span class="glyph glyph--warm" aria-hidden="true">{{glyph}}</span><div><h3><a href="{{url}}">{{title}}</a></h3><p>{{promise}}</p></div></li>{{/services}}
          </ul>
        </section>
        <section class="section" aria-labelledby="entries">
          <h2 id="entries">长辈常办的事</h2>
          {{#hasEntries}}
          <ul class="rows card">
            {{#entries}}<li class="callout"><div><a class="rowlink" href="{{url}}">{{title}}</a><br><span class="muted">{{summary}}</span></div><a class="btn btn--quiet" href="{{bellURL}}">请人上门办<span class="vh">：{{title}}</span></a></li>{{/entries}}
          </ul>
          {{/hasEntries}}
          {{^hasEntries}}<p class="card">还没有放进来的事，请到首页找。</p>{{/hasEntries}}
        </section>
        """
}

struct ZoneView: SchemaType {
    var services: [ZoneService] = []
    var entries: [ZoneEntry] = []
    static let schema = Schema<Self> {
        Field("services", \.services, .list(of: .object), doc: "能约的服务")
        Field("entries", \.entries, .list(of: .object), doc: "能办的事，按专区里的顺序")
    }
}

struct ZoneService: SchemaType {
    var kind = Visit.Kind.home
    var title = ""
    var promise = ""

    init() {}
    init(_ kind: Visit.Kind) { (self.kind, title, promise) = (kind, kind.chinese, kind.promise) }

    static let schema = Schema<Self> {
        Field("kind", \.kind, .choice, doc: "预约时写的种类")
        Field("title", \.title, .text(max: 20), doc: "名称")
        Field("promise", \.promise, .text(max: 200), doc: "能得到什么")
    }
}

struct ZoneEntry: SchemaType {
    var id = ""
    var title = ""
    var summary = ""
    var url = ""

    init() {}
    init(_ entry: ElderZone.Entry) { (id, title, summary, url) = (entry.id, entry.title, entry.summary, entry.url) }

    static let schema = Schema<Self> {
        Field("id", \.id, .text(max: 60), doc: "主题或事项代号")
        Field("title", \.title, .text(max: 200), doc: "名称")
        Field("summary", \.summary, .text(max: 500), doc: "简介，或者承办单位")
        Field("url", \.url, .text(max: 200), doc: "办事指南的地址")
    }
}
