/// A change of the file's structure by a button: a part more, less, further up or down.
public enum EditorMove: Sendable, Hashable {
    case add(YAMLPath)
    case remove(YAMLPath)
    case up(YAMLPath)
    case down(YAMLPath)
    /// One promise becomes promises by situation.
    case split(YAMLPath)
    case addCondition(YAMLPath, at: String, isGroup: Bool)
    case removeCondition(YAMLPath, at: String)

    /// Reads `add:items[0].fees` or `condition-add:items[0].when@0.1`.
    public init?(_ text: String) {
        let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
        guard parts.count == 2 else { return nil }
        let place = parts[1].split(separator: "@").map(String.init)
        guard let first = place.first, let path = YAMLPath(first) else { return nil }
        let address = place.count > 1 ? place[1] : "0"
        switch parts[0] {
        case "add": self = .add(path)
        case "remove": self = .remove(path)
        case "up": self = .up(path)
        case "down": self = .down(path)
        case "split": self = .split(path)
        case "condition-add": self = .addCondition(path, at: address, isGroup: false)
        case "condition-group": self = .addCondition(path, at: address, isGroup: true)
        case "condition-remove": self = .removeCondition(path, at: address)
        default: return nil
        }
    }

    /// Where the reader goes on after it.
    public func place(in source: YAMLSource) -> YAMLPath {
        switch self {
        case .add(let path): path.index(max(0, (source.tree[path]?.elements.count ?? 1) - 1))
        case .remove(let path): path.parent
        case .up(let path): path.neighbour(-1)
        case .down(let path): path.neighbour(1)
        case .split(let path): path
        case .addCondition(let path, _, _), .removeCondition(let path, _): path
        }
    }
}

extension YAMLPath {
    fileprivate func neighbour(_ offset: Int) -> YAMLPath {
        guard case .index(let index) = steps.last else { return self }
        return parent.index(max(0, index + offset))
    }
}

extension YAMLSource {
    /// The file after a button was pressed.
    public func moving(_ move: EditorMove) throws(Refusal) -> YAMLSource {
        switch move {
        case .add(let path): return try appending(blank(for: path), to: path, order: EditorShape.keys(at: path.parent))
        case .remove(let path): return try removing(path)
        case .up(let path): return try moving(path, by: -1)
        case .down(let path): return try moving(path, by: 1)
        case .split(let path):
            guard let promise = tree[path], promise.elements.isEmpty else { return self }
            return try setting(path, to: [["when": "always", "limit": promise], ["limit": promise]])
        case .addCondition(let path, let address, let isGroup):
            let question = ThemeNames(tree).questions.first?.id ?? ""
            let answer = ConditionForm.answer(question: question, options: [], isNegated: false)
            let member = isGroup ? ConditionForm.group([answer, answer], isAny: true, isNegated: false) : answer
            return try settingCondition(ConditionForm(tree[path])?.adding(member, at: address) ?? member, path)
        case .removeCondition(let path, let address):
            return try settingCondition(ConditionForm(tree[path])?.removing(address), path)
        }
    }

    /// A new element of a list.
    private func blank(for list: YAMLPath) -> YAMLTree {
        switch list.steps.last {
        case .key("options"): return ""
        case .key("sources"): return "upload"
        default: break
        }
        guard let shape = EditorShape.at(list.index(0)) else { return "" }
        let names = ThemeNames(tree)
        let isForm = list.steps.first == .key("form")
        let taken =
            isForm ? names.fields.map(\.value) : (tree[list]?.elements ?? []).compactMap { $0["id"]?.text }
        return shape.blank(Set(taken))
    }
}
