import PluginKit
import ThemeBundles
import ThemeEditing

/// What a draft comes to for chosen answers: the same as `theme preview`, and the bundle's own examples.
struct ThemePreviewPages: PageGroup {
    let services: PortalServices

    var pages: [Page] {
        let path = "\(ThemeDeskPages.path)/{theme}/preview"
        return [
            Page(path, access: ThemeDeskPages.access) { request in try await show(request) },
            Page(post: path, access: .staff(.editThemes)) { request in try await record(request) },
        ]
    }

    private func show(_ request: PageRequest, feedback: FormFeedback = .none) async throws -> PageReply {
        let theme = request.path["theme"] ?? ""
        let draft = try await services.themes.draftIfAny(theme)
        guard let files = draft?.files ?? services.themes.files(of: theme)?.contents else {
            throw Problem.notFound("名为 \(theme) 的主题")
        }
        let check = services.themes.check(files, of: theme)
        let url = "\(ThemeDeskPages.url(theme))/preview"
        let answers = check.bundle.map { request.answers(for: $0.theme) } ?? [:]
        let isAnswered = !answers.isEmpty || check.bundle?.theme.questions.isEmpty == true
        let isEditable = draft?.state == .drafting && request.actor.holds(.editThemes)
        let recorded = check.bundle.flatMap { RecordedExample(name: "", answers: answers, in: $0) }
        return .render(
            .named("theme-preview"),
            .record([
                "pageTitle": "预览 - \(theme)", "back": ViewModel.back("返回主题总览", ThemeDeskPages.url(theme)),
                "errorSummary": feedback.summary { $0.field },
                "tabs": ThemeTabs(theme, check, current: "preview", hasDraft: draft != nil).model, "action": url,
                "findings": ThemeFindings(theme, check).model, "isReadable": check.bundle != nil,
                "questions": check.bundle?.theme.questions.enumerated().map { index, question in
                    InputField(
                        id: "q\(index)", name: question.id, label: question.title,
                        kind: .select(question.options.map { InputField.Choice($0.title) }, empty: "（没有回答）"),
                        values: answers[question.id].map { [$0] } ?? [], isOptional: true)
                } ?? [],
                "text": check.bundle.map { ThemePreview($0).text(for: isAnswered ? answers : nil) } ?? "",
                "examples": ExamplesModel(check).model, "stamp": draft?.stamp.text ?? "",
                "canRecord": recorded != nil && isAnswered && isEditable,
                "answers": answers.sorted { $0.key < $1.key }.map { question, answer -> ViewModel in
                    .record(["name": question, "value": answer])
                },
                "gaps": (isEditable ? check.openQuestions : []).enumerated().map { index, question -> ViewModel in
                    .record([
                        "id": "gap-\(index)", "question": question.id, "title": question.title,
                        "options": question.options.map { ViewModel.record(["title": $0.title]) },
                    ])
                },
                "name": InputField(
                    id: "name", name: "name", label: "实例的名字", kind: .text(), values: [request.field("name")],
                    hint: "例如：本人办理，没有电子证照", error: feedback.error("name"), maximumLength: 60),
            ]), status: feedback.status)
    }

    /// Keeps the answers with the plan that they lead to as one of the bundle's examples.
    private func record(_ request: PageRequest) async throws -> PageReply {
        let theme = request.path["theme"] ?? ""
        guard let stamp = ThemeDraft.Stamp(request.field("stamp")) else {
            throw Problem(400, "portal.malformed_form", "页面内容不完整", "提交的内容不完整，没有保存。请刷新页面后重新提交。")
        }
        if !request.field("question").isEmpty { return try await answer(theme, stamp, request) }
        let name = request.field("name")
        if name.isEmpty {
            return try await show(
                request, feedback: FormFeedback(findings: [Finding("name", "field.required", "请给实例起个名字。")]))
        }
        let draft = try await services.themes.draft(theme)
        let check = services.themes.check(draft.files, of: theme)
        guard let bundle = check.bundle,
            let example = RecordedExample(name: name, answers: request.answers(for: bundle.theme), in: bundle)
        else { return try await show(request) }
        do {
            let files = try example.added(to: draft.files)
            try await services.themes.save(theme, files, from: stamp, by: request.act)
        } catch let error as YAMLSource.Refusal {
            return try await show(
                request, feedback: FormFeedback(findings: [Finding("name", "themes.text_only", error.message)]))
        }
        return .redirect(
            URLText.with("\(ThemeDeskPages.url(theme))/preview", query: request.answers(for: bundle.theme)))
    }

    /// Gives all examples that leave a question open the same answer to it.
    private func answer(_ theme: String, _ stamp: ThemeDraft.Stamp, _ request: PageRequest) async throws -> PageReply {
        let draft = try await services.themes.draft(theme)
        let bundle = services.themes.check(draft.files, of: theme).bundle
        let answer = bundle.flatMap { ExampleAnswer(request.field("question"), request.field("option"), in: $0) }
        guard let answer else { return try await show(request) }
        do {
            try await services.themes.save(theme, try answer.added(to: draft.files), from: stamp, by: request.act)
        } catch let error as YAMLSource.Refusal {
            return try await show(
                request, feedback: FormFeedback(findings: [Finding("name", "themes.text_only", error.message)]))
        }
        return .redirect("\(ThemeDeskPages.url(theme))/preview")
    }
}
