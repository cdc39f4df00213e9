import CLibCrypto

/// Bytes that are wiped when their last owner lets go of them.
///
/// `@unchecked Sendable`: the memory is written once, before `init` returns, and only read afterwards.
final class SecretBytes: @unchecked Sendable {
    private let storage: UnsafeMutableRawBufferPointer

    /// Copies the bytes; the caller's own copy is the caller's to wipe.
    init(_ bytes: UnsafeRawBufferPointer) {
        storage = .allocate(byteCount: bytes.count, alignment: 1)
        storage.copyMemory(from: bytes)
    }

    /// Fills `count` bytes in place, so that the secret never exists elsewhere.
    init(count: Int, fill: (UnsafeMutableRawBufferPointer) -> Void) {
        storage = .allocate(byteCount: count, alignment: 1)
        fill(storage)
    }

    convenience init(_ bytes: [UInt8]) {
        self.init(count: bytes.count) { $0.copyBytes(from: bytes) }
    }

    var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(storage) }

    var count: Int { storage.count }

    deinit {
        OPENSSL_cleanse(storage.baseAddress, storage.count)
        storage.deallocate()
    }
}
