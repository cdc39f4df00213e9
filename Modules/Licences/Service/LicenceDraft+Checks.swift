import Extension
import Standards
import Storage

extension LicenceDraft {
    /// A label for the new identifier that no other licence of the same act has.
    var label: String {
        let holders = holders.map { "\($0.party?.text ?? "")=\($0.name)=\($0.idNumber ?? "")" }
        return (["licence", caseID?.text ?? "", itemID ?? "", type, number ?? ""] + holders).joined(separator: "/")
    }

    /// What the schema of a statement can't know, all at once.
    func findings(on day: LegalDay, in snapshot: Snapshot) throws -> [Finding] {
        var findings: [Finding] = []
        func found(_ field: String, _ code: String, _ message: String) {
            findings.append(Finding(field, "licences.draft.\(code)", message))
        }
        let issued = issuedOn ?? day
        if holders.isEmpty { found("holders", "no_holder", "请填写持证主体。") }
        if issued > day { found("issued_on", "future", "颁发日期不能晚于今天。") }
        if let validUntil, validUntil < issued { found("valid_until", "before_issue", "有效期不能早于颁发日期。") }
        switch origin {
        case .here:
            if issuer.creditCode == nil {
                found("issuer.credit_code", "no_credit_code", "颁发机构没有登记统一社会信用代码，请管理员先补录机构信息。")
            }
            if original != nil { found("original", "own_original", "本系统签发的证照不需要上传原件。") }
        case .elsewhere:
            if (number ?? "").isEmpty { found("number", "no_number", "请填写证照编号，以原件所载为准。") }
            if let original, try !BlobStore.exists(original, division: division, in: snapshot) {
                found("original", "unknown_original", "没有找到原件文件，请重新上传。")
            }
        }
        return findings
    }

    /// The statement before the rules of its schema were applied.
    func statement(id: Identifier, identifier: String?, by act: Act) -> LicenceStatement {
        var statement = LicenceStatement()
        statement.id = id.text
        statement.type = type
        statement.title = title
        statement.number = number ?? id.text.uppercased()
        statement.identifier = identifier
        statement.holders = holders
        statement.issuer = issuer
        statement.issuedOn = issuedOn ?? act.now.day
        statement.validUntil = validUntil
        statement.fields = fields
        statement.caseID = caseID?.text
        statement.itemID = itemID
        statement.division = division
        return statement
    }
}

extension LicenceStatement {
    /// Puts back the opaque identifiers, which stand in no file and so are lost when a statement is read.
    func restoring(_ draft: LicenceDraft) -> LicenceStatement {
        var statement = self
        for (index, holder) in draft.holders.enumerated() where statement.holders.indices.contains(index) {
            statement.holders[index].party = holder.party
        }
        statement.issuer.agency = draft.issuer.agency
        return statement
    }
}
