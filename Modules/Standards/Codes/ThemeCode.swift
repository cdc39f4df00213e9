/// The code of a theme (一件事) inside a case number: `99`, the division's six digits, a number of four digits.
///
/// The rule is ours: national item codes begin with 00 or a province, so 99 can be taken for none of them, and the
/// twelve digits fill the place of a ``CatalogueCode``.
public struct ThemeCode: StandardText {
    /// The division whose theme it is; for a zone the division on whose land it lies.
    public let division: DivisionCode
    /// The theme's number in that division, 1 to 9999.
    public let number: Int

    /// The code of a theme.
    ///
    /// - Parameters:
    ///   - division: the division whose theme it is; a zone is taken for the division on whose land it lies.
    ///   - number: 1 to 9999.
    /// - Throws: ``StandardsError/Code/themeCodeForm``.
    public init(division: DivisionCode, number: Int) throws(StandardsError) {
        guard (1...9999).contains(number) else {
            throw StandardsError(.themeCodeForm, "主题编号应在1到9999之间，请核对。")
        }
        self.division = division.nationalCode
        self.number = number
    }

    /// Reads a code.
    ///
    /// - Parameter text: twelve digits beginning with 99.
    /// - Throws: ``StandardsError/Code/themeCodeForm``, or the division's error.
    public init(_ text: String) throws(StandardsError) {
        let code = Typing.normalised(text)
        guard code.utf8.count == 12, code.isDigits, code.hasPrefix("99"),
            let number = code[offsets: 8..<12].digitsValue
        else {
            throw StandardsError(.themeCodeForm, "主题代码“\(text.prefix(20))”不对，应为99加6位区划代码和4位编号，请核对。")
        }
        try self.init(division: DivisionCode(code[offsets: 2..<8]), number: number)
    }

    public var text: String { "99\(division.text)\(number.padded(4))" }
}
