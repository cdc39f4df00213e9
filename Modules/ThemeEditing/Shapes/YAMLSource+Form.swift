import Standards

/// What the editor's form sends, laid into the file. Each name of the form is a letter for what it is, and the path:
/// `v:` a value, `c:` a line of a condition, `o:` an option, `s:` a source.
extension YAMLSource {
    /// What was sent, by name.
    public typealias Sent = [String: [String]]

    /// The file with what a form says; what it doesn't name, or names as it is, keeps its text.
    ///
    /// - Parameter controls: the fields that the form showed.
    public func applying(_ sent: Sent, to controls: [EditorControl]) throws(Refusal) -> YAMLSource {
        var source = self
        for control in controls { source = try source.applying(sent, to: control) }
        return source
    }

    private func applying(_ sent: Sent, to control: EditorControl) throws(Refusal) -> YAMLSource {
        let name = "v:\(control.path)"
        switch control.value {
        case .text(let shown):
            guard let typed = sent[name]?.last.map(Self.tidy), typed != Self.tidy(shown) else { return self }
            return try setting(control, to: Self.written(typed, control.field))
        case .chosen(let shown):
            guard let chosen = sent[name], sent["h:\(control.path)"] != nil || !chosen.isEmpty else {
                return sent["h:\(control.path)"] == nil || shown.isEmpty ? self : try setting(control, to: .texts([]))
            }
            return Set(chosen) == Set(shown) ? self : try setting(control, to: .texts(chosen))
        case .flag(let shown):
            guard sent["h:\(control.path)"] != nil else { return self }
            let chosen = sent[name]?.last == "true"
            guard chosen != shown, case .flag(let standard) = control.field.kind else { return self }
            return try setting(control, to: chosen == standard ? nil : .text(chosen ? "true" : "false"))
        case .condition(let shown): return try applyingCondition(sent, to: control, shown: shown)
        case .options(let options): return try applyingOptions(sent, options)
        case .sources(let sources): return try applyingSources(sent, sources)
        case .parts(let parts):
            var source = self
            for part in parts { source = try source.applying(sent, to: part.controls) }
            return source
        case .textOnly: return self
        }
    }

    private func setting(_ control: EditorControl, to value: YAMLTree?) throws(Refusal) -> YAMLSource {
        var value = value
        let isEmpty = value == nil || value == .list([]) || value == .text("")
        if isEmpty {
            if tree[control.path] == nil { return self }
            if !control.field.isRequired { value = nil } else if value == nil { value = .text("") }
        }
        return try setting(
            control.path, to: value, order: EditorShape.keys(at: control.path.parent))
    }

    private func applyingCondition(
        _ sent: Sent, to control: EditorControl, shown: ConditionForm?
    ) throws(Refusal) -> YAMLSource {
        guard let condition = Self.condition(sent, control.path, in: tree), condition != shown else { return self }
        return try settingCondition(condition, control.path)
    }

    func settingCondition(_ condition: ConditionForm?, _ path: YAMLPath) throws(Refusal) -> YAMLSource {
        let mustStay = path.steps.first == .key("outcomes") || path.steps.last != .key("when")
        let isRequired = mustStay && tree[path] != nil && path.steps.first == .key("outcomes")
        return try setting(
            path, to: condition?.tree ?? (isRequired ? "always" : nil), order: EditorShape.keys(at: path.parent))
    }

    /// The condition as it was sent; nil when the form didn't show one. Options that the question doesn't have are left
    /// out: they were those of the question that was picked before.
    static func condition(_ sent: Sent, _ path: YAMLPath, in tree: YAMLTree) -> ConditionForm? {
        let prefix = "c:\(path):"
        var values: Sent = [:]
        for (name, value) in sent where name.hasPrefix(prefix) { values[String(name.dropFirst(prefix.count))] = value }
        let known = ThemeNames(tree).questions
        for (name, value) in values where name.hasSuffix(":options") {
            let question = values[name.replacing(":options", with: ":question")]?.last
            guard let options = known.first(where: { $0.id == question })?.options else { continue }
            values[name] = value.filter(options.contains)
        }
        return ConditionForm.read(values)
    }

    private func applyingOptions(_ sent: Sent, _ options: [EditorControl.Option]) throws(Refusal) -> YAMLSource {
        var source = self
        for option in options {
            guard let title = sent["o:\(option.path):title"]?.last.map(Self.tidy) else { continue }
            let hint = sent["o:\(option.path):hint"]?.last.map(Self.tidy) ?? option.hint
            if title == option.title && hint == option.hint { continue }
            if tree[option.path]?.text != nil, !hint.isEmpty {
                source = try source.setting(option.path, to: ["title": .text(title), "hint": .text(hint)])
            } else if tree[option.path]?.text != nil {
                source = try source.setting(option.path, to: .text(title))
            } else {
                source = try source.setting(option.path.key("title"), to: .text(title), order: ["title", "hint"])
                source = try source.setting(
                    option.path.key("hint"), to: hint.isEmpty ? nil : .text(hint), order: ["title", "hint"])
            }
        }
        return source
    }

    private func applyingSources(_ sent: Sent, _ sources: [SourceForm]) throws(Refusal) -> YAMLSource {
        var source = self
        for shown in sources {
            guard let kind = sent["s:\(shown.path):kind"]?.last.flatMap(SourceForm.Kind.init) else { continue }
            let form = SourceForm(
                path: shown.path, kind: kind,
                name: kind.hasName ? sent["s:\(shown.path):name"]?.last.map(Self.tidy) ?? shown.name : "",
                holder: kind == .licence ? sent["s:\(shown.path):of"]?.last ?? shown.holder : "")
            if form == shown { continue }
            if kind == .licence, shown.kind == .licence {
                // What must match stays.
                source = try source.setting(shown.path.key("licence"), to: .text(form.name), order: ["licence", "of"])
                source = try source.setting(shown.path.key("of"), to: .text(form.holder), order: ["licence", "of"])
            } else {
                source = try source.setting(shown.path, to: form.tree)
            }
        }
        return source
    }

    /// A typed value as files write it.
    private static func written(_ typed: String, _ field: EditorField) -> YAMLTree? {
        switch field.kind {
        case .limit:
            if let parameter = parameter(typed) { return parameter }
            return .text((try? TimeLimit(writtenInChinese: typed))?.text ?? typed)
        case .amount: return parameter(typed) ?? .text(typed == "按标准" ? "tariff" : typed)
        case .choice(_, let fallback): return typed == fallback ? nil : .text(typed)
        case .words:
            return .texts(
                typed.split(whereSeparator: EditorControl.isSeparator).map { tidy(String($0)) }.filter { !$0.isEmpty })
        default: return .text(typed)
        }
    }

    private static func parameter(_ typed: String) -> YAMLTree? {
        for mark in ["参数：", "参数:"] where typed.hasPrefix(mark) {
            return ["parameter": .text(tidy(String(typed.dropFirst(mark.count))))]
        }
        return nil
    }

    private static func tidy(_ text: String) -> String {
        var rest = text.withoutInvisibles.replacing("\r\n", with: "\n")[...].drop(while: \.isWhitespace)
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return String(rest)
    }
}

extension EditorShape {
    /// The shape of the mapping at a path; nil where the editor has none.
    static func at(_ path: YAMLPath) -> EditorShape? {
        guard case .key(let key) = path.steps.first else { return .basics }
        if key == "promise" { return .situationPromise }
        guard var shape = EditorSection(rawValue: key)?.shape, key != EditorSection.basics.rawValue else { return nil }
        for step in path.steps.dropFirst() {
            guard case .key(let key) = step else { continue }
            guard case .parts(let inner)? = shape.fields.first(where: { $0.key == key })?.kind else { return nil }
            shape = inner
        }
        return shape
    }

    /// The keys of the mapping at a path in the order in which authors write them.
    static func keys(at path: YAMLPath) -> [String] {
        path.steps.isEmpty ? EditorSection.fileOrder : at(path)?.authorsOrder ?? []
    }

    /// Names come first in a file, whatever the form begins with.
    private var authorsOrder: [String] { order.contains("id") ? ["id"] + order.filter { $0 != "id" } : order }
}
