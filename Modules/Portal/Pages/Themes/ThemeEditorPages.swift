import PluginKit
import ThemeBundles
import ThemeEditing

/// The editor of a theme: one page for each part, checked as one types, written into the same YAML that authors edit by
/// hand.
struct ThemeEditorPages: PageGroup {
    let services: PortalServices

    var pages: [Page] {
        let section = "\(ThemeDeskPages.path)/{theme}/{section}"
        return [
            Page(section, access: ThemeDeskPages.access) { request in try await show(request) },
            Page(post: section, access: .staff(.editThemes)) { request in try await change(request) },
            Page("\(section)/{index}", access: ThemeDeskPages.access) { request in try await show(request) },
            Page(post: "\(section)/{index}", access: .staff(.editThemes)) { request in try await change(request) },
        ]
    }

    /// What a page of the editor is about.
    private struct Place {
        let theme: String
        let section: EditorSection
        /// Which element of the section; nil for the list of them.
        let index: Int?

        init(_ request: PageRequest) throws {
            theme = request.path["theme"] ?? ""
            guard let section = EditorSection(rawValue: request.path["section"] ?? "") else {
                throw Problem.notFound("这个页面")
            }
            self.section = section
            let written = request.path["index"]
            index = written.flatMap { Int($0) }
            if written != nil, index == nil || section == .basics { throw Problem.notFound("这个页面") }
        }

        /// The part that is filled in; nil for a list.
        var base: YAMLPath? {
            if section == .basics { return .root }
            return index.flatMap { index in section.list?.index(index) }
        }

        var url: String {
            let url = "\(ThemeDeskPages.url(theme))/\(section.rawValue)"
            return index.map { "\(url)/\($0)" } ?? url
        }

        var listURL: String { "\(ThemeDeskPages.url(theme))/\(section.rawValue)" }

        /// Where a part is filled in.
        func url(of path: YAMLPath) -> String {
            let url = "\(ThemeDeskPages.url(theme))/\(section.rawValue)"
            guard section != .basics, path.steps.count > 1, case .index(let index) = path.steps[1] else {
                return section == .basics && path.steps.count > 0 ? "\(url)#\(ControlModel.id(path))" : url
            }
            return path.steps.count > 2 ? "\(url)/\(index)#\(ControlModel.id(path))" : "\(url)/\(index)"
        }
    }

    // MARK: Showing

    private func show(_ request: PageRequest) async throws -> PageReply {
        let place = try Place(request)
        guard let draft = try await services.themes.draftIfAny(place.theme) else {
            return .redirect(ThemeDeskPages.url(place.theme))
        }
        let check = services.themes.check(draft.files, of: place.theme)
        guard let source = check.source else {
            return .redirect("\(ThemeDeskPages.url(place.theme))/yaml")
        }
        if let base = place.base, source.tree[base] == nil {
            return .redirect("\(ThemeDeskPages.url(place.theme))/\(place.section.rawValue)")
        }
        return render(place, draft, check, source, request, shownAt: draft.stamp)
    }

    private func render(
        _ place: Place, _ draft: ThemeDraft, _ check: DraftCheck, _ source: YAMLSource, _ request: PageRequest,
        shownAt stamp: ThemeDraft.Stamp, refusal: String? = nil, status: Int = 200
    ) -> PageReply {
        let tree = source.tree
        let names = ThemeNames(tree, files: draft.files.keys.filter { $0.hasPrefix("samples/") })
        let editable = request.actor.holds(.editThemes) && draft.state == .drafting
        var model = ViewModel.record([
            "pageTitle": "\(place.section.title) - \(tree["title"]?.text ?? place.theme)",
            "back": ViewModel.back("返回主题总览", ThemeDeskPages.url(place.theme)),
            "themeTitle": tree["title"]?.text ?? place.theme, "title": place.section.title,
            "purpose": place.section.purpose, "action": place.url, "stamp": stamp.text,
            "isEditable": editable, "isLocked": !editable,
            "state": draft.state == .drafting ? "" : "草稿已经送审，退回以前不能修改。", "refusal": refusal ?? "",
            "tabs": ThemeTabs(place.theme, check, current: place.section.rawValue).model,
            "findings": ThemeFindings(place.theme, check).model, "isList": place.base == nil,
            "isForm": place.base != nil, "isSaved": request.parameter("saved") == "yes",
        ])
        if let base = place.base {
            let shape = place.section.shape
            let controls = ControlModel(
                EditorControl.all(of: shape, at: base, in: tree), check, names: names, base: base)
            model = model.merging(
                .record([
                    "heading": place.section == .basics
                        ? place.section.title
                        : tree[base].map(shape.name) ?? "",
                    "kind": shape.title, "slot": controls.slot(base), "controls": controls.model,
                    "listURL": place.section == .basics
                        ? "" : "\(ThemeDeskPages.url(place.theme))/\(place.section.rawValue)",
                    "listTitle": place.section.title,
                ]))
        } else if let list = place.section.list {
            model = model.merging(
                .record([
                    "kind": place.section.shape.title, "list": list.description,
                    "elements": elements(of: list, place, check, tree),
                    "hasElements": tree[list]?.elements.isEmpty == false,
                    "graph": place.section == .items ? OrderPicture(OrderGraph(tree)).model : nil,
                ]))
        }
        return .render(.named("theme-editor"), model, status: status)
    }

    private func elements(of list: YAMLPath, _ place: Place, _ check: DraftCheck, _ tree: YAMLTree) -> [ViewModel] {
        let placed = check.placed
        let count = tree[list]?.elements.count ?? 0
        return (tree[list]?.elements ?? []).enumerated().map { index, element in
            let path = list.index(index)
            let faults = placed.filter { $0.path?.isWithin(path) == true }.count
            let notes = [
                element["department"]?.text, ConditionForm(element["when"]).map { "\($0.words)时" },
                element["after"].map { "在 \($0.texts.joined(separator: "、")) 之后" },
                element["options"].map { options in
                    "可选：" + options.elements.compactMap { $0.text ?? $0["title"]?.text }.joined(separator: "、")
                },
                element["fields"].map { fields in
                    fields.elements.compactMap { $0["title"]?.text }.joined(separator: "、")
                },
                place.section == .materials ? element["items"].map { "用于 \($0.texts.joined(separator: "、"))" } : nil,
            ].compactMap(\.self)
            return .record([
                "name": place.section.shape.name(of: element),
                "url": "\(ThemeDeskPages.url(place.theme))/\(place.section.rawValue)/\(index)",
                "path": path.description, "note": notes.joined(separator: "；"), "isFirst": index == 0,
                "isLast": index == count - 1, "faults": faults, "hasFaults": faults > 0,
            ])
        }
    }

    // MARK: Changing

    private func change(_ request: PageRequest) async throws -> PageReply {
        let place = try Place(request)
        let desk = services.themes
        guard let stamp = ThemeDraft.Stamp(request.field("stamp")) else {
            throw Problem(400, "portal.malformed_form", "页面内容不完整", "提交的内容不完整，没有保存。请刷新页面后重新提交。")
        }
        let draft = try await desk.draft(place.theme)
        // Somebody else saved meanwhile: what was typed is laid into what the page showed, so that it can be compared.
        let before = draft.stamp == stamp ? draft.files : try await desk.files(of: place.theme, at: stamp)
        guard let shown = before else {
            throw Problem(409, "themes.draft_changed", "草稿已经换了", "这份草稿已经发布或作废，您填写的内容没有存入。请回到主题总览重新开始。")
        }
        let move = EditorMove(request.field("move"))
        let edit = FormEdit(section: place.section, index: place.index, sent: request.form, move: move)
        let files: [String: String]
        do { files = try edit.files(from: shown) } catch {
            return try reply(place, draft, shown, request, shownAt: stamp, refusal: error.message, status: 422)
        }
        // The script asks what is wrong while the reader types; nothing is kept then.
        if request.field("check") == "yes" { return try reply(place, draft, files, request, shownAt: stamp) }
        do {
            try await desk.save(place.theme, files, from: stamp, by: request.act)
        } catch let error as ThemeEditingError where error.status == 409 {
            return ThemeConflict(place.theme, mine: files, theirs: draft.files, error.message).reply
        }
        guard let move, let source = files["theme.yaml"].flatMap({ YAMLSource($0) }) else {
            let isDone = request.field("then") == "list" && place.index != nil
            return .redirect(isDone ? place.listURL : "\(place.url)?saved=yes")
        }
        return .redirect(place.url(of: move.place(in: source)))
    }

    /// The page again with what was typed; it still counts as made from the saving that it was made from.
    private func reply(
        _ place: Place, _ draft: ThemeDraft, _ files: [String: String], _ request: PageRequest,
        shownAt stamp: ThemeDraft.Stamp, refusal: String? = nil, status: Int = 200
    ) throws -> PageReply {
        let check = services.themes.check(files, of: place.theme)
        guard let source = check.source else {
            throw Problem(422, "themes.text_only", "请在 YAML 里改", "theme.yaml 不是表单能改的 YAML，请到 YAML 页面修改。")
        }
        return render(place, draft, check, source, request, shownAt: stamp, refusal: refusal, status: status)
    }
}

/// What two people changed at the same time, side by side: nothing that was typed is lost.
struct ThemeConflict {
    let theme: String
    let mine: [String: String]
    let theirs: [String: String]
    let message: String

    init(_ theme: String, mine: [String: String], theirs: [String: String], _ message: String) {
        self.theme = theme
        self.mine = mine
        self.theirs = theirs
        self.message = message
    }

    var reply: PageReply {
        .render(
            .named("theme-conflict"),
            .record([
                "pageTitle": "草稿刚刚被别人改过", "back": ViewModel.back("返回主题总览", ThemeDeskPages.url(theme)),
                "message": message, "url": ThemeDeskPages.url(theme),
                "files": Set(mine.keys).union(theirs.keys).sorted().compactMap { path -> ViewModel? in
                    let difference = LineDifference(from: theirs[path] ?? "", to: mine[path] ?? "")
                    if difference.isEmpty { return nil }
                    return .record([
                        "path": path, "lines": difference.lines.map(\.model), "mine": mine[path] ?? "",
                    ])
                },
            ]), status: 409)
    }
}

extension LineDifference.Line {
    /// The line as partial `difference` shows it.
    var model: ViewModel {
        .record([
            "isAdded": kind == .added, "isRemoved": kind == .removed, "isSame": kind == .same, "isGap": kind == .gap,
            "text": text.isEmpty ? " " : text,
        ])
    }
}
