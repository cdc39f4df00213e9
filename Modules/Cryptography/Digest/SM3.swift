import CLibCrypto

/// The SM3 cryptographic hash algorithm (密码杂凑算法, GB/T 32905-2016).
public enum SM3 {
    /// Length of a digest, in bytes.
    public static let digestLength = 32
    /// Length of the block that the compression function takes, in bytes.
    static let blockLength = 64

    /// The digest of `bytes`: 32 bytes.
    public static func hash(_ bytes: [UInt8]) -> [UInt8] {
        bytes.withUnsafeBytes { hash($0) }
    }

    /// The digest of the bytes in `buffer`, without copying them: 32 bytes.
    public static func hash(_ buffer: UnsafeRawBufferPointer) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: digestLength) { digest, count in
            LibCrypto.require(
                EVP_Digest(buffer.baseAddress, buffer.count, digest.baseAddress, nil, Algorithms.sm3.pointer, nil),
                "EVP_Digest(SM3)")
            count = digestLength
        }
    }
}
