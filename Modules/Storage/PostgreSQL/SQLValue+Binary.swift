extension SQLValue {
    /// Reads a value in PostgreSQL's binary form.
    ///
    /// - Parameters:
    ///   - bytes: the value as it came.
    ///   - type: the type's object identifier, as in PostgreSQL's `pg_type`.
    init(_ bytes: UnsafeRawBufferPointer, type: UInt32) {
        switch type {
        case 16: self = .integer(bytes.first == 0 ? 0 : 1)
        case 20: self = .integer(Int64(bitPattern: bytes.bigEndian(as: UInt64.self)))
        case 21: self = .integer(Int64(Int16(bitPattern: bytes.bigEndian(as: UInt16.self))))
        case 23: self = .integer(Int64(Int32(bitPattern: bytes.bigEndian(as: UInt32.self))))
        case 26: self = .integer(Int64(bytes.bigEndian(as: UInt32.self)))
        case 700: self = .real(Double(Float(bitPattern: bytes.bigEndian(as: UInt32.self))))
        case 701: self = .real(Double(bitPattern: bytes.bigEndian(as: UInt64.self)))
        case 1700: self = .real(bytes.numeric)
        case 17: self = .blob(Array(bytes))
        default: self = .text(String(decoding: bytes, as: UTF8.self))
        }
    }
}

extension UnsafeRawBufferPointer {
    fileprivate func bigEndian<Number: FixedWidthInteger>(as type: Number.Type, at offset: Int = 0) -> Number {
        guard offset + MemoryLayout<Number>.size <= count else { return 0 }
        return Number(bigEndian: loadUnaligned(fromByteOffset: offset, as: Number.self))
    }

    /// A `numeric`: digits to the base of 10,000 after their number, the first one's weight, the sign and the scale.
    fileprivate var numeric: Double {
        let digits = Int(bigEndian(as: UInt16.self))
        let weight = Int(Int16(bitPattern: bigEndian(as: UInt16.self, at: 2)))
        let sign = bigEndian(as: UInt16.self, at: 4)
        if sign == 0xC000 { return .nan }
        var value = 0.0
        for digit in 0..<digits { value = value * 10_000 + Double(bigEndian(as: UInt16.self, at: 8 + 2 * digit)) }
        for _ in 0..<Swift.max(0, weight + 1 - digits) { value *= 10_000 }
        for _ in 0..<Swift.max(0, digits - weight - 1) { value /= 10_000 }
        return sign == 0x4000 ? -value : value
    }
}
