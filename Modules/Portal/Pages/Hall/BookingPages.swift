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
        let slots: [FreeSlot]
        let standing: MissedStanding
        let open: Appointment?
    }

    private func slots(_ request: PageRequest, _ trouble: String?) async throws -> PageReply {
        let (key, act) = (request.path["site"] ?? "", request.act)
        guard let person = act.actor.person else { throw Problem.forbidden }
        let asked = request.form["business"]?.last ?? request.parameter("business")
        let choice = try await hall.database.read { [hall] snapshot in
            let place = try hall.hall(key, in: snapshot)
            return Choice(
                hall: place, slots: try hall.slots(at: key, business: asked, now: act.now, in: snapshot),
                standing: try hall.missed(by: person, at: place, on: act.now.day, in: snapshot),
                open: try hall.openAppointment(of: person, at: place, in: snapshot))
        }
        return .render(.named("hall-book"), model(choice, asked, request, trouble), status: trouble == nil ? 200 : 409)
    }

    private func model(_ choice: Choice, _ asked: String, _ request: PageRequest, _ trouble: String?) -> ViewModel {
        let (place, rules) = (choice.hall, choice.hall.rules)
        let changed = request.form["change"]?.last ?? request.parameter("change")
        let change = choice.open.flatMap { $0.id.text == changed ? $0 : nil }
        let bookable = rules.businesses.filter { $0.capacity > 0 }
        let business = bookable.contains { $0.key == asked } ? asked : bookable.first?.key ?? ""
        let path = "/hall/\(place.site.key)/book"
        let byDay = Dictionary(grouping: choice.slots, by: \.day).sorted { $0.key < $1.key }
        let blocked = choice.standing.blockedUntil.map {
            "您在这个大厅已经有 \(choice.standing.count) 次约了没有来，\($0.chineseDate)起才能再预约。在这以前可以直接到大厅取号。"
        }
        return .record([
            "pageTitle": change == nil ? "预约\(place.site.name)" : "改预约时间",
            "back": change == nil
                ? ViewModel.back("返回\(place.site.name)", "/hall/\(place.site.key)") : .back("返回我的预约", Self.minePath),
            "name": place.site.name, "action": path, "trouble": trouble ?? "", "blocked": blocked ?? "",
            "change": change.map {
                ViewModel.record(["id": $0.id.text, "time": "\($0.day.chineseDate) \($0.slot.text)"])
            },
            "held": change == nil
                ? choice.open.map {
                    ViewModel.record(["time": "\($0.day.chineseDate) \($0.slot.text)", "url": Self.minePath])
                }
                : nil,
            "mayChoose": blocked == nil && (choice.open == nil || change != nil),
            "consequence": rules.booking.consequence,
            "missedCount": choice.standing.count, "business": business,
            "hasBusinesses": bookable.count > 1,
            "businesses": bookable.map { rule -> ViewModel in
                let query = ["business": rule.key, "change": change?.id.text ?? ""].filter { !$0.value.isEmpty }
                return .record([
                    "title": rule.title, "isChosen": rule.key == business, "url": URLText.with(path, query: query),
                ])
            },
            "hasDays": !byDay.isEmpty,
            "days": byDay.map { day, slots -> ViewModel in
                .record([
                    "title": day.chinese, "isFull": slots.allSatisfy { $0.free == 0 },
                    "slots": slots.filter { $0.free > 0 }.map { slot -> ViewModel in
                        .record([
                            "value": "\(day.text)/\(slot.slot.start.text)", "text": slot.slot.text, "free": slot.free,
                        ])
                    },
                ])
            },
        ])
    }

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
