import Catalogue

/// What is known of a situation while its questions are being answered, one after the other.
struct Situation {
    /// The answers that count: to questions that are asked, with an option that exists.
    let answers: Answers
    /// The questions that are asked and have no answer yet.
    let unanswered: [Question]
    /// The questions that may still get an answer: the unanswered ones and those that depend on them.
    let open: Set<String>

    init(_ theme: Theme, _ given: Answers) {
        var answers: Answers = [:]
        var unanswered: [Question] = []
        var open: Set<String> = []
        for question in theme.questions {
            switch question.when.verdict(for: answers, open: open) {
            case true:
                if let answer = given[question.id], question.options.contains(where: { $0.title == answer }) {
                    answers[question.id] = answer
                } else {
                    unanswered.append(question)
                    open.insert(question.id)
                }
            case nil: open.insert(question.id)
            case false: break
            }
        }
        (self.answers, self.unanswered, self.open) = (answers, unanswered, open)
    }
}
