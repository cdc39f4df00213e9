public import Catalogue
public import Standards

/// An example that a bundle's author wrote down: a situation, and what must come of it.
public struct ThemeExample: Sendable, Hashable {
    public let name: String
    public let answers: Answers
    /// What serves in place of papers in the example.
    public let available: [MaterialSlot.Source]
    /// The parties who have consented in the example, so that their licences can serve.
    public let consented: [String]
    /// The day of the application; nil leaves out no item.
    public let day: LegalDay?
    public let expected: Expectation

    /// What must come of it; what is nil or absent is not looked at.
    public struct Expectation: Sendable, Hashable {
        /// The title of the outcome, where the theme doesn't apply.
        public let outcome: String?
        /// The items in the order of the plan.
        public let items: [String]?
        /// The materials that have to be uploaded.
        public let upload: [String]?
        /// The exempted materials and what serves instead: `licence`, `check`, `result`, `form`, `identity`.
        public let exempt: [String: String]?
        /// The promise for the whole.
        public let deadline: TimeLimit?
        /// How long the longest way takes.
        public let longest: TimeLimit?
        /// The fees as `P05 年度个人缴费 按标准` or `P05 工本费 ¥20.00`.
        public let fees: [String]?
        /// The parties whose consent is needed.
        public let consents: [String]?
    }
}
