/// One element of a DER encoding (X.690; GB/T 16263.1): its tag, its content, and the bytes of the whole.
public struct DERElement: Sendable, Hashable {
    public let tag: UInt8
    public let content: ArraySlice<UInt8>
    /// Tag, length and content, as they were read: what a signature is verified over, never a re-encoding.
    public let bytes: ArraySlice<UInt8>
}

/// The tags that the structures of seals and certificates use.
public enum DERTag {
    public static let boolean: UInt8 = 0x01
    public static let integer: UInt8 = 0x02
    public static let bitString: UInt8 = 0x03
    public static let octetString: UInt8 = 0x04
    public static let null: UInt8 = 0x05
    public static let objectIdentifier: UInt8 = 0x06
    public static let enumerated: UInt8 = 0x0A
    public static let utf8String: UInt8 = 0x0C
    public static let printableString: UInt8 = 0x13
    public static let ia5String: UInt8 = 0x16
    public static let utcTime: UInt8 = 0x17
    public static let generalizedTime: UInt8 = 0x18
    public static let sequence: UInt8 = 0x30
    public static let set: UInt8 = 0x31

    /// A constructed, context-specific tag `[number]`.
    public static func context(_ number: UInt8) -> UInt8 { 0xA0 | number }
}
