import HTTPService

/// Addresses in pages: what people typed is percent-encoded, so that it stays one value.
enum URLText {
    /// Encodes all but unreserved characters (RFC 3986 §2.3).
    static func encode(_ text: String) -> String {
        var encoded = ""
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                encoded.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                encoded += byte < 16 ? "%0" : "%"
                encoded += String(byte, radix: 16, uppercase: true)
            }
        }
        return encoded
    }

    /// A path with a query, in the order of the names, so that the same answers have the same address.
    static func with(_ path: String, query: [String: String]) -> String {
        if query.isEmpty { return path }
        let pairs = query.sorted { $0.key < $1.key }.map { "\(encode($0.key))=\(encode($0.value))" }
        return "\(path)?\(pairs.joined(separator: "&"))"
    }

    /// The address of the sign-in page that comes back to a path.
    static func signIn(returningTo path: String) -> String { ReturnPath.signIn(returningTo: path) }
}
