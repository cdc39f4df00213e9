import CLibCrypto

/// SM4 in counter mode (GB/T 17964-2021 §8), the cipher inside a box; alone it protects nothing against change.
enum CounterMode {
    /// Length of an SM4 key, in bytes.
    static let keyLength = 16
    // libcrypto counts in 32 bits, so that a longer text goes in pieces, each a whole number of blocks.
    private static let piece = 1 << 30

    /// Encrypts or decrypts `input` into `output`, which must be as long as it.
    static func apply(
        key: UnsafeRawBufferPointer, nonce: [UInt8], to input: UnsafeRawBufferPointer,
        into output: UnsafeMutableRawBufferPointer
    ) throws {
        precondition(key.count == keyLength && nonce.count == SM4.nonceLength && output.count >= input.count)
        let context = try LibCrypto.check(EVP_CIPHER_CTX_new(), "EVP_CIPHER_CTX_new")
        defer { EVP_CIPHER_CTX_free(context) }
        try LibCrypto.check(
            EVP_EncryptInit_ex2(
                context, Algorithms.sm4CTR.pointer, key.baseAddress?.assumingMemoryBound(to: UInt8.self), nonce, nil),
            "EVP_EncryptInit_ex2(SM4-CTR)")
        guard let source = input.baseAddress?.assumingMemoryBound(to: UInt8.self),
            let target = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
        else { return }
        for start in stride(from: 0, to: input.count, by: piece) {
            let count = min(piece, input.count - start)
            var written: Int32 = 0
            try LibCrypto.check(
                EVP_EncryptUpdate(context, target + start, &written, source + start, Int32(count)),
                "EVP_EncryptUpdate(SM4-CTR)")
        }
    }
}
