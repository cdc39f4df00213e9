/// When something applies, as data and never as a little language (DESIGN §5), so that the checker can reason about it.
public indirect enum Condition: Sendable, Hashable {
    /// Always.
    case always
    /// The answer to a question is one of the options.
    case answer(question: String, options: [String])
    /// All of them hold.
    case all([Condition])
    /// At least one of them holds.
    case any([Condition])
    /// It does not hold.
    case not(Condition)

    /// Whether the condition holds for given answers; a question without an answer satisfies no option.
    public func holds(for answers: Answers) -> Bool {
        switch self {
        case .always: true
        case .answer(let question, let options): answers[question].map(options.contains) ?? false
        case .all(let conditions): conditions.allSatisfy { $0.holds(for: answers) }
        case .any(let conditions): conditions.contains { $0.holds(for: answers) }
        case .not(let condition): !condition.holds(for: answers)
        }
    }

    /// The questions that the condition asks about.
    public var questions: Set<String> {
        switch self {
        case .always: []
        case .answer(let question, _): [question]
        case .all(let conditions), .any(let conditions):
            conditions.reduce(into: []) { $0.formUnion($1.questions) }
        case .not(let condition): condition.questions
        }
    }
}

/// The answers to a theme's situation questions (情形): option by question.
public typealias Answers = [String: String]
