import Cryptography
import Extension
import Foundation
import Standards
import Storage

/// Who we are towards authenticators: a host name, and the one origin whose pages may ask (WebAuthn §5.1.2).
public struct PasskeyParty: Sendable, Hashable {
    /// The host, to which each passkey is bound for ever.
    public let id: String
    let origin: String

    /// - Parameter address: the portal's public address. Nil for one by number, to which no passkey can be bound.
    public init?(address: String) {
        guard let parts = URLComponents(string: address), let host = parts.host, !host.isEmpty,
            let scheme = parts.scheme,
            host.contains(where: \.isLetter), !host.contains(":"), scheme == "https" || host == "localhost"
        else { return nil }
        id = host
        origin = "\(scheme)://\(host)" + (parts.port.map { ":\($0)" } ?? "")
    }

    /// Whether the browser's own record of the ceremony names its kind, our challenge and our page (WebAuthn §5.8.1).
    func accepts(_ clientData: [UInt8], type: String, challenge: String) -> Bool {
        guard clientData.count <= 4_096, let json = try? JSONParser.parse(clientData) else { return false }
        return json["type"]?.string == type && json["challenge"]?.string == challenge
            && json["origin"]?.string == origin && json["crossOrigin"]?.bool != true
    }

    /// Whether an authenticator answered for us, with somebody there who showed that it is the owner.
    func accepts(_ data: AuthenticatorData) -> Bool {
        data.partyHash == SHA256.hash(Array(id.utf8)) && data.isUserPresent && data.isUserVerified
    }
}

/// A challenge that needs no memory: random bytes and a time under a code of ours. It is remembered only once it is used.
struct PasskeyChallenge: Sendable {
    static let lifetime: Duration = .seconds(300)

    let text: String
    let hash: [UInt8]
    let endsAt: Instant

    /// A new one for a purpose: signing in, or adding a passkey to an account.
    init(_ purpose: String, _ cipher: FieldCipher, by act: Act) {
        endsAt = act.now.adding(Self.lifetime)
        let head =
            act.seed.bytes("identity.passkey/\(purpose)", count: 16)
            + withUnsafeBytes(of: endsAt.milliseconds.bigEndian) { Array($0) }
        let bytes = head + Self.code(head, purpose, cipher)
        text = Base64URL.encode(bytes)
        hash = SM3.hash(bytes)
    }

    /// Reads one that came back; nil unless it is ours, for that purpose, and not too old.
    init?(_ text: String, _ purpose: String, _ cipher: FieldCipher, at now: Instant) {
        guard let bytes = try? Base64URL.decode(text), bytes.count == 56 else { return nil }
        let head = Array(bytes.prefix(24))
        guard ConstantTime.equal(Self.code(head, purpose, cipher), Array(bytes.suffix(32))) else { return nil }
        endsAt = Instant(milliseconds: head.suffix(8).reduce(Int64(0)) { $0 << 8 | Int64($1) })
        guard now < endsAt else { return nil }
        self.text = text
        hash = SM3.hash(bytes)
    }

    private static func code(_ head: [UInt8], _ purpose: String, _ cipher: FieldCipher) -> [UInt8] {
        cipher.digest(head, purpose: "identity.passkey_challenge/\(purpose)")
    }
}
