/// A QR code (二维码) as one outline for SVG: scalable, and nothing in it that a page would have to trust.
public struct CodeOutline: Sendable, Hashable {
    /// The side of the square in modules, with the quiet zone of four around it that readers need.
    public let size: Int
    /// The dark modules as path data, one unit a module.
    public let path: String

    /// - Parameter text: what the code says; at most 300 bytes, so that a phone reads it from paper.
    /// - Throws: ``DocumentsError`` when the text is too long.
    public init(_ text: String) throws { self.init(try CodeMatrix(text)) }

    /// A code with much in it, such as a signed statement.
    ///
    /// - Parameter statement: at most 1,100 characters; capital letters, digits and ` $%*+-./:` take the least room.
    /// - Throws: ``DocumentsError`` when the text is too long.
    public init(statement: String) throws { self.init(try CodeMatrix(statement, .statement)) }

    private init(_ matrix: CodeMatrix) {
        let margin = 4
        size = matrix.width + 2 * margin
        var path = ""
        for row in 0..<matrix.width {
            var column = 0
            while column < matrix.width {
                guard matrix.isDark(column, row) else {
                    column += 1
                    continue
                }
                let start = column
                while column < matrix.width, matrix.isDark(column, row) { column += 1 }
                let run = column - start
                path += "M\(start + margin) \(row + margin)h\(run)v1h-\(run)z"
            }
        }
        self.path = path
    }
}
