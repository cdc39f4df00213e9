/// A unified social credit code (统一社会信用代码, GB 32100-2015): registering department, kind of body, division 6,
/// organisation code 9, check character.
public struct CreditCode: StandardText {
    /// All 18 characters in capitals.
    public let text: String

    /// Reads a code as people type it, putting white space, full-width characters and small letters right first.
    ///
    /// - Parameter text: 18 characters.
    /// - Throws: ``StandardsError`` with a `standards.credit_code.…` code, or
    ///   ``StandardsError/Code/organisationCodeChecksum`` if only the organisation code inside is wrong: some old
    ///   codes are like that, and ``init(legacy:)`` takes them.
    public init(_ text: String) throws(StandardsError) {
        try self.init(exactly: Self.normalised(text))
    }

    /// Reads a code that must already be in canonical form, such as one from another system.
    ///
    /// - Parameter text: 18 ordinary capitals and digits.
    /// - Throws: as ``init(_:)``.
    public init(exactly text: String) throws(StandardsError) {
        try Self.check(text)
        guard OrganisationCode.isValid(text[offsets: 8..<17]) else {
            throw StandardsError(
                .organisationCodeChecksum, "统一社会信用代码第9到17位的校验码不对，请对照证照逐位核对；确属早年赋码的，请到窗口人工核验。")
        }
        self.text = text
    }

    /// Reads a code as people type it without holding the organisation code inside against GB 11714.
    ///
    /// For codes that a register has confirmed; show ``hasValidOrganisationCode`` as a warning.
    ///
    /// - Parameter text: 18 characters.
    /// - Throws: ``StandardsError`` with a `standards.credit_code.…` code.
    public init(legacy text: String) throws(StandardsError) {
        let code = Self.normalised(text)
        try Self.check(code)
        self.text = code
    }

    /// What is checked after typing habits are put right: ordinary characters, no white space, capitals.
    ///
    /// - Parameter text: as typed; it need not be a valid code.
    public static func normalised(_ text: String) -> String {
        Typing.normalised(text)
    }

    /// Whether the organisation code inside ends in its right check character (GB 11714).
    public var hasValidOrganisationCode: Bool {
        OrganisationCode.isValid(organisationCode)
    }

    /// Characters 9 to 17.
    public var organisationCode: String { text[offsets: 8..<17] }

    /// Characters 3 to 8, the division of registration; `100000` for national bodies.
    public var divisionCode: String { text[offsets: 2..<8] }

    /// The kind of body that the first two characters tell, such as `企业`.
    public var kind: String {
        Self.kinds[text[offsets: 0..<1]]?[text[offsets: 1..<2]] ?? "其他"
    }

    /// Decodes one string. A code that was accepted by ``init(legacy:)`` is accepted again.
    public init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        do {
            try self.init(legacy: text)
        } catch {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: error.message, underlyingError: error))
        }
    }
}
