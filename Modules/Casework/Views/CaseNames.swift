import Catalogue
import Standards

/// The names by which people tell cases apart in a list.
struct CaseNames {
    /// The applicant as the form has it; nil while it is not known.
    let applicant: String?
    /// Whom or what the case is about, where that is another than the applicant: the child, the new company.
    let subject: String?

    init(_ file: CaseFile, theme: Theme, isMasked: Bool) {
        let fields = theme.form.flatMap(\.fields)
        func value(_ id: String?) -> String? {
            guard let id, let value = file.form[id], !value.isEmpty else { return nil }
            guard isMasked, let field = fields.first(where: { $0.id == id }) else { return value }
            return field.covered(value)
        }
        func known(_ key: PrefillKey) -> String? {
            fields.lazy.filter { $0.prefill == key.rawValue }.compactMap { value($0.id) }.first
        }
        let isEnterprise = file.applicant.isEnterprise
        applicant = (isEnterprise ? known(.enterpriseName) : nil) ?? known(.applicantName)
        subject = value(theme.parties.first { $0.id == "subject" }?.nameField)
    }
}

extension FormField {
    /// The value with what is personal covered, for who may know of it and need not read it.
    func covered(_ value: String) -> String {
        switch kind {
        case .residentID: (try? ResidentID(value))?.masked ?? Self.stars(value)
        case .mobile: (try? MobileNumber(value))?.masked ?? Self.stars(value)
        case .personName: (try? PersonName(value))?.masked ?? Self.stars(value)
        case .address: value.prefix(6) + (value.count > 6 ? "****" : "")
        case .text, .paragraph, .businessScope, .choice, .day, .integer, .money, .flag, .creditCode: value
        }
    }

    private static func stars(_ value: String) -> String { value.isEmpty ? "" : value.prefix(1) + "***" }
}
