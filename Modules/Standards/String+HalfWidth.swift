extension String {
    /// The text with the wide forms of ASCII, as Chinese input methods type them (全角), in their usual width.
    public var halfWidth: String {
        guard unicodeScalars.contains(where: { $0.value == 0x3000 || (0xFF01...0xFF5E).contains($0.value) }) else {
            return self
        }
        var scalars = String.UnicodeScalarView()
        for scalar in unicodeScalars {
            switch scalar.value {
            case 0x3000: scalars.append(" ")
            case 0xFF01...0xFF5E: scalars.append(Unicode.Scalar(UInt8(scalar.value - 0xFEE0)))
            default: scalars.append(scalar)
            }
        }
        return String(scalars)
    }

    /// A cell of a list: a code or a number in its usual width without spaces, any other text as it stands.
    public var asCode: String {
        let plain = halfWidth
        guard plain.utf8.allSatisfy({ $0 < 0x80 }) else { return self }
        return plain == self ? self : plain.filter { !$0.isWhitespace }
    }
}
