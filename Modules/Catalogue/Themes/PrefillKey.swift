/// What is known already and therefore never asked (免填写): the closed vocabulary of ``FormField/prefill``.
public enum PrefillKey: String, Sendable, Codable, CaseIterable {
    case applicantName = "applicant.name"
    case applicantIDNumber = "applicant.id_number"
    case applicantGender = "applicant.gender"
    case applicantMobile = "applicant.mobile"
    case applicantAddress = "applicant.address"
    case applicantBirthDay = "applicant.birth_day"
    case enterpriseName = "enterprise.name"
    case enterpriseCreditCode = "enterprise.credit_code"

    /// Whether it says who somebody is, and not how to reach them.
    public var isIdentity: Bool { self != .applicantMobile && self != .applicantAddress }
}
