import PluginKit

/// How a hall did: tickets, waits, no-shows by day and by class, for who manages it.
struct HallFigurePages: PageGroup {
    /// How many days are shown unless the reader says others.
    private static let usualStretch = 7

    let services: PortalServices
    private var hall: HallService { services.hall }

    static func url(_ hall: Hall) -> String { "/staff/halls/\(hall.site.key)/figures" }

    var pages: [Page] {
        [
            Page("/staff/halls/{site}/figures", access: .staff(HallService.manage)) { request in
                try await show(request)
            }
        ]
    }

    private func show(_ request: PageRequest) async throws -> PageReply {
        let (key, act) = (request.path["site"] ?? "", request.act)
        let until = LegalDay(written: request.parameter("until")) ?? act.now.day
        let from = LegalDay(written: request.parameter("from")) ?? until.adding(days: 1 - Self.usualStretch)
        let place = try await hall.database.read { [hall] in try hall.managed(key, by: act, in: $0) }
        var (figures, feedback): (HallFigures?, FormFeedback) = (nil, .none)
        do {
            figures = try await hall.database.read { [hall] in
                try hall.figures(of: key, from: from, until: until, by: act, in: $0)
            }
        } catch let error as HallError where error.code == .invalid {
            feedback = FormFeedback(findings: error.findings)
        }
        let fields = [
            InputField(id: "f-from", name: "from", label: "从哪天起", kind: .day, values: [from.text], maximumLength: 12),
            InputField(
                id: "f-until", name: "until", label: "到哪天止", kind: .day, values: [until.text],
                error: feedback.error("until"), maximumLength: 12),
        ]
        return .render(
            .named("hall-figures"),
            .record([
                "pageTitle": "\(place.site.name)数字", "back": ViewModel.back("返回叫号", HallDeskPages.path),
                "name": place.site.name, "action": Self.url(place), "filter": fields.compactMap(\.model),
                "hasDays": figures?.days.isEmpty == false, "days": (figures?.days ?? []).map(line),
                "classes": (figures?.classes ?? []).map { known -> ViewModel in
                    .record([
                        "title": known.ticketClass.chinese, "tickets": known.tickets,
                        "median": minutes(known.medianWait), "longest": minutes(known.longestWait),
                    ])
                },
            ]), status: feedback.status)
    }

    private func line(_ day: HallFigures.Day) -> ViewModel {
        .record([
            "day": day.day.chinese, "tickets": day.tickets, "done": day.done, "missed": day.missed,
            "left": day.left, "median": minutes(day.medianWait), "longest": minutes(day.longestWait),
            "appointments": day.appointments, "noShows": day.noShows,
        ])
    }

    private func minutes(_ seconds: Int?) -> String { seconds.map { "\(($0 + 30) / 60) 分钟" } ?? "—" }
}
