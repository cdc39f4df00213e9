/// Arguments in libpq's form: text for everything but blobs, which go as they are.
struct EncodedArguments {
    private var bytes: [UInt8] = []
    private var offsets: [Int?] = []
    private var lengths: [Int32] = []
    private var formats: [Int32] = []

    init(_ arguments: [SQLValue]) throws {
        for argument in arguments {
            switch argument {
            case .null:
                offsets.append(nil)
                lengths.append(0)
                formats.append(0)
            case .integer(let integer): append(text: String(integer))
            case .real(let real): append(text: String(real))
            case .text(let text): append(text: try text.refusingNUL())
            case .blob(let blob):
                offsets.append(bytes.count)
                lengths.append(Int32(blob.count))
                formats.append(1)
                bytes.append(contentsOf: blob)
                // A terminator after an empty blob keeps its pointer inside the buffer, so that it is not read as null.
                bytes.append(0)
            }
        }
    }

    private mutating func append(text: String) {
        offsets.append(bytes.count)
        lengths.append(0)
        formats.append(0)
        bytes.append(contentsOf: text.utf8)
        bytes.append(0)
    }

    func withPointers<Value>(
        _ body: (UnsafePointer<UnsafePointer<CChar>?>, UnsafePointer<Int32>, UnsafePointer<Int32>) throws -> Value
    ) rethrows -> Value {
        try bytes.withUnsafeBytes { buffer in
            let values = offsets.map { offset in
                offset.flatMap { start in
                    buffer.baseAddress.map { ($0 + start).assumingMemoryBound(to: CChar.self) }
                }
            }
            // One spare element each, so that a statement without arguments still has a pointer to pass.
            return try (values + [nil]).withUnsafeBufferPointer { values in
                try (lengths + [0]).withUnsafeBufferPointer { lengths in
                    try (formats + [0]).withUnsafeBufferPointer { formats in
                        guard let first = values.baseAddress, let length = lengths.baseAddress,
                            let format = formats.baseAddress
                        else { preconditionFailure("the spare element makes every buffer non-empty") }
                        return try body(first, length, format)
                    }
                }
            }
        }
    }
}
