import CLibCrypto

extension JOSE {
    /// The numbers of a public key, big endian.
    public enum Parameters: Sendable, Hashable {
        /// A point of the curve P-256: two coordinates of 32 bytes.
        case point(x: [UInt8], y: [UInt8])
        /// Modulus and exponent without leading zeros.
        case modulus(n: [UInt8], e: [UInt8])
    }

    /// A key that verifies signatures of one algorithm. Immutable.
    public final class PublicKey: Sendable {
        /// The one algorithm for which the key serves.
        public let algorithm: Algorithm
        /// The key's numbers.
        public let parameters: Parameters
        let object: SharedObject

        init(object: SharedObject) throws {
            self.object = object
            (algorithm, parameters) = try SigningKeyObject.describe(object.pointer)
        }

        /// A key from its numbers.
        ///
        /// - Throws: ``CryptographyError`` with `cryptography.key.signing` for a coordinate of another length, a point
        ///   that is not on the curve, leading zeros, a modulus outside 2048 to 4096 bits, or an exponent that is even,
        ///   below 65537 or longer than 32 bits.
        public convenience init(_ parameters: Parameters) throws {
            try self.init(spki: try Self.spki(of: parameters))
        }

        /// A key from a SubjectPublicKeyInfo in DER.
        ///
        /// - Throws: ``CryptographyError`` with `cryptography.key.signing` if it is anything but one sound key of P-256
        ///   or RSA.
        public convenience init(spki: [UInt8]) throws {
            let key = LibCrypto.decode(spki, free: EVP_PKEY_free) { d2i_PUBKEY(nil, $0, $1) }
            try self.init(
                object: SigningKeyObject.adopt(key, isPrivate: false, operation: "JOSE.PublicKey.init"))
        }

        /// The SubjectPublicKeyInfo in DER.
        public var spki: [UInt8] {
            get throws { try Self.spki(of: parameters) }
        }

        /// Whether `signature` is this key's signature of `message`; a malformed one is simply not valid.
        ///
        /// - Parameters:
        ///   - signature: 64 bytes `r ‖ s` for ES256, as long as the modulus for RS256.
        ///   - message: the message itself, not its digest.
        public func isValid(_ signature: [UInt8], for message: [UInt8]) -> Bool {
            switch parameters {
            case .point: return ECDSASignature(raw: signature).map { verify($0.der, message) } ?? false
            case .modulus(let n, _): return signature.count == n.count && verify(signature, message)
            }
        }

        /// As ``isValid(_:for:)``, for ES256 signatures in DER as passkeys make them (WebAuthn §6.5.5).
        public func isValid(der signature: [UInt8], for message: [UInt8]) -> Bool {
            switch parameters {
            case .point: ECDSASignature(der: signature).map { verify($0.der, message) } ?? false
            case .modulus: isValid(signature, for: message)
            }
        }

        private func verify(_ signature: [UInt8], _ message: [UInt8]) -> Bool {
            guard let context = EVP_MD_CTX_new() else { return false }
            defer {
                EVP_MD_CTX_free(context)
                ERR_clear_error()
            }
            guard EVP_DigestVerifyInit(context, nil, EVP_sha256(), nil, object.pointer) == 1 else { return false }
            return EVP_DigestVerify(context, signature, signature.count, message, message.count) == 1
        }

        private static func spki(of parameters: Parameters) throws -> [UInt8] {
            switch parameters {
            case .point(let x, let y):
                guard x.count == coordinateLength, y.count == coordinateLength else {
                    throw SigningKeyObject.malformed("a coordinate does not have 32 bytes")
                }
                return DER.sequence([
                    DER.sequence([DER.identifier("1.2.840.10045.2.1"), DER.identifier("1.2.840.10045.3.1.7")]),
                    DER.bits([0x04] + x + y),
                ])
            case .modulus(let n, let e):
                guard let first = n.first, first != 0, let lead = e.first, lead != 0, n.count <= 512, e.count <= 4
                else { throw SigningKeyObject.malformed("a number has leading zeros or is too long") }
                return DER.sequence([
                    DER.sequence([DER.identifier("1.2.840.113549.1.1.1"), [0x05, 0x00]]),
                    DER.bits(DER.sequence([DER.integer(magnitude: n), DER.integer(magnitude: e)])),
                ])
            }
        }
    }
}

extension JOSE.PublicKey: Hashable {
    public static func == (first: JOSE.PublicKey, second: JOSE.PublicKey) -> Bool {
        first.parameters == second.parameters
    }

    public func hash(into hasher: inout Hasher) { hasher.combine(parameters) }
}
