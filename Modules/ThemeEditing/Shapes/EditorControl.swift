import Standards

/// One field of the editor with what the file says.
public struct EditorControl: Sendable {
    public let field: EditorField
    /// Where its value stands.
    public let path: YAMLPath
    public let value: Value

    public enum Value: Sendable {
        case text(String)
        case chosen([String])
        case flag(Bool)
        case condition(ConditionForm?)
        case options([Option])
        case sources([SourceForm])
        case parts([Part])
        /// Written in a way that only the text can change.
        case textOnly(String)
    }

    /// One possible answer.
    public struct Option: Sendable, Hashable {
        public let path: YAMLPath
        public let title: String
        public let hint: String
    }

    /// One part with a shape of its own.
    public struct Part: Sendable {
        public let path: YAMLPath
        public let name: String
        public let controls: [EditorControl]
    }

    /// The fields of a part of a file.
    ///
    /// - Parameter base: where the part stands.
    public static func all(of shape: EditorShape, at base: YAMLPath, in tree: YAMLTree) -> [EditorControl] {
        shape.fields.map { field in
            let path = base.key(field.key)
            return EditorControl(field: field, path: path, value: value(field, tree[path], path, tree))
        }
    }

    private static func value(
        _ field: EditorField, _ found: YAMLTree?, _ path: YAMLPath, _ tree: YAMLTree
    ) -> Value {
        switch field.kind {
        case .text, .prose, .reference:
            guard let found else { return .text("") }
            return found.text.map(Value.text) ?? .textOnly(YAMLWriting.flow(found))
        case .limit:
            // The promise for the whole may be a list of promises by situation.
            if case .list = found { return .parts(parts(.situationPromise, found, path, tree)) }
            return figure(found) { (try? TimeLimit($0))?.chinese ?? $0 }
        case .amount: return figure(found) { $0 == "tariff" ? "按标准" : $0 }
        case .choice(_, let fallback): return .text(found?.text ?? fallback ?? "")
        case .flag(let standard): return .flag(found?.text.map { $0 == "true" } ?? standard)
        case .words:
            let words = found?.texts ?? []
            if words.contains(where: { $0.contains(where: isSeparator) || $0.isEmpty }) {
                return .textOnly(found.map(YAMLWriting.flow) ?? "")
            }
            return .text(words.joined(separator: "、"))
        case .references: return .chosen(found?.texts ?? [])
        case .condition: return .condition(ConditionForm(found))
        case .options:
            return .options(
                (found?.elements ?? []).enumerated().map { index, option in
                    Option(
                        path: path.index(index), title: option.text ?? option["title"]?.text ?? "",
                        hint: option["hint"]?.text ?? "")
                })
        case .sources:
            return .sources(
                (found?.elements ?? []).enumerated().map { SourceForm($1, at: path.index($0)) })
        case .parts(let shape): return .parts(parts(shape, found, path, tree))
        }
    }

    private static func parts(
        _ shape: EditorShape, _ found: YAMLTree?, _ path: YAMLPath, _ tree: YAMLTree
    ) -> [Part] {
        (found?.elements ?? []).enumerated().map { index, element in
            let place = path.index(index)
            return Part(path: place, name: shape.name(of: element), controls: all(of: shape, at: place, in: tree))
        }
    }

    /// A figure, or the parameter that stands for it.
    private static func figure(_ found: YAMLTree?, _ words: (String) -> String) -> Value {
        guard let found else { return .text("") }
        if let parameter = found["parameter"]?.text, found.members.count == 1 { return .text("参数：\(parameter)") }
        return found.text.map { .text(words($0)) } ?? .textOnly(YAMLWriting.flow(found))
    }

    static func isSeparator(_ character: Character) -> Bool { "、，,；;\n".contains(character) }
}

/// Something that can serve as a material, as it is picked.
public struct SourceForm: Sendable, Hashable {
    public let path: YAMLPath
    public let kind: Kind
    /// The licence type, the name of the check, or `事项/结果`.
    public let name: String
    /// Whose licence it is.
    public let holder: String

    public enum Kind: String, Sendable, CaseIterable {
        case upload, form, identity, licence, check, result

        public var label: String {
            switch self {
            case .upload: "申请人上传"
            case .form: "表单本身就是"
            case .identity: "已经实名认证"
            case .licence: "电子证照"
            case .check: "联网核验"
            case .result: "前面事项的结果"
            }
        }

        var hasName: Bool { self == .licence || self == .check || self == .result }
    }

    init(path: YAMLPath, kind: Kind, name: String, holder: String) {
        self.path = path
        self.kind = kind
        self.name = name
        self.holder = holder
    }

    init(_ tree: YAMLTree, at path: YAMLPath) {
        self.path = path
        if let type = tree["licence"]?.text {
            (kind, name, holder) = (.licence, type, tree["of"]?.text ?? "applicant")
        } else if let check = tree["check"]?.text {
            (kind, name, holder) = (.check, check, "")
        } else if let result = tree["result"]?.text {
            (kind, name, holder) = (.result, result, "")
        } else {
            (kind, name, holder) = (tree.text.flatMap(Kind.init) ?? .upload, "", "")
        }
    }

    /// As files write it.
    var tree: YAMLTree {
        switch kind {
        case .upload, .form, .identity: .text(kind.rawValue)
        case .licence: ["licence": .text(name), "of": .text(holder.isEmpty ? "applicant" : holder)]
        case .check: ["check": .text(name)]
        case .result: ["result": .text(name)]
        }
    }
}
