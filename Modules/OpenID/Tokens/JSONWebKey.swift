public import Cryptography
public import Extension

/// A public key as the web exchanges it (JSON Web Key, RFC 7517), with its name.
public struct JSONWebKey: Sendable, Hashable {
    /// The key's name (`kid`).
    public let id: String
    /// The key, which knows its one algorithm.
    public let key: JOSE.PublicKey

    /// A key of ours, named by its thumbprint.
    public init(_ key: JOSE.PublicKey) {
        self.key = key
        id = Self.thumbprint(key)
    }

    /// Reads a key strictly; members that it does not know are ignored, as RFC 7517 §4 demands.
    ///
    /// - Throws: a finding in Chinese when it is no sound public key for signatures of ours, or holds a private half.
    public init(json: JSONValue) throws {
        guard case .object = json else { throw Self.unusable("密钥应当是一个 JSON 对象。") }
        if Self.privateMembers.contains(where: { json[$0] != nil }) {
            throw Self.unusable("这里面有私钥。私钥只能由对方自己保管，请只交公钥。")
        }
        if let use = json["use"], use != "sig" { throw Self.unusable("密钥的 use 不是 sig。") }
        let parameters: JOSE.Parameters
        switch json["kty"]?.string {
        case "EC":
            guard json["crv"] == "P-256" else { throw Self.unusable("椭圆曲线只支持 P-256。") }
            parameters = .point(x: try Self.number(json, "x"), y: try Self.number(json, "y"))
        case "RSA": parameters = .modulus(n: try Self.number(json, "n"), e: try Self.number(json, "e"))
        default: throw Self.unusable("密钥类型（kty）只支持 EC 和 RSA。")
        }
        guard let key = try? JOSE.PublicKey(parameters) else {
            throw Self.unusable("密钥不能用：请提供 P-256 或 2048 至 4096 位 RSA 的公钥。")
        }
        if let algorithm = json["alg"], algorithm.string != key.algorithm.rawValue {
            throw Self.unusable("密钥的 alg 和它的类型不符。")
        }
        self.key = key
        switch json["kid"] {
        case nil: id = Self.thumbprint(key)
        case .string(let text) where (1...200).contains(text.utf8.count): id = text
        default: throw Self.unusable("密钥的名称（kid）应当是 1 到 200 个字符的文字。")
        }
    }

    /// Reads a set of keys (RFC 7517 §5): one to ten, with different names.
    ///
    /// - Throws: a finding in Chinese.
    public static func set(_ text: String) throws -> [JSONWebKey] {
        let json: JSONValue
        do { json = try JSONValue(parsing: text) } catch { throw unusable("公钥文件不是有效的 JSON：\(error.message)。") }
        let keys = try (json["keys"]?.array ?? [json]).map { try JSONWebKey(json: $0) }
        guard (1...10).contains(keys.count), Set(keys.map(\.id)).count == keys.count else {
            throw unusable("公钥应当有 1 到 10 个，名称（kid）各不相同。")
        }
        return keys
    }

    /// The key as JSON.
    public var json: JSONValue {
        .object(
            Self.required(key).merging(["kid": .string(id), "use": "sig", "alg": .string(key.algorithm.rawValue)]) {
                first, _ in first
            })
    }

    private static let privateMembers = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"]

    /// The members that make the thumbprint (RFC 7638 §3.2).
    private static func required(_ key: JOSE.PublicKey) -> [String: JSONValue] {
        func text(_ bytes: [UInt8]) -> JSONValue { .string(Base64URL.encode(bytes)) }
        switch key.parameters {
        case .point(let x, let y): return ["kty": "EC", "crv": "P-256", "x": text(x), "y": text(y)]
        case .modulus(let n, let e): return ["kty": "RSA", "n": text(n), "e": text(e)]
        }
    }

    private static func thumbprint(_ key: JOSE.PublicKey) -> String {
        Base64URL.encode(SHA256.hash(Array(JSONValue.object(required(key)).canonical.utf8)))
    }

    private static func number(_ json: JSONValue, _ name: String) throws -> [UInt8] {
        guard let text = json[name]?.string, text.utf8.count <= 1_024, let bytes = try? Base64URL.decode(text) else {
            throw unusable("密钥的 \(name) 不是有效的 base64url。")
        }
        return bytes
    }

    private static func unusable(_ message: String) -> Finding { Finding("jwks", "openid.key", message) }
}
