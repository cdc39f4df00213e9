import Documents

extension CaseworkError {
    /// What is wrong with a file that is made here.
    init(_ error: DocumentsError) {
        let isAsked = error.code == .unwritable || error.code == .tooLarge
        self.init(
            Code(rawValue: error.code.rawValue), status: isAsked ? 422 : 503, "没有做成文件", error.message)
    }
}

/// With what papers are made: the templates in force and the renderer.
public struct PaperOffice: Sendable {
    public let templates: PaperTemplates
    private let renderer: PageRenderer

    public init(templates: PaperTemplates) {
        self.templates = templates
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
