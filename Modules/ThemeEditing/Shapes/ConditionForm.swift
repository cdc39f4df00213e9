/// A condition as it is built by picking: comparisons with answers in groups, each of which may be turned round.
public indirect enum ConditionForm: Sendable, Hashable {
    /// The answer to a question is one of the options; when negated, none of them.
    case answer(question: String, options: [String], isNegated: Bool)
    /// All members hold, or any of them; when negated, the opposite.
    case group([ConditionForm], isAny: Bool, isNegated: Bool)

    /// Reads a condition as files write it; nil for one that always holds.
    public init?(_ tree: YAMLTree?) {
        guard let tree, tree.text == nil else { return nil }
        let parts = tree.members.compactMap { member -> ConditionForm? in
            switch member.key {
            case "all": .group(member.value.elements.compactMap { ConditionForm($0) }, isAny: false, isNegated: false)
            case "any": .group(member.value.elements.compactMap { ConditionForm($0) }, isAny: true, isNegated: false)
            case "not": ConditionForm(member.value)?.negated
            default: .answer(question: member.key, options: member.value.texts, isNegated: false)
            }
        }
        guard let first = parts.first else { return nil }
        self = parts.count == 1 ? first : .group(parts, isAny: false, isNegated: false)
    }

    /// The condition as files write it; nil for one that always holds.
    public var tree: YAMLTree? {
        switch self {
        case .answer(let question, let options, let isNegated):
            let value: YAMLTree = options.count == 1 ? .text(options[0]) : .texts(options)
            return Self.negate(.map([YAMLTree.Member(question, value)]), isNegated)
        case .group(let members, let isAny, let isNegated):
            let trees = members.compactMap(\.tree)
            guard let first = trees.first else { return nil }
            if trees.count == 1 { return Self.negate(first, isNegated) }
            return Self.negate(.map([YAMLTree.Member(isAny ? "any" : "all", .list(trees))]), isNegated)
        }
    }

    private static func negate(_ tree: YAMLTree, _ isNegated: Bool) -> YAMLTree {
        guard isNegated else { return tree }
        if tree.members.count == 1, let inner = tree["not"] { return inner }
        return .map([YAMLTree.Member("not", tree)])
    }

    /// The opposite.
    var negated: ConditionForm {
        switch self {
        case .answer(let question, let options, let isNegated):
            .answer(question: question, options: options, isNegated: !isNegated)
        case .group(let members, let isAny, let isNegated): .group(members, isAny: isAny, isNegated: !isNegated)
        }
    }

    // MARK: Rows

    /// One line of the form: a comparison, or the head of a group whose members follow further in.
    public struct Row: Sendable, Hashable {
        /// Where it stands: `0` is the whole, `0.1` its second member.
        public let address: String
        public let depth: Int
        public let form: ConditionForm
    }

    /// All lines from the top.
    public var rows: [Row] { rows(at: "0", depth: 0) }

    private func rows(at address: String, depth: Int) -> [Row] {
        let own = Row(address: address, depth: depth, form: self)
        guard case .group(let members, _, _) = self else { return [own] }
        return [own]
            + members.enumerated().flatMap { $1.rows(at: "\(address).\($0)", depth: depth + 1) }
    }

    /// How the members of a group count, in the words of the form.
    public enum Joining: String, Sendable, CaseIterable {
        case all, any
        case notAll = "not-all"
        case none

        public var label: String {
            switch self {
            case .all: "下面的全部满足"
            case .any: "下面的满足任何一条"
            case .notAll: "下面的不全满足"
            case .none: "下面的都不满足"
            }
        }
    }

    /// How the members of a group count; nil for a comparison.
    public var joining: Joining? {
        guard case .group(_, let isAny, let isNegated) = self else { return nil }
        return isAny ? (isNegated ? Joining.none : .any) : (isNegated ? .notAll : .all)
    }

    /// Reads the lines as they were sent.
    ///
    /// - Parameter values: what was sent by name, without the field's own prefix: `0.1:question`, `0.1:options`, …
    public static func read(_ values: [String: [String]], at address: String = "0") -> ConditionForm? {
        if let joining = values["\(address):join"]?.last.flatMap(Joining.init) {
            var members: [ConditionForm] = []
            var index = 0
            while let member = read(values, at: "\(address).\(index)") {
                members.append(member)
                index += 1
            }
            return .group(
                members, isAny: joining == .any || joining == .none, isNegated: joining == .notAll || joining == .none)
        }
        guard let question = values["\(address):question"]?.last else { return nil }
        return .answer(
            question: question, options: values["\(address):options"] ?? [],
            isNegated: values["\(address):negated"]?.last == "yes")
    }

    // MARK: Changes by picking

    /// The same with a member more in a group; a comparison becomes a group of two.
    public func adding(_ member: ConditionForm, at address: String) -> ConditionForm {
        changing(address) { form in
            guard case .group(let members, let isAny, let isNegated) = form else {
                return .group([form, member], isAny: false, isNegated: false)
            }
            return .group(members + [member], isAny: isAny, isNegated: isNegated)
        } ?? member
    }

    /// The same without one line; nil when nothing is left.
    public func removing(_ address: String) -> ConditionForm? { changing(address) { _ in nil } }

    private func changing(_ address: String, _ change: (ConditionForm) -> ConditionForm?) -> ConditionForm? {
        let steps = address.split(separator: ".").dropFirst().compactMap { Int($0) }
        return changing(steps[...], change)
    }

    private func changing(_ steps: ArraySlice<Int>, _ change: (ConditionForm) -> ConditionForm?) -> ConditionForm? {
        guard let first = steps.first else { return change(self) }
        guard case .group(let members, let isAny, let isNegated) = self else { return self }
        let changed = members.enumerated().compactMap { index, member in
            index == first ? member.changing(steps.dropFirst(), change) : member
        }
        if changed.isEmpty { return nil }
        return .group(changed, isAny: isAny, isNegated: isNegated)
    }

    /// The condition in words, such as 婚姻状况是婚内或收养.
    public var words: String {
        switch self {
        case .answer(let question, let options, let isNegated):
            return "“\(question)”\(isNegated ? "不是" : "是")\(options.isEmpty ? "（未选）" : options.joined(separator: "或"))"
        case .group(let members, _, _):
            let inner = members.map(\.words).joined(separator: "；")
            return members.count > 1 ? "\(joining?.label.replacing("下面的", with: "") ?? "")（\(inner)）" : inner
        }
    }
}
