extension SM2 {
    /// A signature as its two numbers, for conversion between the DER form (GB/T 35276-2017 §7.3) and `r ‖ s`.
    public struct Signature: Sendable, Hashable {
        /// The 64 bytes `r ‖ s`, big endian.
        public let raw: [UInt8]

        /// A signature from 64 bytes `r ‖ s`.
        ///
        /// - Throws: ``CryptographyError`` with `cryptography.signature.format` for another length, or unless both
        ///   numbers lie between 1 and n − 1 (GB/T 32918.2 §7.1).
        public init(raw: [UInt8]) throws {
            guard raw.count == 2 * scalarLength else { throw Self.malformed("not 64 bytes") }
            for half in [raw.prefix(scalarLength), raw.suffix(scalarLength)] {
                guard half.contains(where: { $0 != 0 }), half.lexicographicallyPrecedes(order) else {
                    throw Self.malformed("r or s is out of range")
                }
            }
            self.raw = raw
        }

        /// A signature from its DER form, read strictly: each signature has exactly one encoding.
        ///
        /// - Throws: ``CryptographyError`` with `cryptography.signature.format` for trailing bytes, a negative or
        ///   padded number, a long-form length, or a number out of range.
        public init(der: [UInt8]) throws {
            var rest = der[...]
            guard var body = Self.element(tag: 0x30, in: &rest), rest.isEmpty,
                let first = Self.element(tag: 0x02, in: &body),
                let second = Self.element(tag: 0x02, in: &body), body.isEmpty
            else { throw Self.malformed("not a DER sequence of two integers") }
            try self.init(raw: Self.scalar(first) + Self.scalar(second))
        }

        /// The DER form.
        public var der: [UInt8] {
            let body = Self.integer(raw.prefix(scalarLength)) + Self.integer(raw.suffix(scalarLength))
            return [0x30, UInt8(body.count)] + body
        }

        /// Takes the element off the front; `nil` for another tag, a long-form length or a lack of bytes.
        private static func element(tag: UInt8, in bytes: inout ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
            guard bytes.popFirst() == tag, let length = bytes.popFirst(), length < 0x80, bytes.count >= length else {
                return nil
            }
            defer { bytes = bytes.dropFirst(Int(length)) }
            return bytes.prefix(Int(length))
        }

        /// The 32 bytes of a non-negative, minimally encoded INTEGER.
        private static func scalar(_ content: ArraySlice<UInt8>) throws -> [UInt8] {
            guard let first = content.first else { throw malformed("an empty integer") }
            guard first < 0x80 else { throw malformed("a negative integer") }
            let magnitude = first == 0 && content.count > 1 ? content.dropFirst() : content
            if magnitude.count < content.count, let next = magnitude.first, next < 0x80 {
                throw malformed("a padded integer")
            }
            guard magnitude.count <= scalarLength else { throw malformed("an integer of more than 32 bytes") }
            return [UInt8](repeating: 0, count: scalarLength - magnitude.count) + magnitude
        }

        private static func integer(_ scalar: ArraySlice<UInt8>) -> [UInt8] {
            var content = Array(scalar.drop { $0 == 0 })
            if let first = content.first, first >= 0x80 {
                content.insert(0, at: 0)
            }
            return [0x02, UInt8(content.count)] + content
        }

        private static func malformed(_ detail: String) -> CryptographyError {
            CryptographyError(.signatureFormat, operation: "SM2.Signature.init", detail: detail)
        }
    }
}
