import HTTPService
import PluginKit

/// Choices that a browser remembers.
struct ChoiceRoutes: Sendable {
    let parts: HTTPServerParts

    /// Remembers the reader's division and goes to its site; an empty one is the whole city's again.
    var division: HTTPRoute {
        HTTPRoute(.post, "/preferences/division", isPage: true) { exchange in
            let form = try await parts.pages.checkedForm(of: exchange)
            let wanted = form.value("division") ?? ""
            let isCode = wanted.utf8.allSatisfy { $0.isDivisionCharacter } && wanted.utf8.count <= 16
            let code = isCode ? wanted : ""
            var reply = Reply.redirect(to: code.isEmpty ? "/" : "/d/\(code)")
            reply.setCookie(parts.choiceCookie(PortalSites.cookie, code))
            return reply
        }
    }

    /// Switches between the standard and the elder edition and comes back to the page.
    var edition: HTTPRoute {
        HTTPRoute(.post, "/preferences/edition", isPage: true) { exchange in
            let form = try await parts.pages.checkedForm(of: exchange)
            var reply = Reply.redirect(to: form.value("returnTo") ?? "/")
            let edition = Edition(cookie: form.value("edition"))
            reply.setCookie(parts.choiceCookie(Edition.cookie, edition.rawValue))
            return reply
        }
    }
}

extension UInt8 {
    /// Whether it may stand in a division's code.
    fileprivate var isDivisionCharacter: Bool {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "-"): true
        default: false
        }
    }
}
