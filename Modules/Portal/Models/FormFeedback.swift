import PluginKit

/// What was wrong with a posted form: beside each field, and all together at the top of the page.
struct FormFeedback {
    let findings: [Finding]

    static let none = FormFeedback(findings: [])

    var isEmpty: Bool { findings.isEmpty }

    /// The status of the answer.
    var status: Int { isEmpty ? 200 : 422 }

    /// What is wrong with one field; all of it, when there is more than one thing.
    func error(_ field: String) -> String? {
        let found = findings.filter { $0.field == field }.map(\.message)
        return found.isEmpty ? nil : found.joined(separator: " ")
    }

    /// The summary at the top, each line a link to its field.
    ///
    /// - Parameter anchor: the element of a finding's field; a finding without one leads to the page's beginning.
    func summary(anchor: (Finding) -> String? = { FormField.elementID("", $0.field) }) -> ViewModel? {
        if isEmpty { return nil }
        return .record([
            "errors": findings.map { finding -> ViewModel in
                ["href": .text("#" + (anchor(finding) ?? "main")), "text": .text(finding.message)]
            }
        ])
    }
}

extension FormFeedback {
    /// The findings of an error that says what is wrong with the form; nil for an error that says something else.
    init?(_ error: any Error) {
        if let finding = error as? Finding {
            self.init(findings: [finding])
            return
        }
        guard let problem = (error as? any ProblemConvertible)?.problem, problem.status == 422,
            !problem.findings.isEmpty
        else { return nil }
        self.init(findings: problem.findings)
    }
}
