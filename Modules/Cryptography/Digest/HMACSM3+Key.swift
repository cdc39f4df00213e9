import CLibCrypto

extension HMACSM3 {
    /// A key with both padded blocks already hashed, so that each code costs little more than one hash of the message.
    public struct Key: Sendable, CustomStringConvertible, CustomReflectable {
        private let inner: SM3.Hasher
        private let outer: SM3.Hasher

        /// Prepares a key of any length; one longer than 64 bytes is hashed first.
        public init(_ bytes: [UInt8]) {
            self = bytes.withUnsafeBytes { Key(buffer: $0) }
        }

        /// Prepares a symmetric key.
        public init(_ key: SymmetricKey) {
            self = key.withUnsafeBytes { Key(buffer: $0) }
        }

        init(buffer: UnsafeRawBufferPointer) {
            var block = [UInt8](repeating: 0, count: SM3.blockLength)
            defer { OPENSSL_cleanse(&block, block.count) }
            if buffer.count > SM3.blockLength {
                block.replaceSubrange(0..<SM3.digestLength, with: SM3.hash(buffer))
            } else {
                block.replaceSubrange(0..<buffer.count, with: buffer)
            }
            inner = Self.begun(with: &block, mask: 0x36)
            outer = Self.begun(with: &block, mask: 0x5C)
        }

        /// The code of the message that `body` feeds in: 32 bytes.
        func authenticate(_ body: (inout SM3.Hasher) throws -> Void) rethrows -> [UInt8] {
            var message = inner
            try body(&message)
            var result = outer
            result.update(message.finish())
            return result.finish()
        }

        public var description: String { "HMACSM3.Key(redacted)" }

        public var customMirror: Mirror { Mirror(self, children: []) }

        private static func begun(with block: inout [UInt8], mask: UInt8) -> SM3.Hasher {
            for index in block.indices {
                block[index] ^= mask
            }
            defer {
                for index in block.indices {
                    block[index] ^= mask
                }
            }
            var hasher = SM3.Hasher()
            hasher.update(block)
            return hasher
        }
    }
}
