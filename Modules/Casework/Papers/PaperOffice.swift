import Documents

extension CaseworkError {
    /// What is wrong with a file that is made here.
    init(_ error: DocumentsError) {
        let isAsked = error.code == .unwritable || error.code == .tooLarge
        self.init(
            Code(rawValue: error.code.rawValue), status: isAsked ? 422 : 503, "没有做成文件", error.message)
    }
}

/// With what papers are made: the templates in force, the site's face and the renderer.
public struct PaperOffice: Sendable {
    public let templates: PaperTemplates
    let face: any PaperFace
    private let renderer: PageRenderer

    /// - Parameter face: how the site presents itself on them; nil for papers that name nobody to ask.
    public init(templates: PaperTemplates, face: (any PaperFace)? = nil) {
        self.templates = templates
        self.face = face ?? PlainPaperFace()
        renderer = PageRenderer()
    }

    /// Pages as PDF.
    ///
    /// - Throws: ``CaseworkError`` with the remedy, such as a font that is missing.
    func pdf(_ pages: PageDocument) async throws -> [UInt8] {
        do {
            return try await renderer.pdf(pages)
        } catch let error as DocumentsError {
            throw CaseworkError(error)
        }
    }
}
