import Foundation
import PluginKit

/// What a posted form came back with: what was typed, and what is wrong with it.
struct PageForm {
    let request: PageRequest
    let findings: [Finding]

    init(_ request: PageRequest, findings: [Finding] = []) {
        self.request = request
        self.findings = findings
    }

    /// After an error: its findings, or the error itself as the one finding of a form that can't be sent as it is.
    ///
    /// - Throws: the error where it says nothing that its reader could mend in the form.
    init(_ request: PageRequest, after error: any Error) throws {
        guard let problem = (error as? any ProblemConvertible)?.problem, [409, 422].contains(problem.status) else {
            throw error
        }
        let findings = problem.findings.isEmpty ? [Finding("", problem.code, problem.detail)] : problem.findings
        self.init(request, findings: findings)
    }

    var status: Int { findings.isEmpty ? 200 : 422 }

    /// The summary at the top; empty where nothing is wrong.
    var summary: ViewModel {
        if findings.isEmpty { return .text("") }
        let errors = findings.map { finding -> ViewModel in
            ["href": .text("#" + (finding.field.isEmpty ? "main" : finding.field)), "text": .text(finding.message)]
        }
        return ["errors": .list(errors)]
    }

    /// One question, as the portal's `partials/field` asks it.
    func field(
        _ name: String, _ label: String, _ kind: Kind = .text, isOptional: Bool = false, hint: String = "",
        maximumLength: Int = 200, preset: String = ""
    ) -> ViewModel {
        let sent = request.form[name] == nil ? preset : request.field(name)
        let wrong = findings.filter { $0.field == name }.map(\.message).joined(separator: " ")
        var members: [String: ViewModel] = [
            "id": .text(name), "name": .text(name), "label": .text(label), "optional": .flag(isOptional),
            "hint": .text(hint), "error": .text(wrong), "value": .text(sent), "maxLength": .number(maximumLength),
            "least": "", "greatest": "", "autocomplete": "", "inputMode": "",
        ]
        switch kind {
        case .text: members.merge(["isText": true, "inputType": "text"]) { $1 }
        case .day: members["isDate"] = true
        case .paragraph: members["isTextarea"] = true
        case .select(let choices): members.merge(options(choices, of: name, sent, "isSelect")) { $1 }
        case .radio(let choices):
            members.merge(options(choices, of: name, sent, "isRadio")) { $1 }
            members["row"] = false
        }
        return .object(members)
    }

    /// How a question is asked; choices are values with their labels and notes.
    enum Kind {
        case text, day, paragraph
        case select([Choice])
        case radio([Choice])
    }

    struct Choice {
        let value: String
        let label: String
        let note: String

        init(_ value: String, _ label: String? = nil, note: String = "") {
            self.value = value
            self.label = label ?? value
            self.note = note
        }
    }

    private func options(
        _ choices: [Choice], of name: String, _ sent: String, _ flag: String
    ) -> [String: ViewModel] {
        let options = choices.enumerated().map { index, choice -> ViewModel in
            [
                "optionID": .text("\(name)-\(index + 1)"), "optionValue": .text(choice.value),
                "optionLabel": .text(choice.label), "optionNote": .text(choice.note),
                "chosen": .flag(choice.value == sent),
            ]
        }
        return [flag: true, "emptyLabel": "", "options": .list(options)]
    }
}

/// Addresses of the plugin's pages.
enum PagePath {
    static let root = "/certificate-free"

    /// A path below the plugin with a query; empty values are left out.
    static func with(_ path: String, _ query: KeyValuePairs<String, String> = [:]) -> String {
        let pairs = query.filter { !$0.value.isEmpty }.map { "\(escaped($0.key))=\(escaped($0.value))" }
        return "\(root)/\(path)" + (pairs.isEmpty ? "" : "?" + pairs.joined(separator: "&"))
    }

    static func escaped(_ text: String) -> String {
        var allowed = CharacterSet(charactersIn: "a"..."z")
        allowed.formUnion(CharacterSet(charactersIn: "A"..."Z"))
        allowed.formUnion(CharacterSet(charactersIn: "0123456789-._~"))
        return text.addingPercentEncoding(withAllowedCharacters: allowed) ?? ""
    }
}

/// The links below a list that is shown in pages.
struct Pager {
    let first: String
    let next: String

    /// - Parameter here: the address of the list from a cursor on.
    init(isFirst: Bool, next cursor: String?, _ here: (String) -> String) {
        first = isFirst ? "" : here("")
        next = cursor.map(here) ?? ""
    }

    static let template = """
        <nav class="pager" aria-label="分页">
          {{#firstURL}}<a class="btn btn--quiet btn--small" href="{{firstURL}}">回到第一页</a>{{/firstURL}}{{^firstURL}}<span></span>{{/firstURL}}
          {{#nextURL}}<a class="btn btn--quiet btn--small" href="{{nextURL}}" rel="next">下一页</a>{{/nextURL}}{{^nextURL}}<span class="muted">已经到底了</span>{{/nextURL}}
        </nav>
        """
}
