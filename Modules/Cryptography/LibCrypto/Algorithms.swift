import CLibCrypto

/// The algorithms, fetched from libcrypto once, since a fetch by name costs more than hashing a short text.
///
/// Each constant is immutable and lives as long as the process. A libcrypto without SM3 or SM4 stops the process at
/// the first use; ``CryptographySelfTest`` finds that at the start.
enum Algorithms {
    static let sm3 = SharedObject(
        LibCrypto.require(EVP_MD_fetch(nil, "SM3", nil), "EVP_MD_fetch(SM3)"), free: { EVP_MD_free($0) })

    static let sm4CTR = SharedObject(
        LibCrypto.require(EVP_CIPHER_fetch(nil, "SM4-CTR", nil), "EVP_CIPHER_fetch(SM4-CTR)"),
        free: { EVP_CIPHER_free($0) })

    static let sm4CBC = SharedObject(
        LibCrypto.require(EVP_CIPHER_fetch(nil, "SM4-CBC", nil), "EVP_CIPHER_fetch(SM4-CBC)"),
        free: { EVP_CIPHER_free($0) })

    static let aes256GCM = SharedObject(
        LibCrypto.require(EVP_CIPHER_fetch(nil, "AES-256-GCM", nil), "EVP_CIPHER_fetch(AES-256-GCM)"),
        free: { EVP_CIPHER_free($0) })
}
