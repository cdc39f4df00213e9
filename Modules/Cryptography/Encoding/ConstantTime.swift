import CLibCrypto

/// Comparison whose duration tells nothing about where two secrets differ.
public enum ConstantTime {
    /// Whether two byte strings are equal; only their lengths influence the duration.
    public static func equal(_ first: [UInt8], _ second: [UInt8]) -> Bool {
        first.count == second.count && CRYPTO_memcmp(first, second, first.count) == 0
    }

    static func equal(_ first: UnsafeRawBufferPointer, _ second: UnsafeRawBufferPointer) -> Bool {
        guard first.count == second.count else { return false }
        return first.isEmpty || CRYPTO_memcmp(first.baseAddress, second.baseAddress, first.count) == 0
    }
}
