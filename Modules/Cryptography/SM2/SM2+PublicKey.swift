import CLibCrypto

extension SM2 {
    /// The public half of an SM2 key pair. Immutable.
    public final class PublicKey: Sendable {
        /// The point `04 ‖ x ‖ y`: 65 bytes.
        public let point: [UInt8]
        let object: SharedObject

        // SEQUENCE { SEQUENCE { id-ecPublicKey, sm2p256v1 }, BIT STRING } up to the point (GB/T 35276-2017 §7.1).
        private static let header: [UInt8] = [
            0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01,
            0x06, 0x08, 0x2A, 0x81, 0x1C, 0xCF, 0x55, 0x01, 0x82, 0x2D, 0x03, 0x42, 0x00,
        ]

        init(object: SharedObject) throws {
            self.object = object
            point = try KeyObject.point(of: object.pointer)
        }

        /// A key from a SubjectPublicKeyInfo in DER.
        ///
        /// - Throws: ``CryptographyError`` with `cryptography.key.format` if it is anything but one SM2 key whose point
        ///   lies on the curve.
        public convenience init(spki: [UInt8]) throws {
            let key = LibCrypto.decode(spki, free: EVP_PKEY_free) { d2i_PUBKEY(nil, $0, $1) }
            try self.init(object: KeyObject.adopt(key, isPrivate: false, operation: "SM2.PublicKey.init(spki:)"))
        }

        /// A key from its point `04 ‖ x ‖ y`.
        ///
        /// - Throws: ``CryptographyError`` with `cryptography.key.format` for another length or form, or a point that is
        ///   not on the curve.
        public convenience init(point: [UInt8]) throws {
            guard point.count == 65, point[0] == 0x04 else {
                throw CryptographyError(
                    .keyFormat, operation: "SM2.PublicKey.init(point:)", detail: "not an uncompressed point")
            }
            try self.init(spki: Self.header + point)
        }

        /// A key from a PEM text with one `PUBLIC KEY` block.
        ///
        /// - Throws: ``CryptographyError`` with `cryptography.pem.format` or `cryptography.key.format`.
        public convenience init(pem: String) throws {
            guard let block = try PEM.blocks(in: pem).first(where: { $0.label == "PUBLIC KEY" }) else {
                throw CryptographyError(
                    .pemFormat, operation: "SM2.PublicKey.init(pem:)", detail: "no PUBLIC KEY block")
            }
            try self.init(spki: block.bytes)
        }

        /// The SubjectPublicKeyInfo in DER.
        public var spki: [UInt8] { Self.header + point }

        /// The SubjectPublicKeyInfo as PEM text.
        public var pem: String { PEM(label: "PUBLIC KEY", bytes: spki).text }

        /// Whether `signature` is this key's signature of `message`; a malformed signature is simply not valid.
        ///
        /// - Parameters:
        ///   - signature: strict DER, see ``SM2/Signature``.
        ///   - message: the message itself, not its digest.
        ///   - id: the signer's distinguishing identifier.
        public func verify(_ signature: [UInt8], for message: [UInt8], id: String = SM2.defaultID) -> Bool {
            guard (try? Signature(der: signature)) != nil else { return false }
            let result = try? KeyObject.withSigningContext(of: object.pointer, id: id) { context in
                try LibCrypto.check(
                    EVP_DigestVerifyInit(context, nil, Algorithms.sm3.pointer, nil, object.pointer),
                    "EVP_DigestVerifyInit")
                return EVP_DigestVerify(context, signature, signature.count, message, message.count)
            }
            ERR_clear_error()
            return result == 1
        }
    }
}

extension SM2.PublicKey: Hashable {
    public static func == (first: SM2.PublicKey, second: SM2.PublicKey) -> Bool {
        first.point == second.point
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(point)
    }
}
