extension FieldCipher {
    /// Seals a whole value; see ``CompactCoding`` and ``seal(_:context:seed:)``.
    public func sealDocument(_ value: some Encodable, context: String, seed: Seed) throws -> [UInt8] {
        try seal(try CompactCoding.encode(value), context: context, seed: seed)
    }

    /// Opens a sealed value, also one that was sealed as JSON; see ``open(_:context:)``.
    ///
    /// - Throws: also `DecodingError`, when the bytes don't hold such a value.
    public func openDocument<Value: Decodable>(
        _ type: Value.Type, _ sealed: [UInt8], context: String
    ) throws -> Value {
        try CompactCoding.decode(type, from: try open(sealed, context: context))
    }

    /// As ``openDocument(_:_:context:)``, for a value that states itself how it is read.
    public func openDocument<Value: CompactValue>(
        _ type: Value.Type, _ sealed: [UInt8], context: String
    ) throws -> Value {
        try CompactCoding.decode(type, from: try open(sealed, context: context))
    }
}
