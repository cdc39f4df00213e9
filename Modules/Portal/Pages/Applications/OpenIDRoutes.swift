import HTTPService
import PluginKit

/// Entering other systems with the account here, and signing out from there: what leads the browser out of this site.
struct OpenIDRoutes: Sendable {
    let services: PortalServices
    let renderer: PortalRenderer
    let parts: HTTPServerParts

    private static let authorize = "/openid/authorize"
    private static let logout = "/openid/logout"
    /// The field that our own forms send; a system that posts a request has none.
    private static let decision = "decision"

    var routes: [HTTPRoute] {
        [
            HTTPRoute(.get, Self.authorize, isPage: true) { exchange in try await enter(exchange) },
            HTTPRoute(.post, Self.authorize, isPage: true) { exchange in try await decide(exchange) },
            HTTPRoute(.get, Self.logout, isPage: true) { exchange in try await leave(exchange) },
            HTTPRoute(.post, Self.logout, isPage: true) { exchange in try await confirmLeaving(exchange) },
        ]
    }

    // MARK: Entering

    private func enter(_ exchange: Exchange) async throws -> Reply {
        switch try await services.openID.authorize(try exchange.query(), by: exchange.act) {
        case .leave(let address): return .leave(to: address)
        case .signIn(let path):
            let again = exchange.actor.kind == .anonymous ? "" : "&again=1"
            return .redirect(to: ReturnPath.signIn(returningTo: path) + again)
        case .consent(let question):
            var reply = try await parts.pages.reply(to: exchange) { context in
                try await renderer.render(.named("authorize"), Self.model(question, exchange), in: context)
            }
            if let origin = await services.openID.destination(ofPath: exchange.returnPath) {
                reply.allowForms(to: origin)
            }
            return reply
        }
    }

    private static func model(_ question: ConsentQuestion, _ exchange: Exchange) -> ViewModel {
        .record([
            "pageTitle": "登录\(question.client)", "client": question.client, "host": question.host,
            "account": exchange.actor.displayName, "isMore": !question.known.isEmpty,
            "scopes": question.scopes.map { scope in
                ViewModel.record(["title": scope.title, "isNew": !question.known.contains(scope)])
            },
            "action": exchange.returnPath, "decision": decision,
        ])
    }

    private func decide(_ exchange: Exchange) async throws -> Reply {
        let (form, isOurs) = try await parts.pages.form(of: exchange)
        guard isOurs else { return asAddress(form, Self.authorize) }
        return .leave(
            to: try await services.openID.decide(
                try exchange.query(), agrees: form.value(Self.decision) == "agree", by: exchange.act))
    }

    // MARK: Signing out

    private func leave(_ exchange: Exchange) async throws -> Reply {
        let step = try await services.openID.logout(try exchange.query(), by: exchange.act)
        if step.isProven || exchange.caller.token == nil { return try await signOut(exchange, to: step.destination) }
        var reply = try await parts.pages.reply(to: exchange) { context in
            try await renderer.render(
                .named("sign-out"),
                .record([
                    "pageTitle": "退出登录", "client": step.client ?? "", "account": exchange.actor.displayName,
                    "action": exchange.returnPath, "decision": Self.decision,
                ]), in: context)
        }
        if let destination = step.destination { reply.allowForms(to: OpenIDService.origin(of: destination)) }
        return reply
    }

    private func confirmLeaving(_ exchange: Exchange) async throws -> Reply {
        let (form, isOurs) = try await parts.pages.form(of: exchange)
        guard isOurs else { return asAddress(form, Self.logout) }
        let step = try await services.openID.logout(try exchange.query(), by: exchange.act)
        return try await signOut(exchange, to: step.destination)
    }

    private func signOut(_ exchange: Exchange, to destination: String?) async throws -> Reply {
        if let token = exchange.caller.token { try await services.identity.signOut(token: token, by: exchange.act) }
        var reply = destination.map { Reply.leave(to: $0) } ?? .redirect(to: "/")
        reply.setHeader("Clear-Site-Data", "\"cache\"")
        reply.setCookie(parts.sessionCookie(nil))
        return reply
    }

    /// What another system posted is worth no more than the same request as an address, to which the browser is sent.
    private func asAddress(_ form: FormContent, _ path: String) -> Reply {
        .redirect(to: URLText.with(path, query: form.fields.mapValues { $0.last ?? "" }))
    }
}
