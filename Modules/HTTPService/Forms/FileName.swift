/// Names of files as they travel in headers: nothing that comes from outside is trusted, nothing leaves unescaped.
enum FileName {
    /// What a file without a usable name is called.
    static let unnamed = "未命名文件"

    /// The last part of a path, without control and reserved characters, at most 120 characters.
    static func sanitise(_ name: String) -> String {
        let last = name.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last ?? ""
        let kept = last.unicodeScalars.filter { scalar in
            switch scalar.properties.generalCategory {
            case .control, .format, .surrogate, .privateUse, .lineSeparator, .paragraphSeparator: false
            default: !"<>:\"|?*".unicodeScalars.contains(scalar)
            }
        }
        var text = String(String.UnicodeScalarView(kept)).trimmingSpace
        while text.hasPrefix(".") { text.removeFirst() }
        if text.count > 120 {
            // The ending says what kind of file it is, so the middle goes.
            text = String(text.prefix(100)) + String(text.suffix(20))
        }
        return text.isEmpty ? unnamed : text
    }

    /// The name in a `Content-Disposition` header (RFC 6266): `filename*` first, then `filename`.
    ///
    /// - Returns: nil when the header names no file or is malformed.
    static func parse(disposition header: String) -> String? {
        guard let parameters = HeaderParameters(header)?.parameters else { return nil }
        if let extended = parameters["filename*"] {
            let parts = extended.split(separator: "'", maxSplits: 2, omittingEmptySubsequences: false)
            if parts.count == 3, parts[0].lowercased() == "utf-8" {
                return PercentCoding.decode(parts[2].utf8, plusIsSpace: false)
            }
        }
        return parameters["filename"]
    }

    /// The header that gives a file to download, with a plain ASCII name for old browsers.
    static func disposition(_ name: String, inline: Bool) -> String {
        let name = sanitise(name)
        let ascii = String(
            decoding: name.utf8.map { byte -> UInt8 in
                byte < 0x20 || byte > 0x7E || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
                    ? UInt8(ascii: "_") : byte
            }, as: UTF8.self)
        return
            "\(inline ? "inline" : "attachment"); filename=\"\(ascii)\"; filename*=UTF-8''\(PercentCoding.encode(name))"
    }
}
