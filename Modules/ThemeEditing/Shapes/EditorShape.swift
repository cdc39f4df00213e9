/// What one part of a theme has to be filled in with: the form that stands for a mapping in `theme.yaml`.
public struct EditorShape: Sendable {
    /// What it is called, such as 问题.
    public let title: String
    public let fields: [EditorField]
    /// The fields that name it in lists, the first that is filled in.
    let naming: [String]
    /// A new one; where everything is empty, the findings say what to fill in.
    let blank: @Sendable (_ taken: Set<String>) -> YAMLTree

    init(
        _ title: String, naming: [String] = ["title"], blank: @escaping @Sendable (Set<String>) -> YAMLTree,
        _ fields: [EditorField]
    ) {
        self.title = title
        self.naming = naming
        self.blank = blank
        self.fields = fields
    }

    /// The keys in the order in which authors write them.
    var order: [String] { fields.map(\.key) }

    /// What an element is called in lists.
    public func name(of element: YAMLTree) -> String {
        naming.lazy.compactMap { element[$0]?.text }.first { !$0.isEmpty } ?? "（还没有填写）"
    }

    /// The first name of a row that nobody has: `A03` after `A01` and `A02`.
    static func free(_ prefix: String, _ taken: Set<String>, digits: Int = 1) -> String {
        for number in 1... {
            let figure = String(number)
            let name = prefix + String(repeating: "0", count: max(0, digits - figure.count)) + figure
            if !taken.contains(name) { return name }
        }
        return prefix
    }
}

/// One thing to fill in.
public struct EditorField: Sendable {
    public let key: String
    public let label: String
    public let kind: Kind
    public let hint: String?
    public let isRequired: Bool

    /// How it is filled in.
    public indirect enum Kind: Sendable {
        /// A line of text.
        case text
        /// A text for people, of several lines.
        case prose
        /// A time limit, or a parameter that stands for one.
        case limit
        /// An amount in yuan, 按标准, or a parameter.
        case amount
        /// One of a closed list; `fallback` is what holds where nothing is written.
        case choice([Word], fallback: String?)
        /// Yes or no; where nothing is written, the value that is given.
        case flag(Bool)
        /// Several words in one line.
        case words
        /// Several names of things in the theme.
        case references(Reference)
        /// One name of a thing in the theme.
        case reference(Reference)
        /// When something applies.
        case condition
        /// The possible answers to a question.
        case options
        /// What can serve as a material.
        case sources
        /// Parts with a shape of their own.
        case parts(EditorShape)
    }

    /// A word of a closed list, as files write it and as people read it.
    public struct Word: Sendable, Hashable {
        public let value: String
        public let label: String

        public init(_ value: String, _ label: String? = nil) {
            self.value = value
            self.label = label ?? value
        }
    }

    /// What may be named.
    public enum Reference: Sendable { case items, fields, parties, holders, samples }

    init(
        _ key: String, _ label: String, _ kind: Kind = .text, hint: String? = nil, optional: Bool = false
    ) {
        self.key = key
        self.label = label
        self.kind = kind
        self.hint = hint
        isRequired = !optional
    }
}
