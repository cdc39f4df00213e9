/// Unpadded base64url text (RFC 4648 §5), the form used in tokens, links and QR codes.
public enum Base64URL {
    /// Unpadded base64url text.
    public static func encode(_ bytes: [UInt8]) -> String {
        Base64Alphabet.url.encode(bytes)
    }

    /// The bytes of unpadded base64url text; each byte string has exactly one text.
    ///
    /// - Throws: ``CryptographyError`` with `cryptography.text.encoding` for padding, another character, an impossible
    ///   length or stray bits at the end.
    public static func decode(_ text: String) throws -> [UInt8] {
        guard let bytes = Base64Alphabet.url.decode(text.utf8) else {
            throw CryptographyError(.textEncoding, operation: "Base64URL.decode", detail: "not canonical base64url")
        }
        return bytes
    }
}
