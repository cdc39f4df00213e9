import CQRCode

/// A QR code as dark and light squares (GB/T 18284).
struct CodeMatrix {
    let width: Int
    private let cells: [UInt8]

    /// - Throws: ``DocumentsError`` when the text is too long for a code that a phone reads from paper.
    init(_ text: String) throws {
        guard text.utf8.count <= 300, let code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M) else {
            throw DocumentsError(.tooLarge, "二维码的内容过长（\(text.utf8.count) 字节）。请改短查询地址，不超过 300 字节。")
        }
        defer { QRcode_free(code) }
        width = Int(code.pointee.width)
        cells = Array(UnsafeBufferPointer(start: code.pointee.data, count: width * width))
    }

    func isDark(_ column: Int, _ row: Int) -> Bool { cells[row * width + column] & 1 == 1 }
}
