import Mustache
import PluginKit
import Synchronization

/// All templates, parsed once; the texts of plugins' pages are parsed when they are first shown.
struct TemplateShelf: Sendable {
    private let library: MustacheLibrary
    private let plugins = PluginTemplates()

    /// - Parameter files: the texts by their path without the ending, such as `partials/head`.
    /// - Throws: ``PortalError`` naming the template that can't be parsed.
    init(_ files: [String: String]) throws {
        var templates: [String: MustacheTemplate] = [:]
        for (name, text) in files { templates[name] = try Self.parse(text, name) }
        library = MustacheLibrary(templates: templates)
    }

    /// The templates of a resource folder.
    init(_ folder: ResourceFolder) throws {
        var texts: [String: String] = [:]
        for (name, bytes) in try folder.files(in: "templates") where name.hasSuffix(".mustache") {
            texts[String(name.dropLast(".mustache".count))] = String(decoding: bytes, as: UTF8.self)
        }
        try self.init(texts)
    }

    /// Renders a template.
    ///
    /// - Throws: ``PortalError`` for an unknown name or a plugin's text that can't be parsed.
    func render(_ template: Template, _ page: RenderedPage) throws -> String {
        switch template {
        case .named(let name):
            guard let text = library.render(page, withTemplate: name) else { throw PortalError.unknownTemplate(name) }
            return text
        case .text(let text):
            return try plugins.template(for: text) {
                try Self.parse("{{> partials/head}}\n{{> partials/main}}\n\(text)\n{{> partials/foot}}\n", "插件页面")
            }.render(page, library: library)
        }
    }

    private static func parse(_ text: String, _ name: String) throws -> MustacheTemplate {
        do { return try MustacheTemplate(string: text) } catch {
            throw PortalError.malformedTemplate(name, "\(error)")
        }
    }
}

/// The parsed texts of plugins' pages. A plugin has a few fixed ones; the bound is for one that makes them up.
private final class PluginTemplates: Sendable {
    private let known = Mutex<[String: MustacheTemplate]>([:])
    private let capacity = 200

    func template(for text: String, parse: () throws -> MustacheTemplate) throws -> MustacheTemplate {
        if let template = known.withLock({ $0[text] }) { return template }
        let template = try parse()
        known.withLock { known in
            if known.count >= capacity { known.removeAll() }
            known[text] = template
        }
        return template
    }
}
