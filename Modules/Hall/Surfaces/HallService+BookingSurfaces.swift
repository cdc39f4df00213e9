import Extension
import Organisation
import Standards
import Storage

extension HallService {
    var bookingEndpoints: [any Contribution] { bookerEndpoints + arrivalEndpoints }

    private var bookerEndpoints: [any Contribution] {
        let booking = codes(.siteUnknown, .notBookable, .bookingBlocked, .slotFull, .invalid)
        return [
            Endpoint(
                .get, "hall/sites/{site}/slots", summary: "大厅可以预约的时段和剩余位置", access: .anyone,
                problems: codes(.siteUnknown, .notBookable)
            ) { (input: SlotsInput, call) in
                try await database.read {
                    SlotsView(try slots(at: input.site, business: input.business, now: call.act.now, in: $0))
                }
            },
            Endpoint(
                .post, "hall/sites/{site}/appointments", summary: "预约到大厅办事的时间", access: .person, status: 201,
                problems: booking + codes(.bookingHeld)
            ) { (input: BookingInput, call) in
                try await call.commit(to: database, status: 201) { transaction in
                    let booked = try book(
                        at: input.site, business: input.business, day: input.day, start: input.start, by: call.act,
                        in: transaction)
                    return AppointmentView(booked, try hall(booked.site, in: transaction))
                }
            },
            Endpoint(.get, "hall/appointments", summary: "我的大厅预约，新的在前", access: .person) {
                (input: AppointmentsInput, call) in
                guard let person = call.actor.person else { throw HallError.forbidden }
                let found = try await database.read { snapshot in
                    try appointments(of: person, before: input.after, limit: input.limit + 1, in: snapshot).map {
                        AppointmentView($0, try hall($0.site, in: snapshot))
                    }
                }
                return CursorPage(found, limit: input.limit, cursor: \.id)
            },
            Endpoint(
                .put, "hall/appointments/{id}", summary: "改预约的时间或业务", access: .person,
                problems: booking + codes(.appointmentUnknown, .appointmentOver)
            ) { (input: BookingChangeInput, call) in
                try await call.commit(to: database) { transaction in
                    let booked = try change(
                        input.id, business: input.business, day: input.day, start: input.start, by: call.act,
                        in: transaction)
                    return AppointmentView(booked, try hall(booked.site, in: transaction))
                }
            },
            Endpoint(
                .post, "hall/appointments/{id}/cancellation", summary: "取消预约", access: .person,
                problems: codes(.appointmentUnknown, .appointmentOver)
            ) { (input: AppointmentInput, call) in
                try await call.commit(to: database) { transaction in
                    let booked = try cancel(input.id, by: call.act, in: transaction)
                    return AppointmentView(booked, try hall(booked.site, in: transaction))
                }
            },
            Endpoint(
                .post, "hall/appointments/{id}/arrival", summary: "到了大厅，用手机报到取号", access: .person, status: 201,
                problems: codes(.appointmentUnknown, .appointmentOver, .notToday, .ticketHeld, .closed)
            ) { (input: AppointmentInput, call) in
                try await call.commit(to: database, status: 201) { transaction in
                    try view(try arrive(input.id, by: call.act, in: transaction), call.act, transaction)
                }
            },
        ]
    }

    private var arrivalEndpoints: [any Contribution] {
        let arriving = codes(.siteUnknown, .appointmentUnknown, .appointmentOver, .ticketHeld, .closed)
        return [
            Endpoint(
                .post, "hall/sites/{site}/kiosk-arrivals", summary: "在取号机上凭预约码报到取号", access: .anyone, status: 201,
                problems: arriving + codes(.kiosk)
            ) { (input: ArrivalInput, call) in
                try await call.commit(to: database, status: 201) { transaction in
                    let ticket = try arriveAtKiosk(
                        input.code, at: input.site, kiosk: input.kiosk, by: call.act, in: transaction)
                    return try view(ticket, call.act, transaction)
                }
            },
            Endpoint(
                .post, "hall/sites/{site}/desk-arrivals", summary: "窗口凭预约码给来的人报到取号", access: .staff(Self.serve),
                status: 201, problems: arriving + codes(.forbidden)
            ) { (input: ArrivalInput, call) in
                try await call.commit(to: database, status: 201) { transaction in
                    let ticket = try arriveAtWindow(input.code, at: input.site, by: call.act, in: transaction)
                    return try view(ticket, call.act, transaction)
                }
            },
            Endpoint(
                .get, "hall/sites/{site}/appointments", summary: "大厅一天的预约，按时间先后",
                access: .staffWithAny([Self.serve, Self.manage]), problems: codes(.siteUnknown, .forbidden)
            ) { (input: DayListInput, call) in
                let day = input.day ?? call.act.now.day
                let found = try await database.read { snapshot in
                    let hall = try hall(input.site, in: snapshot)
                    return try appointments(
                        at: input.site, on: day, after: input.after, limit: input.limit + 1, by: call.act,
                        in: snapshot
                    ).map { AppointmentView($0.appointment, hall, name: $0.name) }
                }
                return CursorPage(found, limit: input.limit) { "\(DayTime($0.start)?.minutes ?? 0).\($0.id)" }
            },
        ]
    }
}
