import PluginKit

/// The staff's list of whom to visit (敲门办).
struct KnockPages {
    let register: ProactiveRegister

    static let path = "/age-friendly/knock"
    private var access: Access { .staff(VisitRegister.permission) }

    var all: [any Contribution] {
        [
            Page("knock", access: access, menu: "敲门办") { request in try await list(request) },
            Page("knock/{id}", access: access) { request in try await show(request, .none) },
            Page(post: "knock/{id}", access: access) { request in try await close(request) },
        ]
    }

    private func list(_ request: PageRequest) async throws -> PageReply {
        let state = ProactiveVisit.State(rawValue: request.parameter("state")) ?? .toVisit
        let after = request.parameter("after")
        let visits = try await register.list(state, after: after.isEmpty ? nil : after, limit: 21, by: request.act)
        let page = Array(visits.prefix(20))
        let views = try await register.listed(page, on: request.act.now.day)
        let names = try await register.organisation.snapshot().divisions
        let url = "\(Self.path)?state=\(state.rawValue)"
        let next = visits.count > 20 ? page.last.map { "\(url)&after=\(ProactiveRegister.cursor($0.due, $0.id))" } : nil
        return .render(
            .text(Self.listTemplate),
            [
                "pageTitle": "敲门办", "department": .text(request.actor.post?.agencyName ?? ""),
                "heading": .text(state.chinese),
                "tabs": .list(
                    ProactiveVisit.State.allCases.map { other in
                        [
                            "label": .text(other.chinese), "url": .text("\(Self.path)?state=\(other.rawValue)"),
                            "current": .flag(other == state),
                        ]
                    }),
                "hasLines": .flag(!views.isEmpty),
                "lines": .list(
                    views.map { view in
                        [
                            "name": .text(view.name), "occasion": .text(view.occasion),
                            "url": .text("\(Self.path)/\(view.id)"),
                            "place": .text(names[view.division]?.name ?? view.division),
                            "basis": .text(view.basis.chinese), "note": .text(view.note ?? ""),
                        ]
                    }),
                "firstURL": .text(after.isEmpty ? "" : url), "nextURL": .text(next ?? ""),
            ])
    }

    private func show(_ request: PageRequest, _ feedback: Feedback) async throws -> PageReply {
        let found = try await register.open(try request.visitID(), by: request.act)
        let view = try await register.view(found.visit, found.profile, on: request.act.now.day)
        let facts = [
            VisitText.line("为什么", view.occasion), VisitText.line("年龄", view.age.map { "\($0) 岁" }),
            VisitText.line("电话", view.phone), VisitText.line("地址", view.address),
            VisitText.line("使用数据的依据", view.basisText), VisitText.line("办了什么", view.note),
            VisitText.line("谁登记的", view.closedBy),
        ]
        let note = Question(
            name: "note", label: "办了什么、结果怎样", kind: .paragraph, value: request.field("note"), maximumLength: 500)
        let model: ViewModel = [
            "pageTitle": .text(view.name), "back": ["label": "敲门办", "url": .text(Self.path)],
            "state": .text(view.stateText), "isOpen": .flag(view.state == .toVisit),
            "badge": .text(view.state == .toVisit ? "soon" : view.state == .visited ? "good" : "made"),
            "facts": .list(facts.compactMap(\.self)), "action": .text("\(Self.path)/\(view.id)"),
            "note": note.model(feedback),
        ]
        return .render(.text(Self.visitTemplate), feedback.summary(model), status: feedback.status)
    }

    private func close(_ request: PageRequest) async throws -> PageReply {
        let (id, note) = (try request.visitID(), request.field("note"))
        let state = ProactiveVisit.State(rawValue: request.field("state")) ?? .toVisit
        let isForGood = request.field("for_good") == "yes"
        do {
            _ = try await register.database.write {
                try register.close(id, as: state, note: note, isForGood: isForGood, by: request.act, in: $0)
            }
            return .redirect("\(Self.path)/\(id)")
        } catch {
            guard let feedback = Feedback(error) else { throw error }
            return try await show(request, feedback)
        }
    }

    private static let listTemplate = """
        <p class="eyebrow">{{department}}</p>
        <h1>敲门办</h1>
        <p class="lead">日子快到、该有人上门的人。名单每天自动更新，只列依法可以列的和本人同意的。</p>
        <nav class="tabs section" aria-label="按状态看"><ul>{{#tabs}}<li><a href="{{url}}"{{#current}} aria-current="page"{{/current}}>{{label}}</a></li>{{/tabs}}</ul></nav>
        {{#hasLines}}
        <table class="tbl section">
          <caption class="vh">{{heading}}</caption>
          <thead><tr><th scope="col">谁</th><th scope="col">为什么</th><th scope="col">在哪里</th><th scope="col">依据</th></tr></thead>
          <tbody>
            {{#lines}}<tr><th scope="row"><a href="{{url}}">{{name}}<span class="vh">：{{occasion}}</span></a></th><td data-label="为什么">{{occasion}}{{#note}}<br><span class="muted small">{{note}}</span>{{/note}}</td><td data-label="在哪里">{{place}}</td><td data-label="依据">{{basis}}</td></tr>
            {{/lines}}
          </tbody>
        </table>
        <nav class="pager" aria-label="分页">
          {{#firstURL}}<a class="btn btn--quiet btn--small" href="{{firstURL}}">回到第一页</a>{{/firstURL}}{{^firstURL}}<span></span>{{/firstURL}}
          {{#nextURL}}<a class="btn btn--quiet btn--small" href="{{nextURL}}" rel="next">下一页</a>{{/nextURL}}{{^nextURL}}<span class="muted">已经到底了</span>{{/nextURL}}
        </nav>
        {{/hasLines}}
        {{^hasLines}}<p class="card section">名单是空的。</p>{{/hasLines}}
        """

    private static let visitTemplate = """
        <div class="form">
        <div class="rowhead rowhead--page"><h1>{{pageTitle}}</h1><span class="badge badge--{{badge}}">{{state}}</span></div>
        <section class="card"><dl class="sum">{{#facts}}<div><dt>{{label}}</dt><dd class="lines">{{value}}</dd></div>{{/facts}}</dl></section>
        {{#isOpen}}
        <form class="card formcard" method="post" action="{{action}}" novalidate>{{> partials/csrf}}
          <h2>上门以后</h2>
          {{#note}}{{> partials/field}}{{/note}}
          <div class="actions"><button class="btn" name="state" value="visited">已上门</button></div>
        </form>
        <form class="card formcard" method="post" action="{{action}}" novalidate>{{> partials/csrf}}
          <h2>本人不要</h2>
          <div class="field"><label class="choice" for="for_good"><input type="checkbox" id="for_good" name="for_good" value="yes"><span>以后都不要主动上门</span></label></div>
          <div class="actions"><button class="btn btn--quiet" name="state" value="declined">登记本人不要</button></div>
        </form>
        {{/isOpen}}
        </div>
        """
}
