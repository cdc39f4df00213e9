/// Textual encoding of keys and certificates (RFC 7468).
struct PEM: Sendable, Hashable {
    /// What the block holds, for example `CERTIFICATE`.
    let label: String
    /// The DER encoding inside.
    let bytes: [UInt8]

    /// The block with lines of 64 characters and a final line feed.
    var text: String {
        var base64 = Base64Alphabet.standard.encode(bytes)
        base64 += String(repeating: "=", count: (4 - base64.utf8.count % 4) % 4)
        var lines = ["-----BEGIN \(label)-----"]
        var rest = Substring(base64)
        while !rest.isEmpty {
            lines.append(String(rest.prefix(64)))
            rest = rest.dropFirst(64)
        }
        lines.append("-----END \(label)-----\n")
        return lines.joined(separator: "\n")
    }

    /// Every block of a text, in order; other text between blocks is skipped.
    ///
    /// - Throws: ``CryptographyError`` with `cryptography.pem.format` for a block without an end, with headers (the
    ///   obsolete encryption of RFC 1421) or with broken base64.
    static func blocks(in text: String) throws -> [PEM] {
        var blocks: [PEM] = []
        var label: Substring?
        var body: [UInt8] = []
        for line in text.split(whereSeparator: \.isNewline).map(trimmed) {
            if let opened = label {
                if line == "-----END \(opened)-----" {
                    blocks.append(PEM(label: String(opened), bytes: try decode(body)))
                    label = nil
                    body = []
                } else {
                    body += line.utf8
                }
            } else if line.hasPrefix("-----BEGIN "), line.hasSuffix("-----"), line.utf8.count > 16 {
                label = line.dropFirst(11).dropLast(5)
            }
        }
        guard label == nil else { throw malformed("a block has no end") }
        return blocks
    }

    private static func decode(_ body: [UInt8]) throws -> [UInt8] {
        let padding = body.reversed().prefix { $0 == UInt8(ascii: "=") }.count
        guard body.count.isMultiple(of: 4), padding <= 2,
            let bytes = Base64Alphabet.standard.decode(body.dropLast(padding)), !bytes.isEmpty
        else { throw malformed("a block is not base64") }
        return bytes
    }

    private static func trimmed(_ line: Substring) -> Substring {
        var line = line.drop(while: \.isWhitespace)
        while line.last?.isWhitespace == true {
            line.removeLast()
        }
        return line
    }

    private static func malformed(_ detail: String) -> CryptographyError {
        CryptographyError(.pemFormat, operation: "PEM.blocks", detail: detail)
    }
}
