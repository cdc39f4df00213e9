import PluginKit
import ThemeBundles
import ThemeEditing

/// The files of a theme as text: the same that the form changes, complete without scripts.
struct ThemeTextPages: PageGroup {
    let services: PortalServices

    var pages: [Page] {
        let path = "\(ThemeDeskPages.path)/{theme}/yaml"
        return [
            Page(path, access: ThemeDeskPages.access) { request in
                try await show(request, file: request.parameter("file"))
            },
            Page(post: path, access: .staff(.editThemes)) { request in try await save(request) },
        ]
    }

    private func show(_ request: PageRequest, file: String) async throws -> PageReply {
        let theme = request.path["theme"] ?? ""
        let draft = try await services.themes.draftIfAny(theme)
        guard let files = draft?.files ?? services.themes.files(of: theme)?.contents else {
            throw Problem.notFound("名为 \(theme) 的主题")
        }
        return render(theme, draft, files, file: file.isEmpty ? "theme.yaml" : file, request)
    }

    private func render(
        _ theme: String, _ draft: ThemeDraft?, _ files: [String: String], file: String, _ request: PageRequest,
        shownAt stamp: ThemeDraft.Stamp? = nil, feedback: FormFeedback = .none
    ) -> PageReply {
        let check = services.themes.check(files, of: theme)
        let url = "\(ThemeDeskPages.url(theme))/yaml"
        let isEditable = request.actor.holds(.editThemes) && draft?.state == .drafting
        let shown = files[file] == nil && !isEditable ? "theme.yaml" : file
        return .render(
            .named("theme-text"),
            .record([
                "pageTitle": "\(shown) - \(theme)", "back": ViewModel.back("返回主题总览", ThemeDeskPages.url(theme)),
                "errorSummary": feedback.summary { _ in "text" },
                "tabs": ThemeTabs(theme, check, current: "yaml", hasDraft: draft != nil).model,
                "findings": ThemeFindings(theme, check).model, "action": url, "file": shown,
                "stamp": (stamp ?? draft?.stamp)?.text ?? "", "isEditable": isEditable, "text": files[shown] ?? "",
                "rows": min(max((files[shown] ?? "").split(separator: "\n").count + 2, 12), 40),
                "isOther": shown != "theme.yaml", "isSaved": request.parameter("saved") == "yes",
                "note": draft == nil ? "这是现行的文件。要修改，请先在总览里开始修改。" : isEditable ? "" : "草稿已经送审，退回以前不能修改。",
                "files": Set(files.keys).union([shown]).sorted().map { path -> ViewModel in
                    .record([
                        "label": path, "url": URLText.with(url, query: ["file": path]), "current": path == shown,
                    ])
                },
            ]), status: feedback.status)
    }

    private func save(_ request: PageRequest) async throws -> PageReply {
        let theme = request.path["theme"] ?? ""
        guard let stamp = ThemeDraft.Stamp(request.field("stamp")) else {
            throw Problem(400, "portal.malformed_form", "页面内容不完整", "提交的内容不完整，没有保存。请刷新页面后重新提交。")
        }
        let draft = try await services.themes.draft(theme)
        let file = request.field("file")
        // A file's last line feed and its outer space belong to it.
        let text = (request.form["text"]?.last ?? "").replacing("\r\n", with: "\n")
        // Whoever saved meanwhile is told apart at the saving; what is checked is what this page was made from.
        var files = try await services.themes.files(of: theme, at: stamp) ?? draft.files
        files[file] = request.field("remove") == "yes" && file != "theme.yaml" ? nil : text
        if request.field("check") == "yes" { return render(theme, draft, files, file: file, request, shownAt: stamp) }
        do {
            try await services.themes.save(theme, files, from: stamp, by: request.act)
        } catch let error as ThemeEditingError where error.status == 409 {
            return ThemeConflict(theme, mine: files, theirs: draft.files, error.message).reply
        } catch {
            guard let feedback = FormFeedback(error) else { throw error }
            return render(theme, draft, files, file: file, request, shownAt: stamp, feedback: feedback)
        }
        let url = "\(ThemeDeskPages.url(theme))/yaml"
        return .redirect(
            URLText.with(url, query: ["file": files[file] == nil ? "theme.yaml" : file, "saved": "yes"]))
    }
}
