/// An organisation code (组织机构代码, GB 11714): eight digits or capitals and a check character.
///
/// Today it lives on as characters 9 to 17 of a ``CreditCode``.
public struct OrganisationCode: StandardText {
    /// Nine characters without a hyphen.
    public let text: String

    /// Reads a code with or without the hyphen before its check character.
    ///
    /// - Parameter text: nine characters.
    /// - Throws: ``StandardsError/Code/organisationCodeForm`` or ``StandardsError/Code/organisationCodeChecksum``.
    public init(_ text: String) throws(StandardsError) {
        var code = Typing.normalised(text)
        if code.utf8.count == 10, code[offsets: 8..<9] == "-" { code = code[offsets: 0..<8] + code[offsets: 9..<10] }
        guard code.utf8.count == 9, code.utf8.allSatisfy({ $0.alphanumericValue != nil }) else {
            throw StandardsError(.organisationCodeForm, "组织机构代码应为9位数字或大写字母，请对照代码证核对。")
        }
        guard Self.isValid(code) else {
            throw StandardsError(.organisationCodeChecksum, "组织机构代码的校验码不对，请对照代码证逐位核对。")
        }
        self.text = code
    }

    /// Whether nine characters end in their right check character.
    ///
    /// - Parameter text: digits and capitals; anything else is not valid.
    public static func isValid(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        return bytes.count == 9 && CheckCharacters.organisationCode(bytes.prefix(8)) == bytes[8]
    }
}
