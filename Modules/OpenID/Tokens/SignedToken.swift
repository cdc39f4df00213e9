import Cryptography
import Extension
import Standards

/// A JSON Web Token (RFC 7519) in compact form, taken apart but not yet believed.
///
/// The header may name a key among those that the caller trusts; it can never bring one (`jwk`, `jku`, `x5u`, `x5c` are
/// not looked at) nor choose an algorithm that the key does not have.
struct SignedToken: Sendable {
    let claims: JSONValue
    private let header: JSONValue
    private let message: CompactJWS

    /// Nil for anything that is no signed token with one of our two algorithms: `none`, HMAC, a header twice, critical
    /// extensions, a payload that is no object.
    init?(_ text: String) {
        guard let message = try? CompactJWS(text), let header = try? JSONParser.parse(message.header),
            let claims = try? JSONParser.parse(message.payload), case .object = header, case .object = claims,
            header["alg"]?.string.flatMap(JOSE.Algorithm.init(rawValue:)) != nil, header["crit"] == nil,
            header["b64"] == nil
        else { return nil }
        (self.message, self.header, self.claims) = (message, header, claims)
    }

    /// What kind of token its signer calls it (`typ`).
    var type: String? { header["typ"]?.string }

    /// Whether one of the keys signed it: the one that the header names, or any when it names none.
    func isSigned(byOneOf keys: [JSONWebKey]) -> Bool {
        let algorithm = header["alg"]?.string
        let wanted: String?
        switch header["kid"] {
        case nil: wanted = nil
        case .string(let id): wanted = id
        default: return false
        }
        return keys.contains { key in
            (wanted == nil || wanted == key.id) && key.key.algorithm.rawValue == algorithm
                && message.isSigned(by: key.key)
        }
    }

    /// Whether `aud` names one of the audiences: itself, or in a list.
    func isFor(oneOf audiences: Set<String>) -> Bool {
        switch claims["aud"] {
        case .string(let text): audiences.contains(text)
        case .array(let texts): texts.contains { $0.string.map(audiences.contains) == true }
        default: false
        }
    }

    /// Whether the token is in force: `exp` must be there, lie ahead, and not further than `longest`; `nbf` and `iat`
    /// must not lie ahead. Clocks may differ by ``leeway`` in either direction, and by no millisecond more.
    func isInForce(at now: Instant, longest: Duration) -> Bool {
        guard let expiry = time("exp"), now < expiry.adding(Self.leeway),
            expiry <= now.adding(longest + Self.leeway)
        else { return false }
        for name in ["nbf", "iat"] where claims[name] != nil {
            guard let begin = time(name), begin <= now.adding(Self.leeway) else { return false }
        }
        return true
    }

    /// How far clocks may differ.
    static let leeway: Duration = .seconds(60)

    /// A moment in whole seconds since 1970, as all of our parties write it; nil for anything else.
    func time(_ name: String) -> Instant? {
        guard let seconds = claims[name]?.integer, (0...32_503_680_000).contains(seconds) else { return nil }
        return Instant(milliseconds: seconds * 1_000)
    }

    /// Signs claims.
    static func sign(_ claims: [String: JSONValue], type: String, with key: SigningKey) throws -> String {
        let header: JSONValue = [
            "alg": .string(key.algorithm.rawValue), "kid": .string(key.id), "typ": .string(type),
        ]
        return try CompactJWS.sign(
            header: Array(header.canonical.utf8), payload: Array(JSONValue.object(claims).canonical.utf8),
            with: key.privateKey)
    }
}

extension Instant {
    /// Whole seconds since 1970, as tokens count time.
    var seconds: Int64 { milliseconds / 1_000 }
}
