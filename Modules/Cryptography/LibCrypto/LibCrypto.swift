import CLibCrypto

/// The seam to libcrypto: results, its error queue, and DER in and out.
enum LibCrypto {
    /// Throws unless libcrypto reported success.
    ///
    /// - Parameters:
    ///   - result: a return value; 1 or more is success.
    ///   - operation: what was under way.
    ///   - code: the code to fail with.
    /// - Throws: ``CryptographyError`` with libcrypto's own reason.
    static func check(
        _ result: Int32, _ operation: String, code: CryptographyError.Code = .library
    ) throws {
        guard result > 0 else { throw failure(operation, code: code) }
    }

    /// Throws unless libcrypto returned an object.
    static func check(
        _ object: OpaquePointer?, _ operation: String, code: CryptographyError.Code = .library
    ) throws -> OpaquePointer {
        guard let object else { throw failure(operation, code: code) }
        return object
    }

    /// An error with libcrypto's last reason; the calling thread's error queue is emptied.
    static func failure(_ operation: String, code: CryptographyError.Code) -> CryptographyError {
        let reason = ERR_peek_last_error()
        ERR_clear_error()
        let detail = ERR_reason_error_string(reason).map { String(cString: $0) } ?? "no reason given"
        return CryptographyError(code, operation: operation, detail: detail)
    }

    /// Stops the process when an operation fails that can only fail for want of memory.
    ///
    /// Hashing has no failing input, so an error here would burden every caller with a case it can't answer.
    static func require(_ result: Int32, _ operation: StaticString) {
        guard result == 1 else { fatalError("libcrypto could not perform \(operation)") }
    }

    /// Stops the process when libcrypto lacks an algorithm, or memory for an object.
    static func require(_ object: OpaquePointer?, _ operation: StaticString) -> OpaquePointer {
        guard let object else { fatalError("libcrypto could not perform \(operation)") }
        return object
    }
}

extension LibCrypto {
    /// Decodes one object that must fill the bytes to the end.
    ///
    /// - Parameters:
    ///   - der: the encoding.
    ///   - free: releases an object that is followed by other bytes.
    ///   - decode: one of libcrypto's `d2i` functions.
    /// - Returns: the object, owned by the caller, or `nil` if the bytes are not exactly one object.
    static func decode(
        _ der: [UInt8], free: (OpaquePointer) -> Void,
        with decode: (UnsafeMutablePointer<UnsafePointer<UInt8>?>, Int) -> OpaquePointer?
    ) -> OpaquePointer? {
        der.withUnsafeBufferPointer { bytes in
            guard let start = bytes.baseAddress else { return nil }
            var cursor: UnsafePointer<UInt8>? = start
            let object = decode(&cursor, bytes.count)
            ERR_clear_error()
            guard let object else { return nil }
            guard cursor == start + bytes.count else {
                free(object)
                return nil
            }
            return object
        }
    }

    /// Encodes with one of libcrypto's `i2d` functions; libcrypto's buffer is wiped before it is freed.
    static func encode(
        _ operation: String, with encode: (UnsafeMutablePointer<UnsafeMutablePointer<UInt8>?>) -> Int32
    ) throws -> [UInt8] {
        var buffer: UnsafeMutablePointer<UInt8>?
        let count = encode(&buffer)
        guard count > 0, let buffer else { throw failure(operation, code: .library) }
        defer { CRYPTO_clear_free(buffer, Int(count), nil, 0) }
        return Array(UnsafeBufferPointer(start: buffer, count: Int(count)))
    }
}
