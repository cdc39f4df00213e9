import PluginKit

/// The one form (一张表单).
struct FormPages: PageGroup {
    /// What stands before a field's name in the posted form; findings name the fields in the same way.
    static let prefix = "form."

    let services: PortalServices
    private var editing: CaseEditing { CaseEditing(services: services) }

    var pages: [Page] {
        [
            Page("/cases/{id}/form", access: .personOrHelper) { request in
                let sight = try await editing.sight(request)
                let saved = ViewModel.message("good", "已经保存。换手机或电脑登录，都能接着填。")
                return editing.elsewhere(sight)
                    ?? page(
                        sight, request, typed: [:], .none, message: request.parameter("saved") == "yes" ? saved : nil)
            },
            Page(post: "/cases/{id}/form", access: .personOrHelper) { request in
                try await save(request) { .redirect("/cases/\($0.id)/materials") }
            },
            Page(post: "/cases/{id}/draft", access: .personOrHelper) { request in
                try await save(request) { .redirect("/cases/\($0.id)/form?saved=yes") }
            },
        ]
    }

    private func save(_ request: PageRequest, then next: (CaseFile) -> PageReply) async throws -> PageReply {
        let id = try request.identifier()
        let typed = request.fields(prefix: Self.prefix)
        let expected = try request.expectedVersion()
        do {
            let act = request.act
            let file = try await services.casework.database.write { [casework = services.casework] transaction in
                try casework.fill(id, values: typed, expected: expected, by: act, in: transaction)
            }
            return next(file)
        } catch {
            let sight = try await editing.sight(request)
            if let elsewhere = editing.elsewhere(sight) { return elsewhere }
            if let feedback = FormFeedback(error) { return page(sight, request, typed: typed, feedback) }
            if let error = error as? CaseworkError, error.code == .staleVersion {
                // What was typed stays, now on top of the newer version, so that nothing has to be typed again.
                return page(
                    sight, request, typed: typed, .none,
                    message: .message(
                        "warn", "这张表在别的页面更新过。您刚才填的内容还在下面，没有保存；与别的页面不同的几处，两边的内容都已标出，请核对后再点一次保存。"),
                    status: 409, isStale: true)
            }
            throw error
        }
    }

    private func page(
        _ sight: CaseSight, _ request: PageRequest, typed: [String: String], _ feedback: FormFeedback,
        message: ViewModel? = nil, status: Int? = nil, isStale: Bool = false
    ) -> PageReply {
        let model = FormModel(
            sight: sight, typed: typed, feedback: feedback, message: message, today: request.act.now.day,
            isStale: isStale)
        return .render(.named("form"), model.page, status: status ?? feedback.status)
    }
}

extension FormField {
    /// Where the value comes from when it is known already; nil when it must be asked.
    var knownFrom: String? {
        guard let prefill else { return nil }
        return prefill.hasPrefix("enterprise.") ? "已从市场主体登记信息带入" : "已从您的实名信息带入"
    }
}
