import PluginKit

/// The public list of what zones, counties and townships may do themselves, and the desk of who delegates.
struct PowerPages {
    let register: PowerRegister
    let settings: ZoneEmpowermentPlugin.Settings

    var all: [any Contribution] {
        [
            Page("powers", menu: "园区赋权") { request in try await list(request) },
            Page("desk", access: .staff(PowerRegister.delegate), menu: "赋权台账") { request in try await desk(request) },
        ]
    }

    private func list(_ request: PageRequest) async throws -> PageReply {
        let chosen = request.parameter("division")
        let standing = try await register.standing(at: request.act.now)
        let figures = ZoneFigures.all(standing.powers, standing.places, settings)
        let shown = standing.powers.filter { $0.readiness.isComplete && $0.power.division == chosen }
        return .render(
            .text(Self.listTemplate),
            [
                "pageTitle": "园区赋权", "hasPlaces": .flag(!figures.isEmpty),
                "places": .list(figures.map { figure(of: $0, chosen: chosen) }),
                "place": .text(standing.places.divisions[chosen]?.name ?? ""), "hasPowers": .flag(!shown.isEmpty),
                "powers": .list(
                    shown.map { power, _ in
                        [
                            "title": .text(power.title), "mode": .text(power.mode.rawValue),
                            "agency": .text(standing.places.agencies[power.agency]?.name(on: .last) ?? ""),
                            "from": .text(power.from), "basis": .text(power.basis),
                        ]
                    }),
            ])
    }

    private func figure(of figures: ZoneFigures, chosen: String) -> ViewModel {
        let target = figures.target.map { "目标 \($0) 项" } ?? ""
        return [
            "name": .text(figures.name), "kind": .text(figures.kind.rawValue),
            "url": .text("/zone-empowerment/powers?division=\(figures.division)#powers"),
            "usable": .text("\(figures.usable)"), "counted": .text("\(figures.counted)"), "target": .text(target),
            "incomplete": .text(figures.incomplete == 0 ? "" : "\(figures.incomplete)"),
        ]
    }

    private func desk(_ request: PageRequest) async throws -> PageReply {
        let standing = try await register.standing(at: request.act.now)
        let year = Instant(milliseconds: request.act.now.milliseconds - 365 * 86_400_000)
        let leaks = try await register.database.read { try register.leaks(since: year, in: $0) }
        let waiting = standing.powers.filter { !$0.readiness.isComplete }
        return .render(
            .text(Self.deskTemplate),
            [
                "pageTitle": "赋权台账", "department": .text(request.actor.post?.agencyName ?? ""),
                "hasWaiting": .flag(!waiting.isEmpty),
                "waiting": .list(
                    waiting.map { power, readiness in
                        [
                            "title": .text(power.title), "mode": .text(power.mode.rawValue),
                            "place": .text(standing.places.divisions[power.division]?.name ?? power.division),
                            "missing": .list(readiness.missing.map(ViewModel.text)),
                        ]
                    }),
                "hasLeaks": .flag(!leaks.isEmpty),
                "leaks": .list(
                    leaks.sorted { $0.key < $1.key }.map { division, count in
                        [
                            "place": .text(standing.places.divisions[division]?.name ?? division),
                            "all": .text("\(count.all)"), "withPower": .text("\(count.withPower)"),
                        ]
                    }),
            ])
    }

    private static let listTemplate = """
        <h1>园区赋权</h1>
        <p class="lead">园区、县和乡镇自己就能办的事项。权限、系统、人员三样都到位的才列出来。</p>
        {{#hasPlaces}}
        <ul class="rows card section">
          {{#places}}
          <li><div class="rowhead"><h2 class="h3"><a href="{{url}}">{{name}}</a></h2><span class="badge badge--data">{{kind}}</span></div>
          <p>可以办 <b>{{usable}}</b> 项{{#target}}，计入目标的 <b>{{counted}}</b> 项，{{target}}{{/target}}{{#incomplete}}；还有 {{incomplete}} 项没有三到位{{/incomplete}}。</p></li>
          {{/places}}
        </ul>
        {{/hasPlaces}}
        {{^hasPlaces}}<p class="card section">还没有登记下放的权限。</p>{{/hasPlaces}}
        {{#place}}
        <h2 class="section" id="powers">{{place}}可以办的事项</h2>
        {{#hasPowers}}
        <ul class="rows card">
          {{#powers}}<li><div class="rowhead"><h3>{{title}}</h3><span class="badge badge--good">{{mode}}</span></div><p class="muted">由{{agency}}办理，{{from}}下放，依据{{basis}}</p></li>{{/powers}}
        </ul>
        {{/hasPowers}}
        {{^hasPowers}}<p class="card">现在没有三到位的事项。</p>{{/hasPowers}}
        {{/place}}
        """

    private static let deskTemplate = """
        <p class="eyebrow">{{department}}</p>
        <h1>赋权台账</h1>
        <h2 class="section">还没有三到位</h2>
        {{#hasWaiting}}
        <ul class="rows card">
          {{#waiting}}<li><div class="rowhead"><h3>{{title}}</h3><span class="badge badge--soon">{{mode}}</span></div><p>{{place}}</p><ul>{{#missing}}<li>{{.}}</li>{{/missing}}</ul></li>{{/waiting}}
        </ul>
        {{/hasWaiting}}
        {{^hasWaiting}}<p class="card">登记的权限都已三到位。</p>{{/hasWaiting}}
        <h2 class="section">没有做到园区事园区办</h2>
        <p class="muted">近一年里，在园区提交、由园区以外的单位办理的事项。</p>
        {{#hasLeaks}}
        <table class="tbl">
          <caption class="vh">没有做到园区事园区办</caption>
          <thead><tr><th scope="col">园区</th><th scope="col">事项数</th><th scope="col">其中已经有权限的</th></tr></thead>
          <tbody>{{#leaks}}<tr><th scope="row">{{place}}</th><td data-label="事项数"><span class="num">{{all}}</span></td><td data-label="其中已经有权限的"><span class="num">{{withPower}}</span></td></tr>{{/leaks}}</tbody>
        </table>
        {{/hasLeaks}}
        {{^hasLeaks}}<p class="card">没有。</p>{{/hasLeaks}}
        """
}
