import Extension
import Standards
import Storage

/// The enterprise for which somebody stands at a window, as its papers say.
public struct AssistedEnterprise: Sendable, Hashable {
    /// By what the person may act for it.
    public enum Basis: String, Sendable, Hashable, CaseIterable, Codable {
        /// The person is the legal representative (法定代表人).
        case legalRepresentative = "legal-representative"
        /// The person brought a power of attorney (授权委托书).
        case powerOfAttorney = "power-of-attorney"

        /// What the member of staff calls it.
        public var chinese: String {
            switch self {
            case .legalRepresentative: "本人是法定代表人"
            case .powerOfAttorney: "受企业委托，带了授权委托书"
            }
        }
    }

    public var creditCode: String
    /// As the business licence says; asked of an enterprise that is not registered yet.
    public var name: String
    /// As the business licence says; asked of an enterprise that is not registered yet.
    public var legalRepresentative: String
    public var basis: Basis?
    /// Whether the originals of business licence and power of attorney were seen.
    public var arePapersChecked: Bool

    public init(
        creditCode: String, name: String = "", legalRepresentative: String = "", basis: Basis?, arePapersChecked: Bool
    ) {
        self.creditCode = creditCode
        self.name = name
        self.legalRepresentative = legalRepresentative
        self.basis = basis
        self.arePapersChecked = arePapersChecked
    }
}

extension IdentityService {
    /// The enterprise with that code, registered now when there is none, once its papers were checked.
    ///
    /// - Parameter name: the name of who stands at the window; nil when that is not known yet.
    /// - Throws: ``IdentityError`` with all findings.
    func witness(
        _ enterprise: AssistedEnterprise, presentedBy name: PersonName?, by act: Act, in transaction: Transaction
    ) throws -> Identifier {
        var findings: [Finding] = []
        if !enterprise.arePapersChecked {
            findings.append(Finding("papers", "identity.papers_unchecked", "请先核对营业执照原件（受委托的还有授权委托书），再勾选。"))
        }
        if enterprise.basis == nil {
            findings.append(Finding("basis", "field.required", "请选择来人是法定代表人，还是受委托的经办人。"))
        }
        let found = try FieldChecks.gather(&findings) { try registered(enterprise, by: act, in: transaction) }
        if let found, let name, enterprise.basis == .legalRepresentative, found.profile.legalRepresentative != name {
            findings.append(
                Finding(
                    "basis", "identity.not_representative",
                    "“\(found.profile.name)”登记的法定代表人不是\(name.text)。请核对营业执照；受委托来办的，请选“受企业委托”。"))
        }
        guard let found, findings.isEmpty else { throw IdentityError.invalid(findings) }
        return found.id
    }

    /// The mandate by which somebody at a window acts for an enterprise: one that the enterprise granted for
    /// everything, or one for this day alone on the papers that a member of staff saw.
    func windowMandate(
        of person: Identifier, for enterprise: Identifier, on basis: AssistedEnterprise.Basis, by act: Act,
        in transaction: Transaction
    ) throws -> Identifier {
        let granted = try mandates(of: person, at: act.now, in: transaction)
            .first { $0.enterprise == enterprise && $0.scope.isEmpty }
        if let granted { return granted.id }
        let mandate = try addAgent(person, for: enterprise, until: act.now.day, by: act, in: transaction)
        try tell(
            MandateWitnessed(
                mandate: mandate, enterprise: enterprise, person: person, account: act.actor.account ?? person,
                basis: basis),
            about: "mandate", mandate, by: act, in: transaction)
        return mandate
    }

    private func registered(
        _ enterprise: AssistedEnterprise, by act: Act, in transaction: Transaction
    ) throws -> (id: Identifier, profile: EnterpriseProfile) {
        if let code = try? CreditCode(enterprise.creditCode),
            let known = try self.enterprise(withCreditCode: code, in: transaction)
        {
            let profile = try record(ofEnterprise: known, in: transaction)
            guard enterprise.name.isEmpty || enterprise.name == profile.name else {
                throw IdentityError.invalid([
                    Finding(
                        "enterprise_name", "identity.other_enterprise",
                        "这个信用代码登记的企业是“\(profile.name)”。请核对营业执照上的代码和名称；企业确实改过名的，请系统管理员先更正登记。")
                ])
            }
            return (known, profile)
        }
        do {
            let profile = try EnterpriseProfile(
                name: enterprise.name, creditCode: enterprise.creditCode,
                legalRepresentative: enterprise.legalRepresentative)
            return (try addEnterprise(profile, by: act, in: transaction), profile)
        } catch let error as IdentityError where error.code == .invalid {
            // At the window the person's name stands beside the enterprise's.
            throw IdentityError.invalid(
                error.problem.findings.map { finding in
                    finding.field == "name" ? Finding("enterprise_name", finding.code, finding.message) : finding
                })
        }
    }
}
