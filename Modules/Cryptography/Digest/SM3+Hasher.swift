extension SM3 {
    /// Hashes a message that arrives in pieces.
    ///
    /// A value: a copy continues on its own, so a common beginning is hashed once and shared.
    public struct Hasher: Sendable {
        private var context = DigestContext()

        /// Begins an empty message.
        public init() {}

        /// Appends a piece to the message.
        public mutating func update(_ bytes: [UInt8]) {
            bytes.withUnsafeBytes { update($0) }
        }

        /// Appends a piece to the message, without copying it.
        public mutating func update(_ buffer: UnsafeRawBufferPointer) {
            makeUnique()
            context.update(buffer)
        }

        /// The digest of the message so far: 32 bytes. The message may go on afterwards.
        public func finalize() -> [UInt8] {
            DigestContext(copying: context).finish()
        }

        /// The digest, ending the message; saves the copy that ``finalize()`` makes.
        consuming func finish() -> [UInt8] {
            makeUnique()
            return context.finish()
        }

        private mutating func makeUnique() {
            if !isKnownUniquelyReferenced(&context) {
                context = DigestContext(copying: context)
            }
        }
    }
}
