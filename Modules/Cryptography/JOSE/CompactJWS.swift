/// A signed message in the compact form `header.payload.signature` (RFC 7515 §3.1), taken apart but not yet believed.
///
/// What the header says is not read here: the caller reads it with a strict JSON parser, finds **its own** key for it,
/// and lets the key judge. Each message has exactly one text, since base64url is read canonically.
public struct CompactJWS: Sendable, Hashable {
    /// The longest text that is read, in bytes.
    public static let maximumLength = 16_384

    /// The header's JSON, as its sender wrote it.
    public let header: [UInt8]
    /// What was signed.
    public let payload: [UInt8]
    /// The signature over ``signed``.
    public let signature: [UInt8]
    /// The bytes over which the signature goes: the first two parts with the dot between them.
    public let signed: [UInt8]

    /// Takes a text apart.
    ///
    /// - Throws: ``CryptographyError`` with `cryptography.jws.format` for a text that is too long, does not have
    ///   exactly three parts, or whose parts are not canonical base64url.
    public init(_ text: String) throws {
        let bytes = text.utf8
        guard bytes.count <= Self.maximumLength else { throw Self.malformed("more than \(Self.maximumLength) bytes") }
        let parts = bytes.split(separator: UInt8(ascii: "."), maxSplits: 3, omittingEmptySubsequences: false)
        guard parts.count == 3, !parts[0].isEmpty else { throw Self.malformed("not three parts") }
        guard let header = Base64Alphabet.url.decode(parts[0]), let payload = Base64Alphabet.url.decode(parts[1]),
            let signature = Base64Alphabet.url.decode(parts[2])
        else { throw Self.malformed("not canonical base64url") }
        (self.header, self.payload, self.signature) = (header, payload, signature)
        signed = Array(bytes[parts[0].startIndex..<parts[1].endIndex])
    }

    /// Signs a message.
    ///
    /// - Parameters:
    ///   - header: JSON whose `alg` is the key's algorithm.
    ///   - payload: what is signed.
    /// - Throws: ``CryptographyError`` with `cryptography.library`.
    public static func sign(header: [UInt8], payload: [UInt8], with key: JOSE.PrivateKey) throws -> String {
        let signed = Base64URL.encode(header) + "." + Base64URL.encode(payload)
        return signed + "." + Base64URL.encode(try key.sign(Array(signed.utf8)))
    }

    /// Whether the signature is the key's.
    public func isSigned(by key: JOSE.PublicKey) -> Bool { key.isValid(signature, for: signed) }

    private static func malformed(_ detail: String) -> CryptographyError {
        CryptographyError(.jwsFormat, operation: "CompactJWS.init", detail: detail)
    }
}
