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

/// A QR code as a picture for pages.
public enum CodePicture {
    /// The code of a text as SVG, with the quiet zone that readers need.
    ///
    /// - Throws: ``DocumentsError`` when the text is longer than 300 bytes.
    public static func svg(_ text: String) throws -> String {
        let matrix = try CodeMatrix(text)
        var path = ""
        for row in 0..<matrix.width {
            for column in 0..<matrix.width where matrix.isDark(column, row) {
                path += "M\(column + 4) \(row + 4)h1v1h-1z"
            }
        }
        let side = matrix.width + 8
        return
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 \(side) \(side)\"><rect width=\"\(side)\" height=\"\(side)\" fill=\"#fff\"/><path d=\"\(path)\"/></svg>"
    }
}
