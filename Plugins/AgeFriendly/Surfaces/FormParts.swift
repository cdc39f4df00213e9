import PluginKit

/// One question of a form, as the portal's partial `field` shows it.
struct Question {
    enum Kind {
        case text(type: String = "text", mode: String = "")
        case paragraph
        case select([(value: String, label: String)], empty: String = "")
        case radio([(value: String, label: String)])
    }

    /// The element's ID and the field's name.
    let name: String
    let label: String
    let kind: Kind
    var value = ""
    var isOptional = false
    var hint = ""
    var maximumLength = 200

    /// - Parameter feedback: what was wrong with it.
    func model(_ feedback: Feedback = .none) -> ViewModel {
        var members: [String: ViewModel] = [
            "id": .text(name), "name": .text(name), "label": .text(label), "optional": .flag(isOptional),
            "hint": .text(hint), "error": .text(feedback.error(name)), "value": .text(value),
            "maxLength": .text("\(maximumLength)"), "least": "", "greatest": "", "row": false, "emptyLabel": "",
            "autocomplete": "", "inputMode": "",
        ]
        switch kind {
        case .text(let type, let mode):
            members.merge(["isText": true, "inputType": .text(type), "inputMode": .text(mode)]) { $1 }
        case .paragraph: members["isTextarea"] = true
        case .select(let choices, let empty):
            members.merge(["isSelect": true, "emptyLabel": .text(empty), "options": options(choices)]) { $1 }
        case .radio(let choices): members.merge(["isRadio": true, "options": options(choices)]) { $1 }
        }
        return .object(members)
    }

    private func options(_ choices: [(value: String, label: String)]) -> ViewModel {
        .list(
            choices.enumerated().map { index, choice in
                [
                    "optionID": .text("\(name)-\(index + 1)"), "optionValue": .text(choice.value),
                    "optionLabel": .text(choice.label), "optionNote": "", "chosen": .flag(choice.value == value),
                ]
            })
    }
}

/// What was wrong with a posted form.
struct Feedback {
    let findings: [Finding]

    static let none = Feedback(findings: [])

    private init(findings: [Finding]) { self.findings = findings }

    /// What an error says of the form; nil for one that says something else.
    ///
    /// - Parameter renamed: fields of the input that the form asks under another name.
    init?(_ error: any Error, renamed: [String: String] = [:]) {
        guard let problem = (error as? any ProblemConvertible)?.problem else { return nil }
        let found: [Finding]
        switch problem.code {
        case "input.invalid": found = problem.findings
        case "age-friendly.half_day_full": found = [Finding("slot", problem.code, problem.detail)]
        default: return nil
        }
        findings = found.map { Finding(renamed[$0.field] ?? $0.field, $0.code, $0.message) }
    }

    var status: Int { findings.isEmpty ? 200 : 422 }

    func error(_ field: String) -> String {
        findings.filter { $0.field == field }.map(\.message).joined(separator: " ")
    }

    /// The summary at the top of the page, each line a link to its field.
    func summary(_ model: ViewModel) -> ViewModel {
        if findings.isEmpty { return model }
        return model.with(
            "errorSummary",
            [
                "errors": .list(findings.map { ["href": .text("#\($0.field)"), "text": .text($0.message)] })
            ])
    }
}

extension PageRequest {
    /// The identifier in the path.
    func visitID() throws -> Identifier {
        guard let id = try? Identifier(path["id"] ?? "") else { throw Problem.notFound("这单预约") }
        return id
    }

    /// The order that a form holds; what was left empty is left out.
    func visitInput() throws -> VisitInput {
        var values: [String: JSONValue] = [:]
        for name in ["kind", "subject", "words", "name", "id_number", "phone", "address", "site", "ground", "division"]
        {
            let text = field(name)
            if !text.isEmpty { values[name] = .string(text) }
        }
        let slot = field("slot")
        if !slot.isEmpty {
            guard let slot = HalfDay(slot) else {
                throw Problem.invalid([Finding("slot", "field.choice", "请从列出的时间里选。")])
            }
            values["day"] = .string(slot.day.text)
            values["half"] = .string(slot.half.rawValue)
        }
        return try VisitInput(json: .object(values))
    }
}

/// The words that pages of visits share.
enum VisitText {
    /// The colour of a state's badge.
    static func badge(_ state: Visit.State) -> String {
        switch state {
        case .ordered: "soon"
        case .assigned, .underWay: "open"
        case .done: "good"
        case .cancelled: "made"
        }
    }

    /// A line of a summary; nil for an empty one.
    static func line(_ label: String, _ value: String?) -> ViewModel? {
        guard let value, !value.isEmpty else { return nil }
        return ["label": .text(label), "value": .text(value)]
    }
}
