import PluginKit

/// A hall for everybody: how many wait, a ticket by telephone, the ticket's own page, the screen on the wall.
struct HallPages: PageGroup {
    let services: PortalServices
    private var hall: HallService { services.hall }

    var pages: [Page] {
        [
            Page("/hall/{site}") { request in try await show(request, .none) },
            Page(post: "/hall/{site}", access: .person) { request in try await take(request) },
            Page("/hall/{site}/screen") { request in try await screen(request) },
            Page("/hall/{site}/tickets/{id}") { request in try await ticket(request, nil) },
            Page(post: "/hall/{site}/tickets/{id}", access: .anyone) { request in try await giveBack(request) },
        ]
    }

    // MARK: The hall

    private func show(_ request: PageRequest, _ feedback: FormFeedback, _ trouble: String? = nil) async throws
        -> PageReply
    {
        let (key, now, person) = (request.path["site"] ?? "", request.act.now, request.actor.person)
        let (sight, mine) = try await hall.database.read { [hall] snapshot in
            let sight = try hall.sight(of: key, limit: 6, at: now, in: snapshot)
            let mine = try person.flatMap {
                try hall.openTicket(of: $0, in: sight.hall, at: now, snapshot: snapshot)
            }
            return (sight, mine)
        }
        let site = sight.hall.site
        let isPerson = request.actor.kind == .person
        return .render(
            .named("hall"),
            .record([
                "pageTitle": site.name, "back": ViewModel.back("就近大厅", "/halls"), "name": site.name,
                "hours": site.hours, "address": site.address, "phone": site.phone,
                "phoneURL": site.phone.isEmpty ? "" : "tel:\(site.phone)",
                "trouble": trouble ?? "", "isClosed": sight.isClosed, "live": sight.mark,
                "waiting": sight.counts, "openWindows": sight.openWindows,
                "hasCalled": !sight.called.isEmpty, "called": sight.calls,
                "mine": mine.map {
                    ViewModel.record(["label": $0.label, "url": "/hall/\(site.key)/tickets/\($0.id)"])
                },
                "bookURL": sight.hall.isBookable ? "/hall/\(site.key)/book" : "",
                "takes": isPerson && mine == nil && !sight.isClosed && sight.openWindows > 0,
                "isEarly": isPerson && mine == nil && !sight.isClosed && sight.openWindows == 0,
                "asksSignIn": !isPerson && !sight.isClosed,
                "signIn": URLText.signIn(returningTo: "/hall/\(site.key)"), "action": "/hall/\(site.key)",
                "errorSummary": feedback.summary(),
                "fields": TicketForm(rules: sight.hall.rules, request: request, feedback: feedback).fields,
            ]), status: trouble == nil ? feedback.status : 409)
    }

    private func take(_ request: PageRequest) async throws -> PageReply {
        let (key, act) = (request.path["site"] ?? "", request.act)
        let asked = TicketForm.request(request)
        do {
            let ticket = try await hall.database.write { [hall] in
                try hall.takeByPhone(asked, at: key, by: act, in: $0)
            }
            return .redirect("/hall/\(key)/tickets/\(ticket.id)")
        } catch let error as HallError where error.status < 500 && error.status != 403 && error.status != 404 {
            let feedback = FormFeedback(error)
            return try await show(request, feedback ?? .none, feedback == nil ? error.message : nil)
        }
    }

    // MARK: The screen

    private func screen(_ request: PageRequest) async throws -> PageReply {
        let (key, now) = (request.path["site"] ?? "", request.act.now)
        let sight = try await hall.database.read { [hall] in
            try hall.sight(of: key, limit: 8, at: now, in: $0)
        }
        return .render(
            .named("hall-screen"),
            .record([
                "pageTitle": "\(sight.hall.site.name)叫号屏", "name": sight.hall.site.name, "isBare": true,
                "day": sight.day.chinese, "isClosed": sight.isClosed, "live": sight.mark, "waiting": sight.counts,
                "hasCalled": !sight.called.isEmpty, "called": sight.calls,
            ]))
    }

    // MARK: One ticket

    private func ticket(_ request: PageRequest, _ trouble: String?) async throws -> PageReply {
        let (id, now) = (try request.identifier(), request.act.now)
        let sight = try await hall.database.read { [hall] in
            try hall.sight(ofTicket: id, at: now, in: $0)
        }
        let (ticket, site) = (sight.ticket, sight.hall.site)
        guard site.key == request.path["site"] else { throw Problem.notFound("这个号") }
        let isMine = ticket.person == nil || ticket.person == request.actor.person
        let line = TicketLine(sight: sight)
        return .render(
            .named("hall-ticket"),
            .record([
                "pageTitle": "排队号 \(ticket.label)", "back": ViewModel.back("返回\(site.name)", "/hall/\(site.key)"),
                "hallName": site.name, "label": ticket.label, "class": ticket.ticketClass.chinese,
                "business": sight.hall.rules.title(ofBusiness: ticket.business),
                "taken": ticket.taken.chinaTime, "state": ticket.state.chinese, "tone": line.tone,
                "headline": line.headline, "sentence": line.sentence, "live": line.mark,
                "isCalled": ticket.state == .called, "trouble": trouble ?? "",
                "mayReturn": isMine && (ticket.state == .waiting || ticket.state == .called),
                "action": "/hall/\(site.key)/tickets/\(ticket.id)",
            ]), status: trouble == nil ? 200 : 409)
    }

    private func giveBack(_ request: PageRequest) async throws -> PageReply {
        let (id, act) = (try request.identifier(), request.act)
        do {
            _ = try await hall.database.write { [hall] in try hall.giveBack(id, by: act, in: $0) }
        } catch let error as HallError where error.code == .wrongState {
            return try await ticket(request, error.message)
        }
        return .redirect("/hall/\(request.path["site"] ?? "")/tickets/\(id)")
    }
}

extension HallSight {
    /// Changes whenever the page would look different.
    var mark: String {
        let calls = called.map { "\($0.label)-\($0.state.rawValue)-\($0.at.milliseconds)" }
        let counts = TicketClass.allCases.map { "\(waiting[$0] ?? 0)" }
        return (counts + ["\(openWindows)", "\(isClosed)"] + calls).joined(separator: ".")
    }

    /// How many wait in each class.
    var counts: [ViewModel] {
        TicketClass.allCases.map { .record(["class": $0.chinese, "count": waiting[$0] ?? 0]) }
    }

    /// What was called last, newest first.
    var calls: [ViewModel] {
        called.map { line in
            .record([
                "label": line.label, "window": line.window, "isNew": line.state == .called,
                "state": line.state == .called ? "请到窗口" : line.state.chinese,
                "at": String(line.at.chinaTime.suffix(5)),
            ])
        }
    }
}
