public import Catalogue
public import Extension

/// Answers to a theme's situation questions, checked against it.
public struct AnswerCheck: Sendable, Hashable {
    /// The answers that count; those to questions that are not asked in this situation are dropped.
    public let answers: Answers
    /// Every answer that names a question or an option that the theme doesn't have.
    public let findings: [Finding]

    /// Checks answers as they came from outside.
    ///
    /// An answer that is dropped is no finding: going back and changing an earlier answer leaves later ones behind,
    /// and nobody should be told off for that.
    public init(_ given: Answers, for theme: Theme) {
        answers = Situation(theme, given).answers
        let questions = Dictionary(theme.questions.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        findings = given.sorted { $0.key < $1.key }.compactMap { question, answer in
            guard let known = questions[question] else {
                let hint = nearest(to: question, among: questions.keys).map { "，是否想写“\($0)”" } ?? ""
                return Finding(
                    "answers.\(question)", "answers.unknown_question",
                    "“\(theme.title)”没有“\(question)”这个问题\(hint)。请按这件事现在的问题重新作答。")
            }
            guard !known.options.contains(where: { $0.title == answer }) else { return nil }
            return Finding(
                "answers.\(question)", "answers.unknown_option",
                "“\(known.title)”没有“\(answer)”这个选项，请从“\(known.options.map(\.title).joined(separator: "、"))”中选一项。")
        }
    }
}
