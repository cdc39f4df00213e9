/// What a call's effect came to when its transaction is committed either way.
public enum Committed<Output: SchemaType>: Sendable {
    /// Done, with this answer.
    case answer(Output)
    /// Something was kept, but what was asked for was not done, such as a submission that was planned anew.
    case refusal(Problem)
}

extension Problem {
    /// The problem as the answer that a repeated call is to be given.
    var recorded: [UInt8] {
        let findings = findings.map { finding -> JSONValue in
            ["field": .string(finding.field), "code": .string(finding.code), "message": .string(finding.message)]
        }
        let value: JSONValue = [
            "code": .string(code), "title": .string(title), "detail": .string(detail), "findings": .array(findings),
        ]
        return Array(value.canonical.utf8)
    }

    /// The problem that ``recorded`` wrote.
    init(status: Int, recorded: [UInt8]) throws {
        let value = try JSONParser.parse(recorded)
        self.init(
            status, value["code"]?.string ?? "", value["title"]?.string ?? "", value["detail"]?.string ?? "",
            findings: (value["findings"]?.array ?? []).map {
                Finding($0["field"]?.string ?? "", $0["code"]?.string ?? "", $0["message"]?.string ?? "")
            })
    }
}
