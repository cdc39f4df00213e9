import PluginKit

/// Booking a time at a hall (预约): free slots, one's own appointments, changing, cancelling, telling that one has come.
struct BookingPages: PageGroup {
    private static let minePath = "/my/appointments"
    private static let pageSize = 20

    let services: PortalServices
    private var hall: HallService { services.hall }

    var pages: [Page] {
        [
            Page("/hall/{site}/book", access: .person) { request in try await slots(request, nil) },
            Page(post: "/hall/{site}/book", access: .person) { request in try await book(request) },
            Page(Self.minePath, access: .person) { request in try await mine(request, nil) },
            Page(post: Self.minePath, access: .person) { request in try await act(request) },
        ]
    }

    // MARK: Choosing a time

    private struct Choice {
        let hall: Hall
        /// The key of the business.
        let business: String
        let slots: [FreeSlot]
        let standing: MissedStanding
        let open: Appointment?
        /// The open appointment, when the reader came to put it to another time.
        let change: Appointment?

        var blocked: String {
            standing.blockedUntil.map {
                "您在这个大厅已经有 \(standing.count) 次约了没有来，\($0.chineseDate)起才能再预约。在这以前可以直接到大厅取号。"
            } ?? ""
        }

        var bookable: [BusinessRule] { hall.rules.businesses.filter { $0.capacity > 0 } }
        var path: String { "/hall/\(hall.site.key)/book" }

        /// The address of another day or another business of the same choice.
        func url(business: String, day: LegalDay? = nil) -> String {
            let query = ["business": business, "day": day?.text ?? "", "change": change?.id.text ?? ""]
            return URLText.with(path, query: query.filter { !$0.value.isEmpty })
        }
    }

    private func slots(_ request: PageRequest, _ trouble: String?) async throws -> PageReply {
        let (key, act) = (request.path["site"] ?? "", request.act)
        guard let person = act.actor.person else { throw Problem.forbidden }
        let asked = request.form["business"]?.last ?? request.parameter("business")
        let changed = request.form["change"]?.last ?? request.parameter("change")
        let choice = try await hall.database.read { [hall] snapshot in
            let place = try hall.hall(key, in: snapshot)
            let open = try hall.openAppointment(of: person, at: place, in: snapshot)
            let change = open.flatMap { $0.id.text == changed ? $0 : nil }
            let wanted = asked.isEmpty ? change?.business ?? "" : asked
            let slots = try hall.slots(at: key, business: wanted, now: act.now, in: snapshot)
            let first = place.rules.businesses.first { $0.capacity > 0 }?.key ?? ""
            return Choice(
                hall: place, business: wanted.isEmpty ? first : wanted, slots: slots,
                standing: try hall.missed(by: person, at: place, on: act.now.day, in: snapshot), open: open,
                change: change)
        }
        let sent = request.field("slot").split(separator: "/").first.map(String.init) ?? ""
        let day = try? LegalDay(sent.isEmpty ? request.parameter("day") : sent)
        return .render(
            .named("hall-book"), model(choice, on: day, trouble), status: trouble == nil ? 200 : 409)
    }

    private func model(_ choice: Choice, on wanted: LegalDay?, _ trouble: String?) -> ViewModel {
        let (place, change) = (choice.hall, choice.change)
        let byDay = Dictionary(grouping: choice.slots, by: \.day)
        let days = byDay.keys.sorted()
        let first = days.first { byDay[$0]?.contains { $0.free > 0 } == true } ?? days.first
        let day = wanted.flatMap { byDay[$0] == nil ? nil : $0 } ?? first
        let free = day.flatMap { byDay[$0] }?.filter { $0.free > 0 } ?? []
        let back =
            change == nil
            ? ViewModel.back("返回\(place.site.name)", "/hall/\(place.site.key)") : .back("返回我的预约", Self.minePath)
        return .record([
            "pageTitle": change == nil ? "预约\(place.site.name)" : "改预约时间", "back": back, "name": place.site.name,
            "action": choice.path, "trouble": trouble ?? "", "blocked": choice.blocked,
            "change": change.map { ViewModel.record(["id": $0.id.text, "time": time($0)]) },
            "held": change == nil
                ? choice.open.map { ViewModel.record(["time": time($0), "url": Self.minePath]) } : nil,
            "mayChoose": choice.blocked.isEmpty && (choice.open == nil || change != nil),
            "consequence": place.rules.booking.consequence, "missedCount": choice.standing.count,
            "business": choice.business, "hasBusinesses": choice.bookable.count > 1,
            "businesses": choice.bookable.map { rule -> ViewModel in
                .record([
                    "title": rule.title, "isChosen": rule.key == choice.business, "url": choice.url(business: rule.key),
                ])
            },
            "hasDays": !days.isEmpty, "day": day?.chinese ?? "", "isFull": free.isEmpty,
            "days": days.map { other -> ViewModel in
                .record([
                    "title": String(other.chinese.dropFirst(5)), "isChosen": other == day,
                    "url": choice.url(business: choice.business, day: other),
                ])
            },
            "slots": free.map { slot -> ViewModel in
                .record([
                    "value": "\(slot.day.text)/\(slot.slot.start.text)", "text": slot.slot.text, "free": slot.free,
                ])
            },
        ])
    }

    private func time(_ booked: Appointment) -> String { "\(booked.day.chineseDate) \(booked.slot.text)" }

    private func book(_ request: PageRequest) async throws -> PageReply {
        let (key, act, business) = (request.path["site"] ?? "", request.act, request.field("business"))
        let parts = request.field("slot").split(separator: "/").map(String.init)
        guard parts.count == 2, let day = try? LegalDay(parts[0]), let start = DayTime(parts[1]) else {
            return try await slots(request, "请选择一个时段。")
        }
        let change = try? Identifier(request.field("change"))
        do {
            try await hall.database.write { [hall] transaction in
                if let change {
                    _ = try hall.change(
                        change, business: business, day: day, start: start, by: act, in: transaction)
                } else {
                    _ = try hall.book(
                        at: key, business: business, day: day, start: start, by: act, in: transaction)
                }
            }
        } catch let error as HallError where error.status != 403 && error.status != 404 {
            return try await slots(request, error.findings.first?.message ?? error.message)
        }
        return .redirect("\(Self.minePath)?message=\(change == nil ? "booked" : "changed")")
    }

    // MARK: One's own

    private func mine(_ request: PageRequest, _ trouble: String?) async throws -> PageReply {
        let act = request.act
        guard let person = act.actor.person else { throw Problem.forbidden }
        let after = try request.cursor()
        let found = try await hall.database.read { [hall] snapshot in
            try hall.appointments(of: person, before: after?.text, limit: Self.pageSize + 1, in: snapshot).map {
                ($0, try hall.hall($0.site.text, in: snapshot))
            }
        }
        let shown = found.prefix(Self.pageSize)
        return .render(
            .named("appointments"),
            .record([
                "pageTitle": "我的预约", "back": ViewModel.back("返回我的", "/my"), "action": Self.minePath,
                "message": trouble.map { ViewModel.message("bad", $0) } ?? Self.messages[request.parameter("message")],
                "hasAppointments": !shown.isEmpty, "appointments": shown.map { line($0, $1, act.now) },
                "nextURL": found.count > Self.pageSize
                    ? shown.last.map { URLText.with(Self.minePath, query: ["after": $0.0.id.text]) } ?? "" : "",
                "firstURL": after == nil ? "" : Self.minePath,
            ]), status: trouble == nil ? 200 : 409)
    }

    private func line(_ booked: Appointment, _ place: Hall, _ now: Instant) -> ViewModel {
        let isOpen = booked.state == .booked
        let tones: [AppointmentState: String] = [.booked: "open", .arrived: "good", .missed: "late"]
        return .record([
            "id": booked.id.text, "time": "\(booked.day.chinese) \(booked.slot.text)", "name": place.site.name,
            "business": place.rules.title(ofBusiness: booked.business), "state": booked.state.chinese,
            "tone": tones[booked.state] ?? "made", "code": isOpen ? booked.code : "",
            "isToday": isOpen && booked.day == now.day, "mayChange": isOpen && booked.begins > now,
            "changeURL": "/hall/\(place.site.key)/book?change=\(booked.id)",
            "ticketURL": booked.ticket.map { "/hall/\(place.site.key)/tickets/\($0)" } ?? "",
        ])
    }

    private func act(_ request: PageRequest) async throws -> PageReply {
        let (act, step) = (request.act, request.field("do"))
        guard let id = try? Identifier(request.field("appointment")) else { throw Problem.notFound("这个预约") }
        do {
            if step == "arrive" {
                let path = try await hall.database.write { [hall] transaction in
                    let ticket = try hall.arrive(id, by: act, in: transaction)
                    let site = try hall.hall(ticket.site.text, in: transaction).site
                    return "/hall/\(site.key)/tickets/\(ticket.id)"
                }
                return .redirect(path)
            }
            guard step == "cancel" else { throw Problem.notFound("这个操作") }
            _ = try await hall.database.write { [hall] in try hall.cancel(id, by: act, in: $0) }
        } catch let error as HallError where error.status != 403 && error.status != 404 {
            return try await mine(request, error.message)
        }
        return .redirect("\(Self.minePath)?message=cancelled")
    }

    private static let messages: [String: ViewModel] = [
        "booked": .message("good", "已经约好了。到了以后在取号机上输入预约码，或者在这里点“我到了”。"),
        "changed": .message("good", "时间已经改好。"), "cancelled": .message("good", "预约已经取消。"),
    ]
}
