/// A QR code as a picture for a page on the screen.
public enum CodePicture {
    /// An SVG of the code with its quiet zone of four squares.
    ///
    /// - Throws: ``DocumentsError`` when the text is longer than 300 bytes.
    public static func svg(_ text: String) throws -> String {
        let matrix = try CodeMatrix(text)
        let size = matrix.width + 8
        var path = ""
        for row in 0..<matrix.width {
            for column in 0..<matrix.width where matrix.isDark(column, row) {
                path += "M\(column + 4) \(row + 4)h1v1h-1z"
            }
        }
        return """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(size) \(size)" shape-rendering="crispEdges">\
            <path fill="#fff" d="M0 0h\(size)v\(size)H0z"/><path d="\(path)"/></svg>
            """
    }
}
