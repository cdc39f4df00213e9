import Cryptography

/// Something said to one peer alone: signed, and encrypted so that nobody else reads it (数字信封).
///
/// ```
/// {"head":{…},"key":"…","signature":"…","text":"…"} LF box
/// ```
///
/// `head` is in clear and anybody's to choose; `key` is a fresh key encrypted for the receiver (SM2); `box` is the
/// text under that key (``SM4``), bound to the head; `text` is the box's SM3 digest; the signature (SM2 with SM3)
/// is over all of them.
public struct PeerLetter: Sendable, Hashable {
    /// What stands in clear; nothing about it is trusted before ``open(with:from:)``.
    public let head: JSONValue
    private let key: String
    private let digest: String
    private let signature: String
    private let box: [UInt8]

    /// Seals a text. Never call it inside a storage write closure, since every call draws a new key.
    ///
    /// - Parameters:
    ///   - plain: the text.
    ///   - head: what stands in clear beside it, such as sender, receiver and number.
    ///   - keys: the sender's.
    ///   - card: the receiver's.
    public init(sealing plain: [UInt8], head: JSONValue, by keys: PeerKeys, for card: PeerCard) throws {
        let secret = SymmetricKey.generate()
        self.head = head
        key = Base64URL.encode(try card.encrypt(secret.withUnsafeBytes(Array.init)))
        box = try SM4.seal(plain, key: secret, associated: Array(head.canonical.utf8))
        digest = Base64URL.encode(SM3.hash(box))
        signature = Base64URL.encode(try keys.sign(Self.signed(head, key: key, digest: digest)))
    }

    /// Reads the form; nothing is proven yet.
    ///
    /// - Throws: ``PeerFailure/form``.
    public init(parsing bytes: [UInt8]) throws(PeerFailure) {
        guard let end = bytes.firstIndex(of: UInt8(ascii: "\n")),
            let value = try? JSONParser.parse(Array(bytes[..<end])), case .object(let members) = value,
            members.count == 4, let head = members["head"], let key = members["key"]?.string,
            let digest = members["text"]?.string, let signature = members["signature"]?.string
        else { throw .form }
        self.head = head
        self.key = key
        self.digest = digest
        self.signature = signature
        box = Array(bytes[(end + 1)...])
    }

    /// As it goes over the wire.
    public var bytes: [UInt8] {
        let value: JSONValue = [
            "head": head, "key": .string(key), "text": .string(digest), "signature": .string(signature),
        ]
        return Array(value.canonical.utf8) + [UInt8(ascii: "\n")] + box
    }

    /// Whether it is the sender's own, head and text unchanged.
    public func isProven(by card: PeerCard) -> Bool {
        guard let proof = try? Base64URL.decode(signature), digest == Base64URL.encode(SM3.hash(box)) else {
            return false
        }
        return card.verifies(proof, of: Self.signed(head, key: key, digest: digest))
    }

    /// The text, once sender and receiver are proven.
    ///
    /// - Parameters:
    ///   - keys: the receiver's.
    ///   - card: the sender's.
    /// - Throws: ``PeerFailure/signature`` or ``PeerFailure/sealed``.
    public func open(with keys: PeerKeys, from card: PeerCard) throws(PeerFailure) -> [UInt8] {
        guard isProven(by: card) else { throw .signature }
        guard let cipher = try? Base64URL.decode(key), let bytes = try? keys.decrypt(cipher),
            let secret = try? SymmetricKey(bytes: bytes),
            let plain = try? SM4.open(box, key: secret, associated: Array(head.canonical.utf8))
        else { throw .sealed }
        return plain
    }

    private static func signed(_ head: JSONValue, key: String, digest: String) -> [UInt8] {
        let value: JSONValue = ["head": head, "key": .string(key), "text": .string(digest)]
        return Array("yiciban.peer.letter.1\n\(value.canonical)".utf8)
    }
}

/// Something that a peer says for everybody to read and nobody to deny, such as a receipt (回执).
public struct PeerStatement: Sendable, Hashable {
    /// What it says; nothing about it is trusted before ``isProven(by:)``.
    public let content: JSONValue
    private let signature: String

    /// Signs a content.
    public init(signing content: JSONValue, by keys: PeerKeys) throws {
        self.content = content
        signature = Base64URL.encode(try keys.sign(Self.signed(content)))
    }

    /// Reads the form; nothing is proven yet.
    ///
    /// - Throws: ``PeerFailure/form``.
    public init(parsing bytes: [UInt8]) throws(PeerFailure) {
        guard let value = try? JSONParser.parse(bytes), case .object(let members) = value, members.count == 2,
            let content = members["content"], let signature = members["signature"]?.string
        else { throw .form }
        self.content = content
        self.signature = signature
    }

    /// As it goes over the wire, and as it is kept.
    public var bytes: [UInt8] {
        let value: JSONValue = ["content": content, "signature": .string(signature)]
        return Array(value.canonical.utf8)
    }

    /// Whether it is the peer's own, unchanged.
    public func isProven(by card: PeerCard) -> Bool {
        guard let proof = try? Base64URL.decode(signature) else { return false }
        return card.verifies(proof, of: Self.signed(content))
    }

    private static func signed(_ content: JSONValue) -> [UInt8] {
        Array("yiciban.peer.statement.1\n\(content.canonical)".utf8)
    }
}

/// The digest by which peers name what was said (SM3, in hexadecimal digits).
public enum PeerDigest {
    public static func of(_ bytes: [UInt8]) -> String { Hex.encode(SM3.hash(bytes)) }
}
