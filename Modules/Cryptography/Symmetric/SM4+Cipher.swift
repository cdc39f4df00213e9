extension SM4 {
    /// A key prepared for sealing and opening many boxes; its derived keys are computed once.
    public struct Cipher: Sendable, CustomStringConvertible, CustomReflectable {
        private static let version: UInt8 = 1

        private let encryptionKey: SecretBytes
        private let authenticationKey: HMACSM3.Key

        /// Derives the cipher's key and the authentication key.
        public init(_ key: SymmetricKey) {
            encryptionKey = SecretBytes(
                KeyDerivation.derive(from: key, label: "yiciban.box.1.sm4-ctr", length: CounterMode.keyLength))
            authenticationKey = HMACSM3.Key(
                KeyDerivation.derive(from: key, label: "yiciban.box.1.hmac-sm3", length: SM3.digestLength))
        }

        /// Seals a text under a fresh random nonce; see ``SM4/seal(_:key:associated:)``.
        public func seal(_ plain: [UInt8], associated: [UInt8]) throws -> [UInt8] {
            try seal(plain, associated: associated, nonce: SecureRandom.bytes(SM4.nonceLength))
        }

        /// Seals a text under a given nonce; see ``SM4/seal(_:key:associated:nonce:)``.
        public func seal(_ plain: [UInt8], associated: [UInt8], nonce: [UInt8]) throws -> [UInt8] {
            guard nonce.count == SM4.nonceLength else {
                throw CryptographyError(.nonceLength, operation: "SM4.seal", detail: "\(nonce.count) bytes given")
            }
            let length = plain.count + SM4.overhead
            return try [UInt8](unsafeUninitializedCapacity: length) { box, initialized in
                let bytes = UnsafeMutableRawBufferPointer(box)
                bytes[0] = Self.version
                bytes[1..<17].copyBytes(from: nonce)
                let text = UnsafeMutableRawBufferPointer(rebasing: bytes[17..<17 + plain.count])
                try plain.withUnsafeBytes {
                    try CounterMode.apply(key: encryptionKey.bytes, nonce: nonce, to: $0, into: text)
                }
                let authenticated = UnsafeRawBufferPointer(rebasing: bytes[0..<17 + plain.count])
                bytes[(17 + plain.count)..<length].copyBytes(from: code(of: authenticated, associated: associated))
                initialized = length
            }
        }

        /// Opens a box; see ``SM4/open(_:key:associated:)``.
        public func open(_ box: [UInt8], associated: [UInt8]) throws -> [UInt8] {
            try box.withUnsafeBytes { bytes in
                guard bytes.count >= SM4.overhead, bytes[0] == Self.version else { throw Self.unopenable }
                let end = bytes.count - SM3.digestLength
                let expected = code(of: UnsafeRawBufferPointer(rebasing: bytes[..<end]), associated: associated)
                let isGenuine = expected.withUnsafeBytes {
                    ConstantTime.equal($0, UnsafeRawBufferPointer(rebasing: bytes[end...]))
                }
                guard isGenuine else { throw Self.unopenable }
                let text = UnsafeRawBufferPointer(rebasing: bytes[17..<end])
                return try [UInt8](unsafeUninitializedCapacity: text.count) { plain, initialized in
                    try CounterMode.apply(
                        key: encryptionKey.bytes, nonce: Array(bytes[1..<17]), to: text,
                        into: UnsafeMutableRawBufferPointer(plain))
                    initialized = text.count
                }
            }
        }

        public var description: String { "SM4.Cipher(redacted)" }

        public var customMirror: Mirror { Mirror(self, children: []) }

        /// One error for every cause, so that a prober learns nothing from it.
        private static var unopenable: CryptographyError {
            CryptographyError(.boxOpen, operation: "SM4.open", detail: "authentication failed")
        }

        /// The authentication code over the version, the associated text with its length, the nonce and the cipher text.
        private func code(of box: UnsafeRawBufferPointer, associated: [UInt8]) -> [UInt8] {
            authenticationKey.authenticate { message in
                message.update(UnsafeRawBufferPointer(rebasing: box[..<1]))
                withUnsafeBytes(of: UInt64(associated.count).bigEndian) { message.update($0) }
                message.update(associated)
                message.update(UnsafeRawBufferPointer(rebasing: box[1...]))
            }
        }
    }
}
