import CLibCrypto

extension JOSE {
    /// A key pair that signs with one algorithm. Immutable; shows nothing of itself when printed or dumped.
    public final class PrivateKey: Sendable, CustomStringConvertible, CustomReflectable {
        /// The public half.
        public let publicKey: PublicKey
        private let object: SharedObject

        private init(object: SharedObject) throws {
            self.object = object
            publicKey = try PublicKey(object: object)
        }

        /// A new random key pair; RSA keys have 2048 bits. Never call it inside a storage write closure.
        ///
        /// - Throws: ``CryptographyError`` with `cryptography.library` if libcrypto fails.
        public static func generate(_ algorithm: Algorithm) throws -> PrivateKey {
            let operation = "JOSE.PrivateKey.generate"
            let context = try LibCrypto.check(
                EVP_PKEY_CTX_new_from_name(nil, algorithm == .es256 ? "EC" : "RSA", nil), operation)
            defer { EVP_PKEY_CTX_free(context) }
            try LibCrypto.check(EVP_PKEY_keygen_init(context), operation)
            switch algorithm {
            case .es256:
                try LibCrypto.check(EVP_PKEY_CTX_set_group_name(context, "P-256"), operation)
            case .rs256:
                try LibCrypto.check(EVP_PKEY_CTX_set_rsa_keygen_bits(context, 2048), operation)
            }
            var key: OpaquePointer?
            try LibCrypto.check(EVP_PKEY_generate(context, &key), operation)
            return try PrivateKey(object: SharedObject(try LibCrypto.check(key, operation)) { EVP_PKEY_free($0) })
        }

        /// A key pair from PKCS#8, SEC 1 or PKCS#1 in DER.
        ///
        /// - Throws: ``CryptographyError`` with `cryptography.key.signing` if it is anything but one sound key pair.
        public convenience init(der: [UInt8]) throws {
            let key = LibCrypto.decode(der, free: EVP_PKEY_free) { d2i_AutoPrivateKey(nil, $0, $1) }
            try self.init(
                object: SigningKeyObject.adopt(key, isPrivate: true, operation: "JOSE.PrivateKey.init(der:)"))
        }

        /// The key pair as PKCS#8 in DER, **not encrypted**; for stores that encrypt by themselves.
        ///
        /// - Throws: ``CryptographyError`` with `cryptography.library` if libcrypto fails.
        public func der() throws -> [UInt8] {
            let operation = "JOSE.PrivateKey.der"
            let info = try LibCrypto.check(EVP_PKEY2PKCS8(object.pointer), operation)
            defer { PKCS8_PRIV_KEY_INFO_free(info) }
            return try LibCrypto.encode(operation) { i2d_PKCS8_PRIV_KEY_INFO(info, $0) }
        }

        /// Signs a message.
        ///
        /// - Returns: 64 bytes `r ‖ s` for ES256, as many bytes as the modulus has for RS256.
        /// - Throws: ``CryptographyError`` with `cryptography.library` if libcrypto fails.
        public func sign(_ message: [UInt8]) throws -> [UInt8] {
            let operation = "JOSE.PrivateKey.sign"
            let context = try LibCrypto.check(EVP_MD_CTX_new(), operation)
            defer { EVP_MD_CTX_free(context) }
            try LibCrypto.check(EVP_DigestSignInit(context, nil, EVP_sha256(), nil, object.pointer), operation)
            var length = 0
            try LibCrypto.check(EVP_DigestSign(context, nil, &length, message, message.count), operation)
            var signature = [UInt8](repeating: 0, count: length)
            try LibCrypto.check(EVP_DigestSign(context, &signature, &length, message, message.count), operation)
            signature.removeLast(signature.count - length)
            guard publicKey.algorithm == .es256 else { return signature }
            guard let parsed = ECDSASignature(der: signature) else {
                throw CryptographyError(.library, operation: operation, detail: "an unreadable signature")
            }
            return parsed.raw
        }

        public var description: String { "JOSE.PrivateKey(redacted)" }

        public var customMirror: Mirror { Mirror(self, children: []) }
    }
}
