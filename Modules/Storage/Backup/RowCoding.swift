/// Rows in a backup: each value led by its kind, so that what comes back is what was there, on either database.
enum RowCoding {
    private enum Kind: UInt8 {
        case null, integer, real, text, blob
    }

    static func append(_ values: [SQLValue], to bytes: inout [UInt8]) {
        for value in values {
            switch value {
            case .null: bytes.append(Kind.null.rawValue)
            case .integer(let integer): append(.integer, UInt64(bitPattern: integer), to: &bytes)
            case .real(let real): append(.real, real.bitPattern, to: &bytes)
            case .text(let text):
                append(.text, UInt64(text.utf8.count), to: &bytes)
                bytes.append(contentsOf: text.utf8)
            case .blob(let blob):
                append(.blob, UInt64(blob.count), to: &bytes)
                bytes.append(contentsOf: blob)
            }
        }
    }

    /// - Returns: nil when the bytes are not whole rows of that many columns.
    static func rows(_ bytes: [UInt8], columns: Int) -> [[SQLValue]]? {
        guard columns > 0 else { return nil }
        var rest = bytes[...]
        var rows: [[SQLValue]] = []
        while !rest.isEmpty {
            var row: [SQLValue] = []
            row.reserveCapacity(columns)
            for _ in 0..<columns {
                guard let value = value(&rest) else { return nil }
                row.append(value)
            }
            rows.append(row)
        }
        return rows
    }

    private static func append(_ kind: Kind, _ number: UInt64, to bytes: inout [UInt8]) {
        bytes.append(kind.rawValue)
        withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
    }

    private static func value(_ rest: inout ArraySlice<UInt8>) -> SQLValue? {
        guard let kind = rest.popFirst().flatMap(Kind.init) else { return nil }
        if kind == .null { return .null }
        guard rest.count >= 8 else { return nil }
        let number = rest.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        rest = rest.dropFirst(8)
        switch kind {
        case .null: return .null
        case .integer: return .integer(Int64(bitPattern: number))
        case .real: return .real(Double(bitPattern: number))
        case .text, .blob:
            guard let count = Int(exactly: number), rest.count >= count else { return nil }
            defer { rest = rest.dropFirst(count) }
            if kind == .blob { return .blob(Array(rest.prefix(count))) }
            return String(validating: rest.prefix(count), as: UTF8.self).map(SQLValue.text)
        }
    }
}
