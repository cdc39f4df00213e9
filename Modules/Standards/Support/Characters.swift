/// What a person or an input method may have changed in a number without changing its meaning.
enum Typing {
    /// Full-width ASCII becomes ordinary ASCII, white space and invisible characters go, letters become capitals.
    static func normalised(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in halfWidth(text).unicodeScalars
        where !scalar.properties.isWhitespace && !Invisible.isSuspect(scalar) {
            result.append(("a"..."z").contains(scalar) ? Unicode.Scalar(UInt8(scalar.value) - 32) : scalar)
        }
        return String(result)
    }

    /// Full-width ASCII (U+FF01 to U+FF5E) as ordinary ASCII, the ideographic space as a space.
    static func halfWidth(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0xFF01...0xFF5E: result.append(Unicode.Scalar(UInt8(scalar.value - 0xFEE0)))
            case 0x3000: result.append(" ")
            default: result.append(scalar)
            }
        }
        return String(result)
    }

    /// The text without white space at its two ends.
    static func trimmed(_ text: String) -> String {
        var slice = text[...]
        while slice.first?.isWhitespace == true { slice.removeFirst() }
        while slice.last?.isWhitespace == true { slice.removeLast() }
        return String(slice)
    }
}

extension UInt8 {
    /// 0 to 9 for the ASCII digits, otherwise nil.
    var digit: Int? {
        (0x30...0x39).contains(self) ? Int(self) - 0x30 : nil
    }

    /// 0 to 35 for the ASCII digits and capital letters, otherwise nil.
    var alphanumericValue: Int? {
        if let digit { return digit }
        return (0x41...0x5A).contains(self) ? Int(self) - 0x41 + 10 : nil
    }
}

extension StringProtocol {
    /// Whether the text consists of ASCII digits only; an empty text does.
    var isDigits: Bool {
        utf8.allSatisfy { $0.digit != nil }
    }

    /// The number that up to 18 ASCII digits stand for; nil for anything else, signs included.
    var digitsValue: Int? {
        isDigits && (1...18).contains(utf8.count) ? Int(self) : nil
    }

    /// The characters at some offsets of a text of known length.
    subscript(offsets range: Range<Int>) -> String {
        String(dropFirst(range.lowerBound).prefix(range.count))
    }
}

extension BinaryInteger {
    /// The number in decimal digits, with zeros before it up to a width.
    func padded(_ width: Int) -> String {
        let digits = String(self)
        return String(repeating: "0", count: Swift.max(0, width - digits.count)) + digits
    }
}
