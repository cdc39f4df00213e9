public import Extension
import Organisation
import Standards
import Storage

extension HallService {
    public var contributions: [any Contribution] {
        publicEndpoints + windowEndpoints + managingEndpoints + bookingEndpoints + figureEndpoints + notices + [
            Self.serve, Self.manage, store.tickets.check(), store.days.check(), store.rules.check(),
            store.appointments.check(),
            Job("hall-days", every: .seconds(300)) { act in
                try await closePastDays(by: act)
                try await endPastAppointments(by: act)
            },
            Job("hall-reminders", every: .seconds(300)) { act in try await remindOfAppointments(by: act) },
        ]
    }

    private var publicEndpoints: [any Contribution] {
        let taking = codes(.siteUnknown, .ticketHeld, .closed, .invalid)
        return [
            Endpoint(
                .get, "hall/sites/{site}", summary: "大厅现在的排队情况和最近叫的号", access: .anyone, problems: codes(.siteUnknown)
            ) { (input: HallInput, call) in
                try await database.read { HallView(try sight(of: input.site, at: call.act.now, in: $0)) }
            },
            Endpoint(
                .post, "hall/sites/{site}/tickets", summary: "用手机取号，同一个大厅同时只能有一个", access: .person, status: 201,
                problems: taking + codes(.notServing)
            ) { (input: TicketInput, call) in
                try await call.commit(to: database, status: 201) { transaction in
                    let ticket = try takeByPhone(input.request, at: input.site, by: call.act, in: transaction)
                    return try view(ticket, call.act, transaction)
                }
            },
            Endpoint(
                .post, "hall/sites/{site}/kiosk-tickets", summary: "在大厅的取号机取号，凭取号机地址里的校验码", access: .anyone,
                status: 201, problems: taking + codes(.kiosk)
            ) { (input: TicketAtHallInput, call) in
                try await call.commit(to: database, status: 201) { transaction in
                    let ticket = try takeAtKiosk(
                        input.request, at: input.site, code: input.code, by: call.act, in: transaction)
                    return try view(ticket, call.act, transaction)
                }
            },
            Endpoint(
                .get, "hall/tickets/{id}", summary: "一个号现在怎样：前面几个、大概等多久、到哪个窗口", access: .anyone,
                problems: codes(.ticketUnknown)
            ) { (input: HallTicketInput, call) in
                try await database.read {
                    HallTicketView(try sight(ofTicket: input.id, at: call.act.now, in: $0))
                }
            },
            Endpoint(
                .post, "hall/tickets/{id}/return", summary: "退号", access: .anyone,
                problems: codes(.ticketUnknown, .wrongState)
            ) { (input: HallTicketInput, call) in
                try await call.commit(to: database) { transaction in
                    try view(try giveBack(input.id, by: call.act, in: transaction), call.act, transaction)
                }
            },
        ]
    }

    private var windowEndpoints: [any Contribution] {
        let access = Access.staff(Self.serve)
        return [
            Endpoint(
                .post, "hall/sites/{site}/desk-tickets", summary: "窗口代取号", access: access, status: 201,
                problems: codes(.siteUnknown, .ticketHeld, .closed, .invalid, .forbidden)
            ) { (input: TicketAtHallInput, call) in
                try await call.commit(to: database, status: 201) { transaction in
                    let ticket = try takeAtWindow(input.request, at: input.site, by: call.act, in: transaction)
                    return try view(ticket, call.act, transaction)
                }
            },
            Endpoint(
                .get, "hall/windows/{window}", summary: "窗口上的号和还在等的人数", access: access,
                problems: codes(.windowUnknown, .forbidden)
            ) { (input: HallWindowInput, call) in
                try await database.read {
                    HallWindowView(try sight(ofWindow: input.window, by: call.act, in: $0))
                }
            },
            Endpoint(
                .post, "hall/windows/{window}/next", summary: "叫下一位；正在办的算办完", access: access,
                problems: codes(.windowUnknown, .windowTaken, .windowBusy, .closed, .forbidden)
            ) { (input: HallWindowInput, call) in
                try await call.commit(to: database) { transaction in
                    var answer = HallCallView()
                    answer.ticket = try callNext(at: input.window, by: call.act, in: transaction)
                        .map { try view($0, call.act, transaction) }
                    return answer
                }
            },
            Endpoint(
                .post, "hall/windows/{window}/leaving", summary: "暂停窗口；正在办的算办完", access: access,
                problems: codes(.windowUnknown, .windowTaken, .windowBusy, .forbidden)
            ) { (input: HallWindowInput, call) in
                try await call.commit(to: database) { transaction in
                    try leave(input.window, by: call.act, in: transaction)
                    return HallWindowView(try sight(ofWindow: input.window, by: call.act, in: transaction))
                }
            },
            Endpoint(
                .post, "hall/tickets/{id}/steps", summary: "办理一个号：再叫、开始、办完、过号、转窗口、重新排队、退号", access: access,
                problems: codes(.ticketUnknown, .wrongState, .callAgain, .windowUnknown, .closed, .forbidden)
            ) { (input: TicketStepInput, call) in
                try await call.commit(to: database) { transaction in
                    let ticket = try take(
                        input.step, with: input.id, to: input.window, by: call.act, in: transaction)
                    return try view(ticket, call.act, transaction)
                }
            },
        ]
    }

    private var managingEndpoints: [any Contribution] {
        [
            Endpoint(
                .get, "hall/sites/{site}/rules", summary: "大厅的叫号规则", access: .anyone, problems: codes(.siteUnknown)
            ) { (input: HallInput, _) in
                try await database.read { try hall(input.site, in: $0).rules }
            },
            Endpoint(
                .put, "hall/sites/{site}/rules", summary: "更改大厅的叫号规则，下一次叫号起执行", access: .staff(Self.manage),
                problems: codes(.siteUnknown, .invalid, .forbidden)
            ) { (input: HallRulesInput, call) in
                try await call.commit(to: database) { transaction in
                    try setRules(input.rules, of: input.site, by: call.act, in: transaction)
                    return input.rules
                }
            },
            Endpoint(
                .post, "hall/sites/{site}/closing", summary: "结束当天：停止取号，没有办的号清掉", access: .staff(Self.manage),
                problems: codes(.siteUnknown, .closed, .forbidden)
            ) { (input: HallInput, call) in
                try await call.commit(to: database) { transaction in
                    var answer = HallClosingView()
                    answer.left = try closeDay(input.site, by: call.act, in: transaction)
                    return answer
                }
            },
        ]
    }

    func view(_ ticket: Ticket, _ act: Act, _ snapshot: Snapshot) throws -> HallTicketView {
        HallTicketView(
            try sight(ofTicket: ticket.id, at: act.now, in: snapshot), isForStaff: act.actor.holds(Self.serve))
    }

    func codes(_ codes: HallError.Code...) -> [String] { codes.map(\.rawValue) }
}
