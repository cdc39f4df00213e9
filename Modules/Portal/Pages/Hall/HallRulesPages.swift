import PluginKit

/// The rules of a hall, for who manages it, and the end of its day.
struct HallRulesPages: PageGroup {
    private static let access = Access.staff(HallService.manage)

    let services: PortalServices
    private var hall: HallService { services.hall }

    static func url(_ hall: Hall) -> String { "/staff/halls/\(hall.site.key)" }

    var pages: [Page] {
        [
            Page("/staff/halls/{site}", access: Self.access) { request in try await show(request, .none, nil) },
            Page(post: "/staff/halls/{site}", access: Self.access) { request in try await save(request) },
            Page(post: "/staff/halls/{site}/closing", access: Self.access) { request in try await close(request) },
        ]
    }

    private func show(_ request: PageRequest, _ feedback: FormFeedback, _ trouble: String?) async throws -> PageReply {
        let (key, act) = (request.path["site"] ?? "", request.act)
        let (place, sight) = try await hall.database.read { [hall] snapshot in
            let place = try hall.managed(key, by: act, in: snapshot)
            return (place, try hall.sight(of: key, limit: 0, at: act.now, in: snapshot))
        }
        let form = HallRulesForm(hall: place, request: request, feedback: feedback)
        return .render(
            .named("hall-rules"),
            .record([
                "pageTitle": "\(place.site.name)叫号规则", "back": ViewModel.back("返回叫号", HallDeskPages.path),
                "name": place.site.name, "action": Self.url(place), "isClosed": sight.isClosed,
                "message": trouble.map { ViewModel.message("bad", $0) } ?? Self.messages[request.parameter("message")],
                "errorSummary": feedback.summary(anchor: { HallRulesForm.anchor($0.field) }),
                "bounds": form.bounds, "classes": form.classes, "businesses": form.businesses.model,
                "windows": form.windows, "booking": form.booking, "closingAction": "\(Self.url(place))/closing",
            ]), status: trouble == nil ? feedback.status : 409)
    }

    private func save(_ request: PageRequest) async throws -> PageReply {
        let (key, act) = (request.path["site"] ?? "", request.act)
        let place = try await hall.database.read { [hall] in try hall.managed(key, by: act, in: $0) }
        do {
            let rules = try HallRulesForm(hall: place, request: request, feedback: .none).read()
            try await hall.database.write { [hall] in try hall.setRules(rules, of: key, by: act, in: $0) }
        } catch {
            guard let feedback = FormFeedback(error) else { throw error }
            return try await show(request, feedback, nil)
        }
        return .redirect("\(Self.url(place))?message=saved")
    }

    private func close(_ request: PageRequest) async throws -> PageReply {
        let (key, act) = (request.path["site"] ?? "", request.act)
        guard request.field("sure") == "yes" else { return try await show(request, .none, "请先勾选“确认结束”，再按按钮。") }
        do {
            _ = try await hall.database.write { [hall] in try hall.closeDay(key, by: act, in: $0) }
        } catch let error as HallError where error.code == .closed {
            return try await show(request, .none, error.message)
        }
        return .redirect("/staff/halls/\(key)?message=closed")
    }

    private static let messages: [String: ViewModel] = [
        "saved": .message("good", "规则已经保存，下一次叫号起执行。"),
        "closed": .message("good", "今天已经结束，不再取号，没有办的号已经清掉。"),
    ]
}
