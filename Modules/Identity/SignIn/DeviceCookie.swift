import Cryptography

/// What the device cookie holds: one secret for each account of the device, at most five, newest first.
///
/// Each secret is issued by a sign-in to one account and makes the device known for that account alone, so a cookie that
/// somebody plants in another's browser gains nothing there.
struct DeviceCookie {
    static let limit = 5
    private(set) var secrets: [[UInt8]]

    /// Reads a cookie; anything that is no secret of ours is left out.
    init(_ text: String?) {
        secrets = (text ?? "").split(separator: ".").prefix(Self.limit).compactMap { part in
            guard let secret = try? Base64URL.decode(String(part)), secret.count == 32 else { return nil }
            return secret
        }
    }

    var hashes: [[UInt8]] { secrets.map { SM3.hash($0) } }

    mutating func add(_ secret: [UInt8]) { secrets = [secret] + secrets.prefix(Self.limit - 1) }

    var text: String { secrets.map(Base64URL.encode).joined(separator: ".") }
}
