/// What a YAML file says, without how it is written: scalars are texts, whatever YAML makes of `off` or `1.0`.
public indirect enum YAMLTree: Sendable, Hashable {
    case text(String)
    case list([YAMLTree])
    case map([Member])

    /// A member of a mapping, in its order.
    public struct Member: Sendable, Hashable {
        public let key: String
        public var value: YAMLTree

        public init(_ key: String, _ value: YAMLTree) {
            self.key = key
            self.value = value
        }
    }

    /// The text of a scalar; nil for anything else.
    public var text: String? { if case .text(let text) = self { text } else { nil } }
    /// The elements of a list; none for anything else.
    public var elements: [YAMLTree] { if case .list(let elements) = self { elements } else { [] } }
    /// The members of a mapping; none for anything else.
    public var members: [Member] { if case .map(let members) = self { members } else { [] } }

    /// The value of a key; nil when this is no mapping or has no such key.
    public subscript(key: String) -> YAMLTree? { members.first { $0.key == key }?.value }

    /// The part at a path; nil when there is none.
    public subscript(path: YAMLPath) -> YAMLTree? {
        path.steps.reduce(self) { part, step in
            switch step {
            case .key(let key): part?[key]
            case .index(let index):
                part.flatMap { $0.elements.indices.contains(index) ? $0.elements[index] : nil }
            }
        }
    }

    /// The texts of a list of texts, or of one text that stands without brackets.
    public var texts: [String] { text.map { [$0] } ?? elements.compactMap(\.text) }

    public static func texts(_ texts: [String]) -> YAMLTree { .list(texts.map(YAMLTree.text)) }
}

extension YAMLTree: ExpressibleByStringLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral {
    public init(stringLiteral value: String) { self = .text(value) }
    public init(arrayLiteral elements: YAMLTree...) { self = .list(elements) }
    public init(dictionaryLiteral elements: (String, YAMLTree)...) { self = .map(elements.map { Member($0, $1) }) }
}

extension YAMLTree {
    /// The same with one part changed; a part that `change` makes nil is taken out. What isn't there stays so.
    func changing(_ path: YAMLPath, _ change: (YAMLTree) -> YAMLTree?) -> YAMLTree? {
        guard let first = path.steps.first else { return change(self) }
        let rest = YAMLPath(Array(path.steps.dropFirst()))
        switch (self, first) {
        case (.map(let members), .key(let key)):
            return .map(
                members.compactMap { member in
                    if member.key != key { return member }
                    return member.value.changing(rest, change).map { Member(key, $0) }
                })
        case (.list(let elements), .index(let index)):
            return .list(
                elements.enumerated().compactMap { $0 == index ? $1.changing(rest, change) : $1 })
        default: return self
        }
    }
}
