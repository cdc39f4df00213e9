/// A signature on P-256 in its two forms: 64 bytes `r ‖ s` (RFC 7518 §3.4) and DER (RFC 3279 §2.2.3).
///
/// Whether the numbers lie below the order is libcrypto's to check when it verifies.
struct ECDSASignature {
    /// `r ‖ s`.
    let raw: [UInt8]

    /// Nil for another length.
    init?(raw: [UInt8]) {
        guard raw.count == 2 * JOSE.coordinateLength else { return nil }
        self.raw = raw
    }

    /// Nil for anything but a strict sequence of two integers of at most 32 bytes.
    init?(der: [UInt8]) {
        guard let halves = try? Self.halves(der) else { return nil }
        raw = halves.flatMap { [UInt8](repeating: 0, count: JOSE.coordinateLength - $0.count) + $0 }
    }

    var der: [UInt8] {
        DER.sequence([
            DER.integer(magnitude: Array(raw.prefix(JOSE.coordinateLength))),
            DER.integer(magnitude: Array(raw.suffix(JOSE.coordinateLength))),
        ])
    }

    private static func halves(_ der: [UInt8]) throws(DERError) -> [[UInt8]] {
        var reader = DERReader(der)
        var parts = try reader.sequence("ECDSA-Sig-Value")
        try reader.end("ECDSA-Sig-Value")
        let halves = [try half(&parts), try half(&parts)]
        try parts.end("ECDSA-Sig-Value")
        return halves
    }

    private static func half(_ parts: inout DERReader) throws(DERError) -> [UInt8] {
        let content = try parts.element(DERTag.integer, "r, s").content
        guard let first = content.first, first < 0x80 else { throw parts.failure(.content, "r, s") }
        let digits = first == 0 ? content.dropFirst() : content
        let isShortest = first != 0 || digits.first.map { $0 >= 0x80 } ?? true
        guard isShortest, digits.count <= JOSE.coordinateLength else { throw parts.failure(.content, "r, s") }
        return Array(digits)
    }
}
