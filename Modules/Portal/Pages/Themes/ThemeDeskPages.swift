import PluginKit
import ThemeBundles
import ThemeEditing

/// The desk of those who keep the themes: what there is, what is being changed, what was published.
struct ThemeDeskPages: PageGroup {
    static let path = "/staff/themes"
    static let access = Access.staffWithAny([.editThemes, .approveThemes])

    let services: PortalServices

    var pages: [Page] {
        [
            Page(Self.path, access: Self.access, menu: "主题") { request in try await list(request) },
            Page(post: Self.path, access: .staff(.editThemes)) { request in try await begin(request) },
            Page("\(Self.path)/{theme}", access: Self.access) { request in try await theme(request) },
            Page(post: "\(Self.path)/{theme}", access: Self.access) { request in try await move(request) },
        ]
    }

    static func url(_ theme: String) -> String { "\(path)/\(URLText.encode(theme))" }

    // MARK: All themes

    private func list(_ request: PageRequest, feedback: FormFeedback = .none) async throws -> PageReply {
        let entries = try await services.themes.entries()
        return .render(
            .named("themes"),
            .record([
                "pageTitle": "主题", "department": request.actor.post?.agencyName ?? "",
                "errorSummary": feedback.summary { $0.field }, "action": Self.path,
                "canEdit": request.actor.holds(.editThemes),
                "themes": entries.map { entry -> ViewModel in
                    .record([
                        "title": entry.title, "id": entry.id, "url": Self.url(entry.id),
                        "origin": entry.isOwn ? entry.isShipped ? "本地修改过" : "本地自建" : "系统自带",
                        "version": entry.inForce.map { "现行 \($0)" } ?? "", "isOffered": entry.inForce != nil,
                        "state": entry.draft.map { $0.state.chinese } ?? "",
                        "badgeClass": entry.draft?.state == .submitted ? "soon" : "data",
                        "changed": entry.draft.map { "\($0.changedBy) \($0.changedAt.day.chineseDate)改" } ?? "",
                    ])
                },
                "fields": [
                    InputField(
                        id: "title", name: "title", label: "名称", kind: .text(), values: [request.field("title")],
                        hint: "例如：开便利店一件事", error: feedback.error("title"), maximumLength: 40),
                    InputField(
                        id: "id", name: "id", label: "代号", kind: .text(), values: [request.field("id")],
                        hint: "小写字母、数字和连字符，例如 open-shop；也是文件夹的名字", error: feedback.error("id"),
                        maximumLength: 40),
                ],
            ]), status: feedback.status)
    }

    private func begin(_ request: PageRequest) async throws -> PageReply {
        do {
            let draft = try await services.themes.beginNew(
                request.field("id"), title: request.field("title"), by: request.act)
            return .redirect("\(Self.url(draft.theme))/basics")
        } catch {
            guard let feedback = FormFeedback(error) else { throw error }
            return try await list(request, feedback: feedback)
        }
    }

    // MARK: One theme

    private func theme(
        _ request: PageRequest, feedback: FormFeedback = .none, refusal: String? = nil
    ) async throws -> PageReply {
        let id = request.path["theme"] ?? ""
        guard let entry = try await services.themes.entries().first(where: { $0.id == id }) else {
            throw Problem.notFound("名为 \(id) 的主题")
        }
        let draft = try await services.themes.draftIfAny(id)
        let files = draft?.files ?? services.themes.files(of: id)?.contents ?? [:]
        let model = ThemeModel(
            entry: entry, draft: draft, check: services.themes.check(files, of: id),
            inForce: services.themes.files(of: id)?.contents ?? [:],
            shipped: services.themes.shippedFiles(of: id)?.contents,
            publications: try await services.themes.publications(of: id), request: request, feedback: feedback,
            refusal: refusal)
        return .render(.named("theme-desk"), model.page, status: refusal == nil ? feedback.status : 422)
    }

    private func move(_ request: PageRequest) async throws -> PageReply {
        let id = request.path["theme"] ?? ""
        let desk = services.themes
        do {
            switch request.field("action") {
            case "begin":
                _ = try await desk.begin(id, by: request.act)
                return .redirect("\(Self.url(id))/basics")
            case "restore":
                _ = try await desk.restore(id, to: Int(request.field("number")) ?? -1, by: request.act)
                return .redirect(Self.url(id))
            default:
                guard let action = ThemeDesk.Action(rawValue: request.field("action")),
                    let stamp = ThemeDraft.Stamp(request.field("stamp"))
                else { throw Problem(400, "portal.malformed_form", "页面内容不完整", "提交的内容不完整，没有办理。请刷新页面后重新提交。") }
                try await desk.move(id, action, from: stamp, opinion: request.field("opinion"), by: request.act)
                let isGone = action == .discard && desk.files(of: id) == nil
                return .redirect(isGone ? Self.path : Self.url(id))
            }
        } catch let error as ThemeEditingError where error.status == 409 || error.status == 422 {
            return try await theme(request, refusal: error.message)
        } catch {
            guard let feedback = FormFeedback(error) else { throw error }
            return try await theme(request, feedback: feedback)
        }
    }
}
