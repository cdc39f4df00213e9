/// A value of CBOR (RFC 8949) as far as passkeys need it.
public enum CBORValue: Sendable, Hashable {
    case integer(Int64)
    case bytes([UInt8])
    case text(String)
    case array([CBORValue])
    case map([CBORValue: CBORValue])
    case flag(Bool)
    case null

    /// The member of a map under a whole number, as COSE names its parameters.
    public subscript(key: Int64) -> CBORValue? {
        guard case .map(let members) = self else { return nil }
        return members[.integer(key)]
    }

    /// The member of a map under a text.
    public subscript(key: String) -> CBORValue? {
        guard case .map(let members) = self else { return nil }
        return members[.text(key)]
    }

    /// The bytes, when this is a byte string.
    public var bytes: [UInt8]? {
        guard case .bytes(let bytes) = self else { return nil }
        return bytes
    }
}
