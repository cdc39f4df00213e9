import CQRCode

/// A QR code as dark and light squares (GB/T 18284).
struct CodeMatrix {
    let width: Int
    private let cells: [UInt8]

    /// How much a code says.
    enum Density {
        /// An address: few and large squares, that a phone reads from worn paper.
        case paper
        /// A signed statement in the characters that a code packs best; read from a screen or from clean paper.
        case statement

        var limit: Int { self == .paper ? 300 : 1100 }
    }

    /// - Throws: ``DocumentsError`` when the text is too long for a code of that density.
    init(_ text: String, _ density: Density = .paper) throws {
        let code =
            switch density {
            case .paper: QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M)
            case .statement: QRcode_encodeString(text, 0, QR_ECLEVEL_L, QR_MODE_8, 1)
            }
        guard text.utf8.count <= density.limit, let code else {
            throw DocumentsError(
                .tooLarge, "二维码的内容过长（\(text.utf8.count) 字节）。请改短，不超过 \(density.limit) 字节。")
        }
        defer { QRcode_free(code) }
        width = Int(code.pointee.width)
        cells = Array(UnsafeBufferPointer(start: code.pointee.data, count: width * width))
    }

    func isDark(_ column: Int, _ row: Int) -> Bool { cells[row * width + column] & 1 == 1 }
}
