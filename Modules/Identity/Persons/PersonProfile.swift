public import Standards

/// The kind of document that proves who a person is (证件类型).
public enum DocumentKind: String, Hashable, Sendable, Codable, CaseIterable {
    /// 居民身份证, and the permits and cards that share its form
    case residentID = "resident_id"
    /// 护照
    case passport
    /// 其他证件
    case other
}

/// Who a natural person is: all that is stored, sealed in one record.
///
/// Printing it shows masked values only, so that nothing slips into a log.
public struct PersonProfile: Hashable, Sendable, Codable {
    public internal(set) var name: PersonName
    public let documentKind: DocumentKind
    /// The document's number in its canonical form.
    public let idNumber: String
    public internal(set) var mobile: MobileNumber?
    public internal(set) var address: String?
    public let sex: Sex?
    public let birthDay: LegalDay?

    /// Checks what was typed and reports every finding at once.
    ///
    /// Sex and birth day of a resident ID come from its number.
    ///
    /// - Parameter today: the legal day, against which a birth day is held.
    /// - Throws: ``IdentityError`` with code `input.invalid`.
    public init(
        name: String, documentKind: DocumentKind = .residentID, idNumber: String, mobile: String? = nil,
        address: String? = nil, sex: Sex? = nil, birthDay: LegalDay? = nil, today: LegalDay
    ) throws {
        var check = FieldChecks()
        let personName = check.run("name") { () throws(StandardsError) in try PersonName(name) }
        let mobileNumber = mobile.flatMap { text in
            check.run("mobile") { () throws(StandardsError) in try MobileNumber(text) }
        }
        var resident: ResidentID?
        if documentKind == .residentID {
            resident = check.run("id_number") { () throws(StandardsError) in try ResidentID(idNumber, today: today) }
        }
        let number = resident?.text ?? Self.canonical(idNumber)
        check.require(
            documentKind == .residentID || (5...30).contains(number.count), "id_number", "证件号码应为5至30位，请对照证件核对。")
        check.require((address?.count ?? 0) <= 200, "address", "地址最多200个字，请写得简短些。")
        guard let personName, check.findings.isEmpty else { throw IdentityError.invalid(check.findings) }
        self.name = personName
        self.documentKind = documentKind
        self.idNumber = number
        self.mobile = mobileNumber
        self.address = address
        self.sex = resident?.sex ?? sex
        self.birthDay = resident?.birthDay ?? birthDay
    }

    /// What the blind index of a document is made of.
    static func indexText(_ kind: DocumentKind, _ idNumber: String) -> String {
        "\(kind.rawValue)/\(kind == .residentID ? ResidentID.normalised(idNumber) : canonical(idNumber))"
    }

    private static func canonical(_ number: String) -> String {
        number.filter { !$0.isWhitespace }.uppercased()
    }
}

extension PersonProfile: CustomStringConvertible, CustomReflectable {
    public var description: String { masked.name }
    public var customMirror: Mirror { Mirror(self, children: ["masked": masked]) }
}
