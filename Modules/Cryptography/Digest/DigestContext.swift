import CLibCrypto

/// The running state of one SM3 computation.
///
/// `@unchecked Sendable`: `SM3.Hasher` changes a context only while it is the single owner (copy on write), and reading
/// one to copy it changes nothing in it.
final class DigestContext: @unchecked Sendable {
    private let context = LibCrypto.require(EVP_MD_CTX_new(), "EVP_MD_CTX_new")

    init() {
        LibCrypto.require(EVP_DigestInit_ex2(context, Algorithms.sm3.pointer, nil), "EVP_DigestInit_ex2(SM3)")
    }

    init(copying other: DigestContext) {
        LibCrypto.require(EVP_MD_CTX_copy_ex(context, other.context), "EVP_MD_CTX_copy_ex")
    }

    func update(_ buffer: UnsafeRawBufferPointer) {
        LibCrypto.require(EVP_DigestUpdate(context, buffer.baseAddress, buffer.count), "EVP_DigestUpdate")
    }

    /// The digest; the context can't be used afterwards.
    func finish() -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: SM3.digestLength) { digest, count in
            LibCrypto.require(EVP_DigestFinal_ex(context, digest.baseAddress, nil), "EVP_DigestFinal_ex")
            count = SM3.digestLength
        }
    }

    deinit {
        EVP_MD_CTX_free(context)
    }
}
