import PluginKit

/// A hall's appointments of one day, for its clerks, with the code that makes the ticket of who has come.
struct AppointmentDeskPages: PageGroup {
    private static let path = "/staff/halls/{site}/appointments"
    private static let pageSize = 50

    let services: PortalServices
    private var hall: HallService { services.hall }

    static func url(_ hall: Hall) -> String { "/staff/halls/\(hall.site.key)/appointments" }

    var pages: [Page] {
        [
            Page(Self.path, access: .staffWithAny([HallService.serve, HallService.manage])) { request in
                try await list(request, nil)
            },
            Page(post: Self.path, access: .staff(HallService.serve)) { request in try await arrive(request) },
        ]
    }

    private func list(_ request: PageRequest, _ message: ViewModel?) async throws -> PageReply {
        let (key, act, after) = (request.path["site"] ?? "", request.act, request.parameter("after"))
        let typed = request.parameter("day")
        let day = LegalDay(written: typed) ?? act.now.day
        let (place, found) = try await hall.database.read { [hall] snapshot in
            (
                try hall.hall(key, in: snapshot),
                try hall.appointments(
                    at: key, on: day, after: after, limit: Self.pageSize + 1, by: act, in: snapshot)
            )
        }
        let path = Self.url(place)
        let shown = found.prefix(Self.pageSize)
        let field = InputField(
            id: "f-day", name: "day", label: "哪一天", kind: .day, values: [day.text],
            error: typed.isEmpty || LegalDay(written: typed) != nil ? nil : "日期要写成“2026-12-01”这样。", maximumLength: 12)
        return .render(
            .named("hall-appointments"),
            .record([
                "pageTitle": "\(place.site.name)预约", "back": ViewModel.back("返回叫号", HallDeskPages.path),
                "name": place.site.name, "action": path, "day": day.chinese, "message": message,
                "filter": [field].compactMap(\.model), "serves": act.actor.holds(HallService.serve),
                "hasAppointments": !shown.isEmpty,
                "appointments": shown.map { line -> ViewModel in
                    let booked = line.appointment
                    return .record([
                        "time": booked.slot.text, "code": booked.code, "name": line.name,
                        "business": place.rules.title(ofBusiness: booked.business), "state": booked.state.chinese,
                        "tone": booked.state == .booked ? "open" : booked.state == .arrived ? "good" : "made",
                        "arrives": booked.state == .booked && booked.day == act.now.day,
                    ])
                },
                "firstURL": after.isEmpty ? "" : URLText.with(path, query: ["day": day.text]),
                "nextURL": found.count > Self.pageSize
                    ? shown.last.map {
                        let cursor = "\($0.appointment.slot.start.minutes).\($0.appointment.id)"
                        return URLText.with(path, query: ["day": day.text, "after": cursor])
                    } ?? "" : "",
            ]))
    }

    private func arrive(_ request: PageRequest) async throws -> PageReply {
        let (key, act, code) = (request.path["site"] ?? "", request.act, request.field("code"))
        do {
            let ticket = try await hall.database.write { [hall] in
                try hall.arriveAtWindow(code, at: key, by: act, in: $0)
            }
            return try await list(request, .message("good", "已经报到，号码是 \(ticket.label)。"))
        } catch let error as HallError where error.code == .appointmentUnknown || error.status == 409 {
            return try await list(request, .message("bad", error.message))
        }
    }
}
