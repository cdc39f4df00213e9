/// The identifier of an electronic licence (电子证照标识, GB/T 36904-2018):
/// `1.2.156.3005.2.` type code `.` issuer `.` serial `.` version `.` check.
public struct LicenceIdentifier: StandardText {
    /// The root arc of all licence identifiers.
    public static let root = "1.2.156.3005.2"

    /// Who defines the licence type: the organ's credit code (18) and a serial of three digits.
    public let typeCode: String
    /// Who issued the licence: a credit code (18), or the six digits of a region as some systems have it.
    public let issuer: String
    /// The issuer's own number, 1 to 32 digits and capitals.
    public let serial: String
    /// 1 to 999; each re-issue or change adds one.
    public let version: Int

    /// Reads an identifier.
    ///
    /// - Parameter text: the whole identifier; white space and small letters are put right first.
    /// - Throws: ``StandardsError`` with a `standards.licence.…` code.
    public init(_ text: String) throws(StandardsError) {
        let identifier = Typing.normalised(text)
        guard identifier.hasPrefix(Self.root + ".") else {
            throw StandardsError(.licenceRoot, "证照标识应以“\(Self.root)”开头，请核对是否扫错了码。")
        }
        let parts = identifier.dropFirst(Self.root.count + 1).split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 5 else {
            throw StandardsError(.licenceForm, "证照标识应由类型、颁发机构、流水号、版本号、校验位五段组成，请核对是否完整。")
        }
        guard parts[3].utf8.count == 3, let version = parts[3].digitsValue else {
            throw StandardsError(.licenceVersion, "证照标识的版本号应为3位数字，如“001”，请核对。")
        }
        try self.init(
            typeCode: String(parts[0]), issuer: String(parts[1]), serial: String(parts[2]), version: version)
        guard checkCharacter == parts[4] else {
            throw StandardsError(.licenceChecksum, "证照标识的校验位不对，请核对是否抄错；扫码得到的，说明该码不可信。")
        }
    }

    private init(typeCode: String, issuer: String, serial: String, version: Int) throws(StandardsError) {
        func isPlain(_ text: String) -> Bool { text.utf8.allSatisfy { $0.alphanumericValue != nil } }
        guard typeCode.utf8.count == 21, isPlain(typeCode), typeCode.suffix(3).isDigits else {
            throw StandardsError(.licenceForm, "证照类型代码应为18位机构代码加3位数字，请核对。")
        }
        guard (issuer.utf8.count == 18 && isPlain(issuer)) || (issuer.utf8.count == 6 && issuer.isDigits) else {
            throw StandardsError(.licenceForm, "证照颁发机构代码应为18位统一社会信用代码或6位区划代码，请核对。")
        }
        guard (1...32).contains(serial.utf8.count), isPlain(serial) else {
            throw StandardsError(.licenceForm, "证照流水号应为1到32位数字或大写字母，请核对。")
        }
        guard (1...999).contains(version) else {
            throw StandardsError(.licenceVersion, "证照版本号应在001到999之间；已到999的，请注销后重新颁发。")
        }
        self.typeCode = typeCode
        self.issuer = issuer
        self.serial = serial
        self.version = version
    }

    /// Makes an identifier and its check character.
    ///
    /// - Parameters:
    ///   - typeCode: 18 characters of the defining organ and three digits.
    ///   - issuer: 18 characters of the issuing organ, or six digits of its region.
    ///   - serial: 1 to 32 digits and capitals, unique at the issuer.
    ///   - version: 1 to 999.
    /// - Throws: ``StandardsError/Code/licenceForm``, ``StandardsError/Code/licenceVersion``.
    public static func make(
        typeCode: String, issuer: String, serial: String, version: Int = 1
    ) throws(StandardsError) -> LicenceIdentifier {
        try LicenceIdentifier(typeCode: typeCode, issuer: issuer, serial: serial, version: version)
    }

    /// The identifier of the next issue of the same licence.
    ///
    /// - Throws: ``StandardsError/Code/licenceVersion`` after version 999.
    public func nextVersion() throws(StandardsError) -> LicenceIdentifier {
        try LicenceIdentifier(typeCode: typeCode, issuer: issuer, serial: serial, version: version + 1)
    }

    /// The check character: ISO/IEC 7064 MOD 37,36 over the four parts joined without dots.
    public var checkCharacter: String {
        let body = typeCode + issuer + serial + version.padded(3)
        return CheckCharacters.licence(body.utf8).map { String(Unicode.Scalar($0)) } ?? ""
    }

    public var text: String {
        "\(Self.root).\(typeCode).\(issuer).\(serial).\(version.padded(3)).\(checkCharacter)"
    }
}
