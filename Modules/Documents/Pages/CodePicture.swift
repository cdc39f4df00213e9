/// A QR code as a picture for a page on the screen.
public enum CodePicture {
    /// An SVG of the code with its quiet zone.
    ///
    /// - Throws: ``DocumentsError`` when the text is longer than 300 bytes.
    public static func svg(_ text: String) throws -> String {
        let outline = try CodeOutline(text)
        let size = outline.size
        return """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(size) \(size)" shape-rendering="crispEdges">\
            <path fill="#fff" d="M0 0h\(size)v\(size)H0z"/><path d="\(outline.path)"/></svg>
            """
    }
}
