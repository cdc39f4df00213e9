import PluginKit
import ThemeBundles
import ThemeEditing

/// The fields of a part of a theme as partial `theme-control` shows them, each with what the checker says of it.
struct ControlModel {
    let controls: [EditorControl]
    let names: ThemeNames
    private let messages: [YAMLPath: [String]]

    /// - Parameter base: the part that the form is about; what concerns no single field stands there.
    init(_ controls: [EditorControl], _ check: DraftCheck, names: ThemeNames, base: YAMLPath) {
        self.controls = controls
        self.names = names
        let paths = Self.paths(controls) + [base]
        var messages: [YAMLPath: [String]] = [:]
        for found in check.placed {
            guard let path = found.path,
                let field = paths.filter({ path.isWithin($0) }).max(by: { $0.steps.count < $1.steps.count })
            else { continue }
            messages[field, default: []].append(found.finding.message)
        }
        self.messages = messages
    }

    /// The element of a path.
    static func id(_ path: YAMLPath) -> String {
        "f-"
            + path.steps.map { step in
                switch step {
                case .key(let key): key
                case .index(let index): String(index)
                }
            }.joined(separator: "-")
    }

    var model: [ViewModel] { controls.map(model) }

    /// What is wrong with a part as a whole.
    func slot(_ path: YAMLPath) -> ViewModel {
        .record(["id": "\(Self.id(path))-error", "text": (messages[path] ?? []).joined(separator: " ")])
    }

    private static func paths(_ controls: [EditorControl]) -> [YAMLPath] {
        controls.flatMap { control -> [YAMLPath] in
            guard case .parts(let parts) = control.value else { return [control.path] }
            return [control.path] + parts.flatMap { [$0.path] + paths($0.controls) }
        }
    }

    private static let flags = [
        "isLine", "isArea", "isSelect", "isChecks", "isFlag", "isCondition", "isOptions", "isSources", "isParts",
        "isTextOnly",
    ]

    private func model(_ control: EditorControl) -> ViewModel {
        let id = Self.id(control.path)
        let name = "v:\(control.path)"
        var specific: ViewModel
        switch control.value {
        case .text(let text): specific = textual(control, text)
        case .chosen(let chosen):
            guard case .references(let reference) = control.field.kind else { return [:] }
            let known = names.choices(reference)
            let unknown = chosen.filter { name in !known.contains { $0.value == name } }
                .map { EditorField.Word($0, "\($0)（没有这一项）") }
            // An item can't wait for itself.
            let own = control.field.key == "after" ? control.path.parent : nil
            let offered = (known + unknown).filter { word in
                own.map { names.items.firstIndex(of: word) != $0.steps.last?.position } ?? true
            }
            specific = .record(["isChecks": true, "choices": choices(offered, id) { chosen.contains($0) }])
        case .flag(let flag): specific = .record(["isFlag": true, "chosen": flag])
        case .condition(let condition):
            specific = .record([
                "isCondition": true, "rows": rows(condition, control.path), "isAlways": condition == nil,
                "hasQuestions": !names.questions.isEmpty,
            ])
        case .options(let options):
            specific = .record([
                "isOptions": true,
                "options": options.enumerated().map { index, option -> ViewModel in
                    .record([
                        "id": Self.id(option.path), "name": "o:\(option.path)", "path": option.path.description,
                        "title": option.title, "hint": option.hint, "number": index + 1, "isFirst": index == 0,
                    ])
                },
            ])
        case .sources(let sources):
            specific = .record(["isSources": true, "sources": sources.enumerated().map(source)])
        case .parts(let parts):
            guard let shape = partShape(control) else { return [:] }
            specific = .record([
                "isParts": true, "partTitle": shape.title,
                "parts": parts.enumerated().map { index, part -> ViewModel in
                    .record([
                        "id": Self.id(part.path), "path": part.path.description, "name": part.name,
                        "isFirst": index == 0, "slot": slot(part.path), "controls": part.controls.map(model),
                        "open": messages.keys.contains { $0.isWithin(part.path) } || part.name.hasPrefix("（"),
                    ])
                },
            ])
        case .textOnly(let text): specific = .record(["isTextOnly": true, "text": text])
        }
        let base = ViewModel.record([
            "id": id, "name": name, "has": "h:\(control.path)", "path": control.path.description,
            "label": control.field.label, "optional": !control.field.isRequired, "hint": control.field.hint ?? "",
            "slot": slot(control.path),
            "canSplit": control.field.key == "promise" && control.path.steps.count == 1
                && specific.members["isLine"] != nil,
        ])
        for flag in Self.flags where specific.members[flag] == nil { specific = specific.with(flag, false) }
        return base.merging(specific)
    }

    private func partShape(_ control: EditorControl) -> EditorShape? {
        if case .parts(let shape) = control.field.kind { return shape }
        return EditorShape.situationPromise
    }

    private func textual(_ control: EditorControl, _ text: String) -> ViewModel {
        let id = Self.id(control.path)
        switch control.field.kind {
        case .prose: return .record(["isArea": true, "value": text])
        case .choice(let words, let fallback):
            let known = words.contains { $0.value == text } || text.isEmpty
            let offered = words + (known ? [] : [EditorField.Word(text)])
            return .record([
                "isSelect": true, "hasEmpty": fallback == "" || text.isEmpty,
                "choices": choices(offered, id) { $0 == text },
            ])
        case .reference(let reference):
            let known = names.choices(reference)
            let offered =
                known.contains { $0.value == text } || text.isEmpty
                ? known : known + [EditorField.Word(text, "\(text)（没有这一项）")]
            return .record(["isSelect": true, "hasEmpty": true, "choices": choices(offered, id) { $0 == text }])
        default: return .record(["isLine": true, "value": text])
        }
    }

    private func choices(
        _ words: [EditorField.Word], _ id: String, _ isChosen: (String) -> Bool
    ) -> [ViewModel] {
        words.enumerated().map { index, word in
            .record([
                "id": "\(id)-\(index)", "value": word.value, "label": word.label, "chosen": isChosen(word.value),
            ])
        }
    }

    private func source(_ index: Int, _ source: SourceForm) -> ViewModel {
        let holders = names.choices(.holders)
        return .record([
            "id": Self.id(source.path), "name": "s:\(source.path)", "path": source.path.description,
            "number": index + 1, "isFirst": index == 0,
            "kinds": choices(
                SourceForm.Kind.allCases.map { EditorField.Word($0.rawValue, $0.label) }, Self.id(source.path)
            ) { $0 == source.kind.rawValue },
            "hasText": source.kind == .licence || source.kind == .check, "isResult": source.kind == .result,
            "isLicence": source.kind == .licence, "text": source.name,
            "textLabel": source.kind == .licence ? "证照类型" : "核验的名称",
            "results": choices(
                names.results.map { EditorField.Word($0.value, "\($0.value) \($0.label)") }, Self.id(source.path) + "-r"
            ) { $0 == source.name },
            "holders": choices(holders, Self.id(source.path) + "-h") { $0 == source.holder },
        ])
    }

    private func rows(_ condition: ConditionForm?, _ path: YAMLPath) -> [ViewModel] {
        (condition?.rows ?? []).map { row in
            let id = "\(Self.id(path))-c\(row.address.replacing(".", with: "-"))"
            let base = ViewModel.record([
                "id": id, "name": "c:\(path):\(row.address)", "place": "\(path)@\(row.address)",
                "depth": min(row.depth, 4),
            ])
            switch row.form {
            case .group:
                return base.merging(
                    .record([
                        "isGroup": true,
                        "joinings": choices(
                            ConditionForm.Joining.allCases.map { EditorField.Word($0.rawValue, $0.label) }, id
                        ) { $0 == row.form.joining?.rawValue },
                    ]))
            case .answer(let question, let options, let isNegated):
                let known = names.questions.first { $0.id == question }
                let questions = names.questions.map { EditorField.Word($0.id, $0.title.isEmpty ? $0.id : $0.title) }
                let offered =
                    known == nil && !question.isEmpty
                    ? questions + [EditorField.Word(question, "\(question)（没有这个问题）")] : questions
                let all = (known?.options ?? []) + options.filter { known?.options.contains($0) != true }
                return base.merging(
                    .record([
                        "isGroup": false, "isNegated": isNegated,
                        "questions": choices(offered, "\(id)-q") { $0 == question },
                        "options": choices(all.filter { !$0.isEmpty }.map { EditorField.Word($0) }, "\(id)-o") {
                            options.contains($0)
                        },
                    ]))
            }
        }
    }
}

extension YAMLPath.Step {
    fileprivate var position: Int? { if case .index(let index) = self { index } else { nil } }
}
