import Documents

/// With what papers are made: the templates in force and the renderer.
public struct PaperOffice: Sendable {
    public let templates: PaperTemplates
    let renderer: PageRenderer

    public init(templates: PaperTemplates) {
        self.templates = templates
        renderer = PageRenderer()
    }
}
