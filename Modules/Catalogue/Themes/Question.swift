/// A situation question (情形引导): its answer decides which items, materials and fields apply.
public struct Question: Sendable, Hashable, Codable {
    /// The name that conditions use; in Chinese, as authors write it.
    public let id: String
    /// The question as the citizen reads it.
    public let title: String
    /// A word of help.
    public let hint: String?
    /// The possible answers; exactly one is given.
    public let options: [Option]
    /// When the question is asked at all.
    public let when: Condition

    /// One possible answer.
    public struct Option: Sendable, Hashable, Codable {
        /// The answer as conditions name it and as the citizen reads it.
        public let title: String
        public let hint: String?

        public init(title: String, hint: String? = nil) {
            self.title = title
            self.hint = hint
        }
    }

    public init(id: String, title: String, hint: String? = nil, options: [Option], when: Condition = .always) {
        self.id = id
        self.title = title
        self.hint = hint
        self.options = options
        self.when = when
    }
}

/// What a citizen is told when this theme is not the right way for the situation (不适用).
public struct Outcome: Sendable, Hashable, Codable {
    public let when: Condition
    public let title: String
    /// Why, and where to go instead.
    public let text: String
    /// The theme that serves instead, if there is one.
    public let theme: String?

    public init(when: Condition, title: String, text: String, theme: String? = nil) {
        self.when = when
        self.title = title
        self.text = text
        self.theme = theme
    }
}

/// Something that the plan tells the applicant in a situation: a reminder, a duty, what comes after.
public struct Advice: Sendable, Hashable, Codable {
    public let when: Condition
    public let text: String

    public init(when: Condition, text: String) {
        self.when = when
        self.text = text
    }
}
