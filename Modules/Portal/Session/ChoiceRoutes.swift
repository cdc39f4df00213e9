import HTTPService
import PluginKit

/// Choices that a browser remembers.
struct ChoiceRoutes: Sendable {
    let parts: HTTPServerParts

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
