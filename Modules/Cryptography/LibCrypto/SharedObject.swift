/// A libcrypto object that nobody changes any more, freed with its last owner.
///
/// `@unchecked Sendable`: the pointer is a constant, the object is complete before it is wrapped and is only read
/// afterwards, and libcrypto 3 guards its internal caches of `EVP_MD`, `EVP_CIPHER`, `EVP_PKEY` and `X509` with locks.
final class SharedObject: @unchecked Sendable {
    let pointer: OpaquePointer
    private let free: @Sendable (OpaquePointer) -> Void

    /// Takes ownership of an object.
    init(_ pointer: OpaquePointer, free: @escaping @Sendable (OpaquePointer) -> Void) {
        self.pointer = pointer
        self.free = free
    }

    deinit {
        free(pointer)
    }
}
