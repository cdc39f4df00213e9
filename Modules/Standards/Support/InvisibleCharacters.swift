extension String {
    /// The text without the characters that nobody sees and nobody meant: what comes along with pasted text, reorders
    /// it, or hides something in it.
    ///
    /// Zero-width spaces, the byte order mark, soft hyphens, marks and overrides of the writing direction, interlinear
    /// annotations, blank fillers and tag characters go. Whatever is part of a name or a word stays: all ideographs,
    /// variation selectors, combining marks, and joiners where Arabic, Indic and Mongolian letters need them.
    public var withoutInvisibles: String {
        guard utf8.contains(where: { $0 >= 0x80 }), unicodeScalars.contains(where: Invisible.isSuspect) else {
            return self
        }
        var kept = UnicodeScalarView()
        for scalar in unicodeScalars where !Invisible.goes(scalar, after: kept.last) { kept.append(scalar) }
        return String(kept)
    }
}

/// Which characters cannot be seen.
enum Invisible {
    /// Whether a character goes wherever it stands.
    static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x00AD, 0x034F, 0x061C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x200B, 0x200E, 0x200F, 0x202A...0x202E,
            0x2060...0x206F, 0x2800, 0x3164, 0xFEFF, 0xFFA0, 0xFFF9...0xFFFB, 0x1D173...0x1D17A, 0xE0000...0xE007F:
            true
        default: false
        }
    }

    /// Zero-width joiner and non-joiner, which some scripts write with.
    static func isJoiner(_ scalar: Unicode.Scalar) -> Bool { scalar.value == 0x200C || scalar.value == 0x200D }

    static func isSuspect(_ scalar: Unicode.Scalar) -> Bool {
        // Common ideographs first: nearly everything that is not ASCII is one.
        if (0x4E00...0x9FFF).contains(scalar.value) { return false }
        return isBlank(scalar) || isJoiner(scalar)
    }

    static func goes(_ scalar: Unicode.Scalar, after before: Unicode.Scalar?) -> Bool {
        isBlank(scalar) || (isJoiner(scalar) && !(before.map(joins) ?? false))
    }

    /// Arabic, Syriac, the Indic scripts, Tibetan and Mongolian.
    private static func joins(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x0600...0x0FFF, 0x1800...0x18AF: true
        default: false
        }
    }
}
