/// Which characters may stand where in a person's name.
enum NameLetters {
    /// The middle dot and the characters that input methods put in its place.
    static func isMiddleDot(_ scalar: Unicode.Scalar) -> Bool {
        ["\u{B7}", "\u{2022}", "\u{2027}", "\u{22C5}", "\u{30FB}", "\u{FF65}", "\u{2219}"].contains(scalar)
    }

    /// A space separates words of a letter script; between Chinese characters and around dots it is only layout.
    static func needsSpace(between lhs: Unicode.Scalar, and rhs: Unicode.Scalar) -> Bool {
        !isHan(lhs) && !isHan(rhs) && lhs != "·" && rhs != "·"
    }

    /// Describes, in Chinese, the first character that may not stand where it does; nil if there is none.
    static func firstMisplaced(in name: String) -> String? {
        let scalars = Array(name.unicodeScalars)
        for (index, scalar) in scalars.enumerated() {
            let before = index > 0 ? scalars[index - 1] : nil
            let after = index + 1 < scalars.count ? scalars[index + 1] : nil
            if !isAllowed(scalar, between: before, and: after) { return label(of: scalar) }
        }
        return nil
    }

    private static func isAllowed(
        _ scalar: Unicode.Scalar, between before: Unicode.Scalar?, and after: Unicode.Scalar?
    ) -> Bool {
        if isHan(scalar) || isLetter(scalar) { return true }
        guard let before else { return false }
        switch scalar {
        case "·", "-", "'", "\u{2019}": return after.map { isHan($0) || isLetter($0) } ?? false
        case ".": return isLetter(before)
        case " ": return after != nil
        default:
            if isVariationSelector(scalar) { return isHan(before) }
            return isMark(scalar) && (isLetter(before) || isMark(before))
        }
    }

    /// Unified ideographs, 〇, and the whole of the two ideographic planes, whose later extensions the standard
    /// library may not know yet.
    private static func isHan(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isUnifiedIdeograph || scalar == "〇" || (0x20000...0x3FFFD).contains(scalar.value)
            || (0xFA0E...0xFA29).contains(scalar.value)
    }

    private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .otherLetter: true
        default: false
        }
    }

    private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
        [.nonspacingMark, .spacingMark].contains(scalar.properties.generalCategory)
    }

    /// Selects among the written forms of one ideograph (ideographic variation sequences).
    private static func isVariationSelector(_ scalar: Unicode.Scalar) -> Bool {
        (0xFE00...0xFE0F).contains(scalar.value) || (0xE0100...0xE01EF).contains(scalar.value)
    }

    private static func label(of scalar: Unicode.Scalar) -> String {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned, .surrogate:
            "看不见或无法显示的字符（U+\(String(scalar.value, radix: 16, uppercase: true))）"
        case .spaceSeparator: "多余的空格"
        default: "“\(Character(scalar))”"
        }
    }
}
