/// A citizen's identity number (公民身份号码, GB 11643): division 6, birth date 8, order 3, check character.
///
/// The division is the one of the first registration. It need not exist any more, nor have existed in the birth year,
/// so only its province is checked. Residence permits of Hong Kong, Macao and Taiwan (81, 82, 83) and the permanent
/// residence card of foreigners (9, province, country of ISO 3166-1 numeric) share the form and are accepted.
///
/// `description` is masked, so that a number does not slip into a log; ``text`` is the whole number.
public struct ResidentID: StandardText {
    /// All 18 characters, a capital X where the check is ten.
    public let text: String

    /// Reads a number as people type it: white space, full-width characters and a small x are put right first.
    ///
    /// It does not ask whether the birth date has come; ``init(_:today:)`` does.
    ///
    /// - Parameter text: 18 characters.
    /// - Throws: ``StandardsError`` with a `standards.resident_id.…` code. A 15-digit number of the first generation
    ///   is refused; see ``upgrading(fifteenDigits:)``.
    public init(_ text: String) throws(StandardsError) {
        try self.init(exactly: Self.normalised(text))
    }

    /// Reads a number as people type it and refuses a birth date after today.
    ///
    /// - Parameters:
    ///   - text: 18 characters.
    ///   - today: the legal day against which the birth date is held.
    /// - Throws: ``StandardsError`` with a `standards.resident_id.…` code.
    public init(_ text: String, today: LegalDay) throws(StandardsError) {
        let id = try Self(text)
        guard id.birthDay <= today else {
            throw StandardsError(.residentIDFuture, "身份证号码中的出生日期还没有到，请对照证件核对第7到14位。")
        }
        self = id
    }

    /// Reads a number that must already be in canonical form, such as one from another system.
    ///
    /// - Parameter text: 18 ordinary characters without any white space.
    /// - Throws: ``StandardsError`` with a `standards.resident_id.…` code.
    public init(exactly text: String) throws(StandardsError) {
        try Self.check(text)
        self.text = text
    }

    /// What is checked after typing habits are put right: ordinary characters, no white space, a capital X.
    ///
    /// - Parameter text: as typed; it need not be a valid number.
    public static func normalised(_ text: String) -> String {
        Typing.normalised(text)
    }

    /// The number of today for a 15-digit number of the first generation.
    ///
    /// The century is 19, or 18 for the order codes 996 to 999, which were kept for centenarians.
    ///
    /// - Parameter text: 15 digits; white space and full-width digits are put right first.
    /// - Throws: ``StandardsError`` if it is no such number.
    public static func upgrading(fifteenDigits text: String) throws(StandardsError) -> ResidentID {
        let old = normalised(text)
        guard old.utf8.count == 15 else {
            throw StandardsError(.residentIDLength, "旧版身份证号码应为15位数字，请核对后重新填写。")
        }
        let century = old[offsets: 12..<15].digitsValue.map { $0 >= 996 ? "18" : "19" } ?? "19"
        let body = old[offsets: 0..<6] + century + old[offsets: 6..<15]
        guard let check = CheckCharacters.residentID(body.utf8) else {
            throw StandardsError(.residentIDCharacter, "旧版身份证号码只能是15位数字，请核对后重新填写。")
        }
        return try ResidentID(exactly: body + String(Unicode.Scalar(check)))
    }

    /// First six and last four characters, stars between them: `430602********5454`.
    public var masked: String {
        text[offsets: 0..<6] + "********" + text[offsets: 14..<18]
    }

    public var description: String { masked }

    /// The sex that the order code tells: odd is male.
    public var sex: Sex {
        (text[offsets: 16..<17].digitsValue ?? 0) % 2 == 1 ? .male : .female
    }

    /// The day of birth.
    public var birthDay: LegalDay {
        // The initialiser has proved that the digits are a day.
        LegalDay(digits: text[offsets: 6..<14]) ?? .first
    }

    /// The six digits of the division of first registration, which may be retired; on a permanent residence card of a
    /// foreigner 9, the province and the country.
    public var divisionCode: String {
        text[offsets: 0..<6]
    }
}

extension ResidentID: CustomDebugStringConvertible, CustomReflectable {
    public var debugDescription: String { masked }
    public var customMirror: Mirror { Mirror(self, children: ["masked": masked]) }
}
