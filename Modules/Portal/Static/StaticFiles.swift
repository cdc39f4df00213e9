import HTTPService
import PluginKit

/// The portal's own files below `/static/`: held in memory, named by what they hold, cached for ever by browsers.
struct StaticFiles: Sendable {
    struct File: Sendable {
        let bytes: [UInt8]
        let contentType: String
        let tag: String
    }

    /// The files by their path below `/static/`. Only what is in this table is ever given out, so no path can climb.
    let files: [String: File]
    /// A digest over all files.
    let version: String

    init(_ folder: ResourceFolder) throws {
        var files: [String: File] = [:]
        var digest = ContentDigest()
        for (name, bytes) in try folder.files(in: "static").sorted(by: { $0.key < $1.key }) {
            digest.update(Array(name.utf8))
            digest.update(bytes)
            files[name] = File(
                bytes: bytes, contentType: Self.contentType(of: name), tag: "\"\(ContentDigest(of: bytes).text)\"")
        }
        self.files = files
        version = digest.text
    }

    /// The route that gives them out.
    var route: HTTPRoute {
        HTTPRoute(.get, "/static/{path...}") { exchange in try reply(to: exchange) }
    }

    private func reply(to exchange: Exchange) throws -> Reply {
        guard let file = files[exchange.parameters["path"] ?? ""] else { throw Problem.notFound("这个文件") }
        let isKnown = exchange.header("If-None-Match") == file.tag
        var reply = isKnown ? Reply(304) : Reply(200, contentType: file.contentType, body: file.bytes)
        reply.setHeader("ETag", file.tag)
        // Pages name their files with the version, so that such an address never changes its content.
        let isVersioned = (try? exchange.query()["v"]?.last) == version
        reply.setHeader("Cache-Control", isVersioned ? "public, max-age=31536000, immutable" : "public, max-age=3600")
        return reply
    }

    private static func contentType(of name: String) -> String {
        switch name.split(separator: ".").last ?? "" {
        case "css": "text/css; charset=utf-8"
        case "js": "text/javascript; charset=utf-8"
        case "svg": "image/svg+xml"
        case "png": "image/png"
        case "woff2": "font/woff2"
        default: "application/octet-stream"
        }
    }
}
