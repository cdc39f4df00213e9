/// What is called otherwise takes along whatever names it.
extension YAMLSource {
    /// A name that changed.
    public enum Renaming: Sendable, Hashable {
        case question(String, to: String)
        case option(String, to: String, of: String)
        case item(String, to: String)
    }

    /// The names that differ between two states of a theme whose parts stand in the same order.
    public static func renamings(from old: YAMLTree, to new: YAMLTree) -> [Renaming] {
        func pairs(_ key: String) -> [(YAMLTree, YAMLTree)] {
            Array(zip(old[key]?.elements ?? [], new[key]?.elements ?? []))
        }
        func differ(_ before: String?, _ after: String?) -> (String, String)? {
            guard let before, let after, before != after, !before.isEmpty, !after.isEmpty else { return nil }
            return (before, after)
        }
        func title(_ option: YAMLTree) -> String? { option.text ?? option["title"]?.text }
        let questions = pairs("questions").flatMap { before, after -> [Renaming] in
            let options = zip(before["options"]?.elements ?? [], after["options"]?.elements ?? [])
                .compactMap { differ(title($0), title($1)) }
                .map { Renaming.option($0.0, to: $0.1, of: before["id"]?.text ?? "") }
            return options + (differ(before["id"]?.text, after["id"]?.text).map { [.question($0.0, to: $0.1)] } ?? [])
        }
        let items = pairs("items").compactMap { differ($0["id"]?.text, $1["id"]?.text) }
            .map { Renaming.item($0.0, to: $0.1) }
        return questions + items
    }

    /// The file with all that names a thing following its new name; the thing itself is not touched.
    public func following(_ renaming: Renaming) throws(Refusal) -> YAMLSource {
        var source = self
        for change in uses(of: renaming) {
            switch change {
            case .value(let path, let text): source = try source.setting(path, to: .text(text))
            case .key(let path, let name): source = try source.renamingKey(path, to: name)
            }
        }
        return source
    }

    private enum Change {
        case value(YAMLPath, String)
        case key(YAMLPath, String)
    }

    private func uses(of renaming: Renaming) -> [Change] {
        var changes: [Change] = []
        walk(tree, .root, isCondition: false) { path, part, key, isCondition in
            switch renaming {
            case .question(let old, let new):
                if isCondition, key == old { changes.append(.key(path, new)) }
            case .option(let old, let new, let question):
                guard isCondition, key == question else { return }
                if part.text == old { changes.append(.value(path, new)) }
                for (index, element) in part.elements.enumerated() where element.text == old {
                    changes.append(.value(path.index(index), new))
                }
            case .item(let old, let new):
                guard let key else { return }
                if ["items", "after"].contains(key) {
                    for (index, element) in part.elements.enumerated() where element.text == old {
                        changes.append(.value(path.index(index), new))
                    }
                } else if key == "result", let text = part.text, text.hasPrefix("\(old)/") {
                    changes.append(.value(path, new + text.dropFirst(old.count)))
                } else if key == "fees" {
                    for (index, element) in part.elements.enumerated() {
                        guard let text = element.text, text.hasPrefix("\(old) ") else { continue }
                        changes.append(.value(path.index(index), new + text.dropFirst(old.count)))
                    }
                }
            }
        }
        return changes
    }

    /// The keys below which names of questions stand.
    private static let conditionKeys: Set<String> = ["when", "consent", "mayConsent", "answers"]

    /// Every part with its path, its key where it is a member of a mapping, and whether it stands in a condition.
    private func walk(
        _ part: YAMLTree, _ path: YAMLPath, isCondition: Bool, _ visit: (YAMLPath, YAMLTree, String?, Bool) -> Void
    ) {
        for member in part.members {
            visit(path.key(member.key), member.value, member.key, isCondition)
            walk(
                member.value, path.key(member.key),
                isCondition: isCondition || Self.conditionKeys.contains(member.key), visit)
        }
        for (index, element) in part.elements.enumerated() {
            walk(element, path.index(index), isCondition: isCondition, visit)
        }
    }
}
