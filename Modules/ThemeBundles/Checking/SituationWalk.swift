import Catalogue

/// Every combination of answers to the questions of a theme, where a question is answered only if it is asked.
struct SituationWalk {
    let questions: [Question]
    /// More combinations than this are not walked.
    let maximum: Int

    /// Whether there are too many combinations.
    var isTooLong: Bool {
        let product = questions.reduce(1) { product, question in
            let (next, overflow) = product.multipliedReportingOverflow(by: max(question.options.count, 1))
            return overflow ? .max : next
        }
        // The product counts questions that may not be asked, so only an excess has to be counted one by one.
        if product <= maximum { return false }
        var count = 0
        return !walk { _ in
            count += 1
            return count <= maximum
        }
    }

    /// Calls `body` with each combination until it returns false; whether it came to the end.
    @discardableResult
    func walk(_ body: (Answers) -> Bool) -> Bool { walk(from: 0, [:], body) }

    private func walk(from index: Int, _ answers: Answers, _ body: (Answers) -> Bool) -> Bool {
        guard index < questions.count else { return body(answers) }
        let question = questions[index]
        if !question.when.holds(for: answers) { return walk(from: index + 1, answers, body) }
        return question.options.allSatisfy { option in
            walk(from: index + 1, answers.merging([question.id: option.title]) { $1 }, body)
        }
    }
}

extension Answers {
    /// The answers in the order of the questions, as an author finds them again: `婚姻状况=婚内，随谁落户=随母`.
    func described(by questions: [Question]) -> String {
        questions.compactMap { question in self[question.id].map { "\(question.id)=\($0)" } }.joined(separator: "，")
    }
}
