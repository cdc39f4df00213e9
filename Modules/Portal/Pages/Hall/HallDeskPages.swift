import PluginKit

/// The clerk's window (叫号): who stands there, who waits, and one key for the next.
struct HallDeskPages: PageGroup {
    static let path = "/staff/hall"
    private static let access = Access.staff(HallService.serve)

    let services: PortalServices
    private var hall: HallService { services.hall }

    var pages: [Page] {
        [
            Page(Self.path, access: .staffWithAny([HallService.serve, HallService.manage]), menu: "叫号") { request in
                try await windows(request)
            },
            Page("\(Self.path)/{window}", access: Self.access) { request in try await show(request, nil) },
            Page(post: "\(Self.path)/{window}", access: Self.access) { request in try await act(request) },
        ]
    }

    private func windows(_ request: PageRequest) async throws -> PageReply {
        let act = request.act
        let (halls, paths) = try await hall.database.read { [hall] snapshot in
            let halls = try hall.halls(of: act.actor, in: snapshot)
            return (halls, try halls.map { try hall.kioskPath(of: $0, by: act, in: snapshot) })
        }
        let remembered = request.remembered("hall-window")
        let serves = act.actor.holds(HallService.serve)
        return .render(
            .named("hall-windows"),
            .record([
                "pageTitle": "叫号", "hasHalls": !halls.isEmpty,
                "halls": zip(halls, paths).map { place, kiosk -> ViewModel in
                    .record([
                        "name": place.site.name, "kioskURL": kiosk, "screenURL": "/hall/\(place.site.key)/screen",
                        "appointmentsURL": place.isBookable ? AppointmentDeskPages.url(place) : "",
                        "figuresURL": act.actor.holds(HallService.manage) ? HallFigurePages.url(place) : "",
                        "rulesURL": act.actor.holds(HallService.manage) ? HallRulesPages.url(place) : "",
                        "serves": serves,
                        "windows": place.windows.map { window -> ViewModel in
                            .record([
                                "name": window.name, "kind": window.kind.chinese, "url": "\(Self.path)/\(window.key)",
                                "isLast": window.key == remembered,
                            ])
                        },
                    ])
                },
            ]))
    }

    private func show(_ request: PageRequest, _ trouble: String?) async throws -> PageReply {
        let (key, act) = (request.path["window"] ?? "", request.act)
        let sight = try await hall.database.read { [hall] in try hall.sight(ofWindow: key, by: act, in: $0) }
        let rules = sight.hall.rules
        let mark = (sight.waiting + sight.missed).map(\.id.text).joined(separator: ".")
        let waiting = sight.waiting.prefix(12).map { line($0, rules, act.now) }
        let missed = sight.missed.prefix(8).map { line($0, rules, act.now) }
        let message = trouble.map { ViewModel.message("bad", $0) } ?? Self.messages[request.parameter("message")]
        let targets = sight.hall.windows.filter { $0.id != sight.windowID }.map { window -> ViewModel in
            .record(["key": window.key, "name": window.name])
        }
        let form = TicketForm(rules: rules, request: request, feedback: .none, asksForID: true)
        return .remembering(
            name: "hall-window", value: key,
            then: .render(
                .named("hall-desk"),
                .record([
                    "pageTitle": "\(sight.name)叫号", "back": ViewModel.back("换窗口", Self.path), "name": sight.name,
                    "siteName": sight.hall.site.name, "action": "\(Self.path)/\(key)", "isClosed": sight.isClosed,
                    "isTaken": sight.isTaken,
                    "message": message,
                    "current": sight.current.map { DeskTicket(ticket: $0, rules: rules).model },
                    "primary": primary(sight), "waitingCount": sight.waiting.count,
                    "hasWaiting": !sight.waiting.isEmpty,
                    "live": mark, "waiting": waiting,
                    "isMore": sight.waiting.count > 12, "hasMissed": !sight.missed.isEmpty,
                    "missed": missed, "targets": targets, "fields": form.fields,
                ]), status: trouble == nil ? 200 : 409))
    }

    /// What the one key does now.
    private func primary(_ sight: WindowSight) -> ViewModel? {
        if sight.isClosed || sight.isTaken { return nil }
        let least = sight.hall.rules.callsBeforeMissed
        let (step, label): (String, String) =
            switch sight.current {
            case let ticket? where ticket.state == .called && ticket.calls < least:
                ("again", "再叫一次（已叫 \(ticket.calls) 次）")
            case let ticket? where ticket.state == .called: ("pass", "\(ticket.label) 没有来，叫下一位")
            case .some: ("next", "办完，叫下一位")
            case nil: ("next", "叫下一位")
            }
        return .record(["step": step, "label": label])
    }

    private func line(_ ticket: Ticket, _ rules: HallRules, _ now: Instant) -> ViewModel {
        DeskTicket(ticket: ticket, rules: rules).model.with(
            "waited", .text(ShownText.duration(now.milliseconds - ticket.since.milliseconds)))
    }

    private func act(_ request: PageRequest) async throws -> PageReply {
        let (key, act, step) = (request.path["window"] ?? "", request.act, request.field("do"))
        let (id, target) = (try? Identifier(request.field("ticket")), request.field("target"))
        let asked = TicketForm.request(request)
        do {
            let message = try await hall.database.write { [hall] transaction -> String in
                switch step {
                case "next":
                    return try hall.callNext(at: key, by: act, in: transaction) == nil ? "nobody" : "called"
                case "pass":
                    guard let id else { throw Problem.notFound("这个号") }
                    _ = try hall.take(.miss, with: id, by: act, in: transaction)
                    return try hall.callNext(at: key, by: act, in: transaction) == nil ? "nobody" : "called"
                case "leave":
                    try hall.leave(key, by: act, in: transaction)
                    return "left"
                case "ticket":
                    let site = try hall.hall(ofWindow: key, in: transaction).hall.site.key
                    _ = try hall.takeAtWindow(asked, at: site, by: act, in: transaction)
                    return "taken"
                default:
                    guard let id, let step = TicketStep(rawValue: step) else { throw Problem.notFound("这个操作") }
                    _ = try hall.take(
                        step, with: id, to: target.isEmpty ? nil : target, by: act, in: transaction)
                    return step.rawValue
                }
            }
            return .redirect("\(Self.path)/\(key)?message=\(message)")
        } catch let error as HallError where error.status != 403 && error.status != 404 {
            let told = ([error.message] + error.findings.map(\.message)).joined(separator: " ")
            return try await show(request, error.findings.isEmpty ? error.message : told)
        }
    }

    /// What may be said at the top after an action; a closed list, so that no address can put words into our mouth.
    private static let messages: [String: ViewModel] = [
        "nobody": .message("open", "现在没有人在等。"), "left": .message("good", "窗口已经暂停，要接着办就叫下一位。"),
        "taken": .message("good", "号已经取好，在等候的最后面。"), "miss": .message("good", "已经记为过号。"),
        "move": .message("good", "已经转走，那个窗口会接着叫。"), "rejoin": .message("good", "已经重新排队。"),
        "finish": .message("good", "已经办完。"), "cancel": .message("good", "已经退号。"),
    ]
}

/// A ticket on the clerk's page.
struct DeskTicket {
    let ticket: Ticket
    let rules: HallRules

    var model: ViewModel {
        .record([
            "id": ticket.id.text, "label": ticket.label, "class": ticket.ticketClass.chinese,
            "badge": ticket.ticketClass == .green ? "good" : ticket.ticketClass == .booked ? "data" : "made",
            "business": rules.title(ofBusiness: ticket.business), "ground": ticket.ground?.chinese ?? "",
            "state": ticket.state.chinese, "isCalled": ticket.state == .called, "isServing": ticket.state == .serving,
            "calls": ticket.calls, "source": ticket.source.chinese,
        ])
    }
}
