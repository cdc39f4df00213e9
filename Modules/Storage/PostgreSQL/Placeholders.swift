/// Rewrites `?` placeholders to PostgreSQL's `$1`, `$2` …, leaving quoted text and comments alone.
func numberedPlaceholders(_ sql: String) -> String {
    var output: [UInt8] = []
    output.reserveCapacity(sql.utf8.count + 16)
    var number = 0
    var quote: UInt8?
    var inComment = false
    var previous: UInt8 = 0
    for byte in sql.utf8 {
        defer { previous = byte }
        if inComment {
            inComment = byte != UInt8(ascii: "\n")
        } else if let open = quote {
            if byte == open { quote = nil }
        } else if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
            quote = byte
        } else if byte == UInt8(ascii: "-"), previous == UInt8(ascii: "-") {
            inComment = true
        } else if byte == UInt8(ascii: "?") {
            number += 1
            output.append(UInt8(ascii: "$"))
            output.append(contentsOf: String(number).utf8)
            continue
        }
        output.append(byte)
    }
    return String(decoding: output, as: UTF8.self)
}
