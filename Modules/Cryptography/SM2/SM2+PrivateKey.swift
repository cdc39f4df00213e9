import CLibCrypto

extension SM2 {
    /// An SM2 key pair. Immutable; shows nothing of itself when printed or dumped.
    public final class PrivateKey: Sendable, CustomStringConvertible, CustomReflectable {
        /// The public half.
        public let publicKey: PublicKey
        let object: SharedObject

        init(object: SharedObject) throws {
            self.object = object
            publicKey = try PublicKey(point: KeyObject.point(of: object.pointer))
        }

        /// A new random key pair. Never call it inside a storage write closure, which may run more than once.
        ///
        /// - Throws: ``CryptographyError`` with `cryptography.library` if libcrypto fails.
        public static func generate() throws -> PrivateKey {
            let operation = "SM2.PrivateKey.generate"
            let context = try LibCrypto.check(EVP_PKEY_CTX_new_from_name(nil, "SM2", nil), operation)
            defer { EVP_PKEY_CTX_free(context) }
            try LibCrypto.check(EVP_PKEY_keygen_init(context), operation)
            var key: OpaquePointer?
            try LibCrypto.check(EVP_PKEY_generate(context, &key), operation)
            let object = SharedObject(try LibCrypto.check(key, operation)) { EVP_PKEY_free($0) }
            return try PrivateKey(object: object)
        }

        /// Signs a message.
        ///
        /// - Parameters:
        ///   - message: the message itself; SM3 and the identifier's digest are applied here.
        ///   - id: the signer's distinguishing identifier.
        /// - Returns: the signature in DER; ``SM2/Signature`` converts it to `r ‖ s`.
        /// - Throws: ``CryptographyError`` with `cryptography.identifier.length` or `cryptography.library`.
        public func sign(_ message: [UInt8], id: String = SM2.defaultID) throws -> [UInt8] {
            try KeyObject.withSigningContext(of: object.pointer, id: id) { context in
                try LibCrypto.check(
                    EVP_DigestSignInit(context, nil, Algorithms.sm3.pointer, nil, object.pointer),
                    "EVP_DigestSignInit")
                // SEQUENCE of two INTEGERs of at most 33 bytes.
                var length = 72
                var signature = [UInt8](repeating: 0, count: length)
                try LibCrypto.check(
                    EVP_DigestSign(context, &signature, &length, message, message.count), "EVP_DigestSign")
                signature.removeLast(signature.count - length)
                return signature
            }
        }

        public var description: String { "SM2.PrivateKey(redacted)" }

        public var customMirror: Mirror { Mirror(self, children: []) }
    }
}
