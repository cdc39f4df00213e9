/// The SM2 elliptic curve signature algorithm with SM3 (椭圆曲线公钥密码算法, GB/T 32918-2016), on its standard curve.
public enum SM2 {
    /// The signer's distinguishing identifier when none is agreed (GB/T 35276-2017 §10).
    public static let defaultID = "1234567812345678"
    /// Length of one coordinate, scalar, or half of a signature, in bytes.
    static let scalarLength = 32
    /// Longest identifier, in bytes: its length in bits must fit 16 bits (GB/T 32918.2 §5.5), and libcrypto refuses the
    /// 8191 bytes that just would.
    static let maximumIDLength = 8190

    /// The order of the curve's base point, big endian (GB/T 32918.5 §2).
    static let order: [UInt8] = [
        0xFF, 0xFF, 0xFF, 0xFE, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
        0x72, 0x03, 0xDF, 0x6B, 0x21, 0xC6, 0x05, 0x2B, 0x53, 0xBB, 0xF4, 0x09, 0x39, 0xD5, 0x41, 0x23,
    ]
}
