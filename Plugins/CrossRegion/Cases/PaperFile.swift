import PluginKit

/// A file as it came from a window, an applicant or an officer; nothing about it is trusted.
struct PaperFile: Sendable {
    let name: String
    let bytes: [UInt8]

    /// What kind of file the bytes are; nil for what isn't taken.
    var type: String? {
        let kinds: [([UInt8], String)] = [
            (Array("%PDF-".utf8), "application/pdf"), ([0xFF, 0xD8, 0xFF], "image/jpeg"),
            ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], "image/png"),
        ]
        return kinds.first { bytes.starts(with: $0.0) }?.1
    }

    /// What is wrong with it, where it stands in the form under `field`.
    func findings(_ field: String) -> [Finding] {
        if bytes.count > Wire.maximumPaper {
            return [Finding(field, "paper.size", "“\(name)”超过 \(Wire.maximumPaper >> 20) MB，请压缩后再传。")]
        }
        if type == nil { return [Finding(field, "paper.type", "“\(name)”不是 PDF、JPG 或 PNG 文件，请转换后再传。")] }
        return []
    }

    var parts: [[UInt8]] {
        stride(from: 0, to: bytes.count, by: Wire.partLength).map {
            Array(bytes[$0..<min($0 + Wire.partLength, bytes.count)])
        }
    }

    func note(slot: String) -> PaperNote {
        var note = PaperNote()
        note.slot = slot
        note.name = String(name.withoutInvisibles.trimmed.prefix(80))
        if note.name.isEmpty { note.name = slot }
        note.type = type ?? "application/octet-stream"
        note.size = bytes.count
        note.parts = parts.map(PeerDigest.of)
        return note
    }
}
