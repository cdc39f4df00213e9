import CPango

/// The fonts of a document with the characters that stand in each, embedded as subsets.
struct OFDFonts {
    private struct Entry {
        let face: OpaquePointer
        let family: String
        var characters: Set<UInt32> = []
    }

    private var entries: [Entry] = []

    /// The number of a run's font, from 0.
    mutating func number(of run: TextRun) -> Int {
        let index = entries.firstIndex { $0.face == run.face } ?? entries.count
        if index == entries.count { entries.append(Entry(face: run.face, family: run.family)) }
        entries[index].characters.formUnion(run.text.unicodeScalars.map(\.value))
        return index
    }

    /// Each font's family and its subset as a TrueType file.
    ///
    /// - Throws: ``DocumentsError`` when a font can't be cut.
    func embedded() throws -> [(family: String, bytes: [UInt8])] {
        try entries.map { entry in
            let characters = entry.characters.sorted()
            guard let blob = yc_subset(entry.face, characters, characters.count) else {
                throw DocumentsError(
                    .noFont, "字体“\(entry.family)”不能嵌入文件。请重新安装软件包 fonts-arphic-uming 和 fonts-wqy-microhei 后再试。")
            }
            defer { hb_blob_destroy(blob) }
            var length: UInt32 = 0
            let start = hb_blob_get_data(blob, &length)
            let bytes = UnsafeRawBufferPointer(start: start, count: Int(length))
            return (entry.family, Array(bytes))
        }
    }
}
