import CLibCrypto

/// Random bytes fit for keys, nonces and tokens, from libcrypto's generator seeded by the system.
public enum SecureRandom {
    /// `count` random bytes.
    ///
    /// Stops the process if the system has no entropy: there is no safe way to go on. Never call it inside a storage
    /// write closure, which may run more than once.
    public static func bytes(_ count: Int) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            fill(UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[0..<count]))
            initialized = count
        }
    }

    static func fill(_ buffer: UnsafeMutableRawBufferPointer) {
        guard let start = buffer.baseAddress, buffer.count > 0 else { return }
        LibCrypto.require(
            RAND_bytes_ex(nil, start.assumingMemoryBound(to: UInt8.self), buffer.count, 0), "RAND_bytes_ex")
    }
}
