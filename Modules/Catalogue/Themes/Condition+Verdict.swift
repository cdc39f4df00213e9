extension Condition {
    /// What is known of the condition while some questions are still open.
    ///
    /// - Parameters:
    ///   - answers: the answers given so far.
    ///   - open: the questions that may still be answered; any other question without an answer stays without one.
    /// - Returns: nil when the open questions decide it.
    public func verdict(for answers: Answers, open: Set<String>) -> Bool? {
        switch self {
        case .always:
            return true
        case .answer(let question, let options):
            if let answer = answers[question] { return options.contains(answer) }
            return open.contains(question) ? nil : false
        case .all(let conditions):
            let verdicts = conditions.map { $0.verdict(for: answers, open: open) }
            return verdicts.contains(false) ? false : verdicts.contains(nil) ? nil : true
        case .any(let conditions):
            let verdicts = conditions.map { $0.verdict(for: answers, open: open) }
            return verdicts.contains(true) ? true : verdicts.contains(nil) ? nil : false
        case .not(let condition):
            return condition.verdict(for: answers, open: open).map { !$0 }
        }
    }
}
