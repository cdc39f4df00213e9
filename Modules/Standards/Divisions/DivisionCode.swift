/// The code of an administrative division: six digits of GB/T 2260, or a local code of our own for a functional zone
/// that GB/T 2260 does not know (开发区、新区、园区).
///
/// A local code is the division on whose land the zone lies, `-Z`, and two digits, such as `430600-Z01`. It can be
/// taken for no national code, is flagged by ``isLocal``, and is mapped per connector at the border of the system.
public struct DivisionCode: StandardText {
    /// `430600` or `430600-Z01`.
    public let text: String

    /// Reads a code. That it has the right form does not mean that ``Divisions`` knows it: codes of other provinces
    /// and retired codes are fine.
    ///
    /// - Parameter text: six digits beginning with a province (or `100000` for the nation), or a local zone code.
    /// - Throws: ``StandardsError/Code/divisionForm``, ``StandardsError/Code/divisionUnknown``.
    public init(_ text: String) throws(StandardsError) {
        let code = Typing.normalised(text)
        let zone = code.dropFirst(6)
        guard code.prefix(6).utf8.count == 6, code.prefix(6).isDigits,
            zone.isEmpty || (zone.utf8.count == 4 && zone.hasPrefix("-Z") && zone.dropFirst(2).isDigits)
        else {
            throw StandardsError(
                .divisionForm, "区划代码“\(text.prefix(20))”的写法不对，请填写6位行政区划代码，功能区填写“430600-Z01”这样的本地代码。")
        }
        guard code == "100000" || Provinces.isKnown(code.prefix(2)) else {
            throw StandardsError(.divisionUnknown, "区划代码“\(code)”不属于任何省份，请核对前两位。")
        }
        self.text = code
    }

    init(unchecked text: String) {
        self.text = text
    }

    /// Whether this is a local zone code of ours and not one of GB/T 2260.
    public var isLocal: Bool { text.utf8.count > 6 }

    /// The GB/T 2260 code itself, or of the division on whose land the zone lies.
    public var nationalCode: DivisionCode { DivisionCode(unchecked: text[offsets: 0..<6]) }

    /// The code of the province, such as `430000`; the nation's own code for `100000`.
    public var province: DivisionCode { DivisionCode(unchecked: text[offsets: 0..<2] + "0000") }

    /// The code of the prefecture, such as `430600`; the province's own code for a province.
    public var prefecture: DivisionCode { DivisionCode(unchecked: text[offsets: 0..<4] + "00") }

    /// The code one level up by the structure of the code; nil for a province and for the nation.
    public var parent: DivisionCode? {
        if isLocal { return nationalCode }
        if self == province { return nil }
        return self == prefecture ? province : prefecture
    }

    /// Whether this division is another one or lies in it, by the structure of the codes.
    ///
    /// Everything lies in `100000`.
    ///
    /// - Parameter other: the division that may contain this one.
    public func isWithin(_ other: DivisionCode) -> Bool {
        if self == other || other.text == "100000" { return true }
        return parent?.isWithin(other) ?? false
    }

    /// A division's code and those of all that lie above it, up to the nation; a code that is none stands alone.
    public static func lineage(of text: String) -> [String] {
        guard let code = try? DivisionCode(text) else { return [text] }
        var line: [String] = []
        var next: DivisionCode? = code
        while let one = next {
            line.append(one.text)
            next = one.parent
        }
        return line.contains("100000") ? line : line + ["100000"]
    }

    /// Whether the division of one code is that of the other or lies above it; a code that is none covers only itself.
    public static func covers(_ outer: String, _ inner: String) -> Bool {
        if outer == inner { return true }
        guard let outer = try? DivisionCode(outer), let inner = try? DivisionCode(inner) else { return false }
        return inner.isWithin(outer)
    }
}
