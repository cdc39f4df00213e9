public import Standards

/// What is stored of an enterprise or another organisation (法人), sealed in one record.
public struct EnterpriseProfile: Hashable, Sendable, Codable {
    public let name: String
    public let creditCode: CreditCode
    /// The legal representative's name (法定代表人).
    public let legalRepresentative: PersonName
    public let address: String?

    /// Checks what was typed and reports every finding at once.
    ///
    /// - Throws: ``IdentityError`` with code `input.invalid`.
    public init(name: String, creditCode: String, legalRepresentative: String, address: String? = nil) throws {
        var check = FieldChecks()
        let code = check.run("credit_code") { () throws(StandardsError) in try CreditCode(creditCode) }
        let person = check.run("legal_representative") { () throws(StandardsError) in
            try PersonName(legalRepresentative)
        }
        check.require((1...100).contains(name.count), "name", "企业名称应为1至100个字，请按营业执照填写。")
        check.require((address?.count ?? 0) <= 200, "address", "地址最多200个字，请写得简短些。")
        guard let code, let person, check.findings.isEmpty else { throw IdentityError.invalid(check.findings) }
        self.name = name
        self.creditCode = code
        self.legalRepresentative = person
        self.address = address
    }

    /// The values by the keys `enterprise.…`.
    public var prefill: [String: String] {
        ["enterprise.name": name, "enterprise.credit_code": creditCode.text]
    }
}
