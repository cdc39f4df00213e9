/// Writes DER (X.690): the shortest lengths, definite forms, nothing else.
public enum DER {
    /// An element with its tag and content.
    public static func element(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
        var length: [UInt8] = []
        if content.count < 0x80 {
            length = [UInt8(content.count)]
        } else {
            var rest = content.count
            while rest > 0 {
                length.insert(UInt8(rest & 0xFF), at: 0)
                rest >>= 8
            }
            length.insert(0x80 | UInt8(length.count), at: 0)
        }
        return [tag] + length + content
    }

    public static func sequence(_ elements: [[UInt8]]) -> [UInt8] { element(DERTag.sequence, Array(elements.joined())) }

    public static func integer(_ value: Int) -> [UInt8] {
        var content: [UInt8] = []
        var rest = value
        repeat {
            content.insert(UInt8(truncatingIfNeeded: rest), at: 0)
            rest >>= 8
        } while !(rest == 0 && content[0] < 0x80) && !(rest == -1 && content[0] >= 0x80)
        return element(DERTag.integer, content)
    }

    /// A positive number given by its bytes, big endian.
    public static func integer(magnitude: [UInt8]) -> [UInt8] {
        let digits = Array(magnitude.drop { $0 == 0 })
        let isHigh = digits.first.map { $0 >= 0x80 } ?? true
        return element(DERTag.integer, (isHigh ? [0] : []) + digits)
    }

    public static func octets(_ bytes: [UInt8]) -> [UInt8] { element(DERTag.octetString, bytes) }

    public static func bits(_ bytes: [UInt8]) -> [UInt8] { element(DERTag.bitString, [0] + bytes) }

    public static func boolean(_ value: Bool) -> [UInt8] { element(DERTag.boolean, [value ? 0xFF : 0]) }

    public static func text(_ tag: UInt8, _ text: String) -> [UInt8] { element(tag, Array(text.utf8)) }

    /// GeneralizedTime in UTC and whole seconds.
    ///
    /// - Parameter time: milliseconds since 1970 (UTC).
    public static func time(_ time: Int64) -> [UInt8] { text(DERTag.generalizedTime, DERTime.generalized(time)) }

    /// UTCTime up to 2049, GeneralizedTime from then on, as certificates and lists have it (RFC 5280 §4.1.2.5).
    public static func certificateTime(_ time: Int64) -> [UInt8] {
        let text = DERTime.generalized(time)
        guard ("1950"..<"2050").contains(String(text.prefix(4))) else { return self.time(time) }
        return self.text(DERTag.utcTime, String(text.dropFirst(2)))
    }

    /// An OBJECT IDENTIFIER from its dotted form, which must be sound.
    public static func identifier(_ dotted: String) -> [UInt8] {
        let arcs = dotted.split(separator: ".").compactMap { UInt64($0) }
        precondition(arcs.count >= 2, "an object identifier has two arcs at least")
        let content = ([arcs[0] * 40 + arcs[1]] + arcs.dropFirst(2)).flatMap { arc -> [UInt8] in
            var bytes = [UInt8(arc & 0x7F)]
            var rest = arc >> 7
            while rest > 0 {
                bytes.insert(UInt8(rest & 0x7F) | 0x80, at: 0)
                rest >>= 7
            }
            return bytes
        }
        return element(DERTag.objectIdentifier, content)
    }
}
