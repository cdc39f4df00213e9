import HTTPService
import PluginKit

/// The files of the faces: logos and style sheets, each at an address that changes with its content.
struct FaceFileRoutes: Sendable {
    let shelf: FaceShelf

    static func logoURL(of face: Face, _ logo: Logo) -> String { "/face/\(face.division)/logo?v=\(logo.version)" }

    static func styleURL(of face: Face, _ palette: Palette) -> String {
        "/face/\(face.division)/colours.css?v=\(palette.primary.text.dropFirst())"
    }

    var routes: [HTTPRoute] {
        [
            HTTPRoute(.get, "/face/{division}/logo") { exchange in
                guard let logo = face(exchange).logo else { throw Problem.notFound("这个徽标") }
                var reply = Self.reply(logo.bytes, logo.contentType, tag: logo.version, to: exchange)
                // Opened by itself, a drawing is a page: nothing of it may run or load anything.
                reply.setHeader("Content-Security-Policy", "default-src 'none'; sandbox")
                return reply
            },
            HTTPRoute(.get, "/face/{division}/colours.css") { exchange in
                guard let palette = face(exchange).palette else { throw Problem.notFound("这组颜色") }
                return Self.reply(
                    Array(palette.styleSheet.utf8), "text/css; charset=utf-8",
                    tag: String(palette.primary.text.dropFirst()), to: exchange)
            },
        ]
    }

    private func face(_ exchange: Exchange) -> Face { shelf.book.face(of: exchange.parameters["division"]) }

    private static func reply(_ bytes: [UInt8], _ type: String, tag: String, to exchange: Exchange) -> Reply {
        let mark = "\"\(tag)\""
        let isKnown = exchange.header("If-None-Match") == mark
        var reply = isKnown ? Reply(304) : Reply(200, contentType: type, body: bytes)
        reply.setHeader("ETag", mark)
        let isVersioned = (try? exchange.query()["v"]?.last) == tag
        reply.setHeader("Cache-Control", isVersioned ? "public, max-age=31536000, immutable" : "no-cache")
        return reply
    }
}
