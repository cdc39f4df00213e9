import CLibCrypto

/// RSA signatures with SHA-256 (RSASSA-PKCS1-v1_5, RFC 8017 §8.2), for partners whose interfaces demand them: payment
/// channels sign so.
public enum RSASHA256 {
    /// The shortest modulus that is accepted, in bits.
    static let shortestModulus: Int32 = 2048

    /// Takes ownership of a decoded key if it is an RSA key that is long enough.
    static func adopt(_ key: OpaquePointer?, operation: String) throws -> SharedObject {
        let owned = SharedObject(try LibCrypto.check(key, operation, code: .rsaKey)) { EVP_PKEY_free($0) }
        guard EVP_PKEY_is_a(owned.pointer, "RSA") == 1 else {
            throw CryptographyError(.rsaKey, operation: operation, detail: "not an RSA key")
        }
        let bits = EVP_PKEY_get_bits(owned.pointer)
        guard bits >= shortestModulus else {
            throw CryptographyError(.rsaKey, operation: operation, detail: "the modulus has \(bits) bits")
        }
        return owned
    }

    /// The DER inside of PEM text, or of its base64 lines alone, as payment channels hand their keys out.
    static func blocks(_ text: String, bare label: String) throws -> [PEM] {
        if text.contains("-----BEGIN ") { return try PEM.blocks(in: text) }
        let lines = text.filter { !$0.isWhitespace }
        return try PEM.blocks(in: "-----BEGIN \(label)-----\n\(lines)\n-----END \(label)-----")
    }
}

extension RSASHA256 {
    /// The key that checks signatures.
    public final class PublicKey: Sendable {
        let object: SharedObject

        init(object: SharedObject) { self.object = object }

        /// A key from PEM text (`PUBLIC KEY`), or from its base64 lines alone.
        ///
        /// - Throws: ``CryptographyError`` with `cryptography.pem.format` or `cryptography.key.rsa`; a modulus below
        ///   2048 bits is refused.
        public init(pem: String) throws {
            let operation = "RSASHA256.PublicKey.init(pem:)"
            guard let block = try RSASHA256.blocks(pem, bare: "PUBLIC KEY").first(where: { $0.label == "PUBLIC KEY" })
            else { throw CryptographyError(.pemFormat, operation: operation, detail: "no public key block") }
            let key = LibCrypto.decode(block.bytes, free: EVP_PKEY_free) { d2i_PUBKEY(nil, $0, $1) }
            object = try RSASHA256.adopt(key, operation: operation)
        }

        /// The key as PEM text.
        ///
        /// - Throws: ``CryptographyError`` with `cryptography.library`.
        public func pem() throws -> String {
            PEM(
                label: "PUBLIC KEY",
                bytes: try LibCrypto.encode("RSASHA256.PublicKey.pem") { i2d_PUBKEY(object.pointer, $0) }
            ).text
        }

        /// Whether a signature is this key's over the bytes.
        public func isValid(_ signature: [UInt8], for bytes: [UInt8]) -> Bool {
            guard let context = EVP_MD_CTX_new() else { return false }
            defer {
                EVP_MD_CTX_free(context)
                ERR_clear_error()
            }
            guard EVP_DigestVerifyInit_ex(context, nil, "SHA256", nil, nil, object.pointer, nil) == 1 else {
                return false
            }
            return EVP_DigestVerify(context, signature, signature.count, bytes, bytes.count) == 1
        }
    }

    /// The key that signs; its memory is wiped by libcrypto with its last owner.
    public final class PrivateKey: Sendable {
        let object: SharedObject

        init(object: SharedObject) { self.object = object }

        /// A new key of 2048 bits.
        ///
        /// - Throws: ``CryptographyError`` with `cryptography.library`.
        public static func generate() throws -> PrivateKey {
            let operation = "RSASHA256.PrivateKey.generate"
            let context = try LibCrypto.check(EVP_PKEY_CTX_new_from_name(nil, "RSA", nil), operation)
            defer { EVP_PKEY_CTX_free(context) }
            try LibCrypto.check(EVP_PKEY_keygen_init(context), operation)
            try LibCrypto.check(EVP_PKEY_CTX_set_rsa_keygen_bits(context, shortestModulus), operation)
            var key: OpaquePointer?
            try LibCrypto.check(EVP_PKEY_generate(context, &key), operation)
            return PrivateKey(object: try adopt(key, operation: operation))
        }

        /// A key from PEM text (`PRIVATE KEY`, `RSA PRIVATE KEY`), or from the base64 lines of PKCS#8 or PKCS#1 alone.
        ///
        /// - Throws: ``CryptographyError`` with `cryptography.pem.format` or `cryptography.key.rsa`; a modulus below
        ///   2048 bits is refused.
        public init(pem: String) throws {
            let operation = "RSASHA256.PrivateKey.init(pem:)"
            let labels: Set = ["PRIVATE KEY", "RSA PRIVATE KEY"]
            guard
                let block = try RSASHA256.blocks(pem, bare: "PRIVATE KEY").first(where: { labels.contains($0.label) })
            else { throw CryptographyError(.pemFormat, operation: operation, detail: "no private key block") }
            let key = LibCrypto.decode(block.bytes, free: EVP_PKEY_free) { d2i_AutoPrivateKey(nil, $0, $1) }
            object = try RSASHA256.adopt(key, operation: operation)
        }

        /// The key as PKCS#8 in PEM text, **not encrypted**; for settings and stores that protect it themselves.
        ///
        /// - Throws: ``CryptographyError`` with `cryptography.library`.
        public func pem() throws -> String {
            let operation = "RSASHA256.PrivateKey.pem"
            let info = try LibCrypto.check(EVP_PKEY2PKCS8(object.pointer), operation)
            defer { PKCS8_PRIV_KEY_INFO_free(info) }
            return PEM(
                label: "PRIVATE KEY", bytes: try LibCrypto.encode(operation) { i2d_PKCS8_PRIV_KEY_INFO(info, $0) }
            ).text
        }

        /// The key that checks this one's signatures.
        public var publicKey: PublicKey { PublicKey(object: object) }

        /// The signature of the bytes, as long as the modulus.
        ///
        /// - Throws: ``CryptographyError`` with `cryptography.library`.
        public func sign(_ bytes: [UInt8]) throws -> [UInt8] {
            let operation = "RSASHA256.PrivateKey.sign"
            let context = try LibCrypto.check(EVP_MD_CTX_new(), operation)
            defer { EVP_MD_CTX_free(context) }
            try LibCrypto.check(
                EVP_DigestSignInit_ex(context, nil, "SHA256", nil, nil, object.pointer, nil), operation)
            var count = Int(EVP_PKEY_get_size(object.pointer))
            var signature = [UInt8](repeating: 0, count: count)
            try LibCrypto.check(EVP_DigestSign(context, &signature, &count, bytes, bytes.count), operation)
            return Array(signature.prefix(count))
        }
    }
}
