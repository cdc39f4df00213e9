import Cryptography
import HTTPService
import PluginKit

/// Signing in by a passkey, from a form that a script has filled in.
struct PasskeySignInRoutes: Sendable {
    static let path = "/sign-in/passkey"

    let services: PortalServices
    let renderer: PortalRenderer
    let parts: HTTPServerParts

    var routes: [HTTPRoute] {
        [HTTPRoute(.post, Self.path, isPage: true) { exchange in try await signIn(exchange) }]
    }

    private func signIn(_ exchange: Exchange) async throws -> Reply {
        let content = try await parts.pages.checkedForm(of: exchange)
        var form = SignInForm(returnPath: ReturnPath.safe(content.value("returnTo") ?? "/"))
        func bytes(_ name: String) -> [UInt8] { Base64Field.bytes(content.value(name) ?? "") }
        do {
            let signedIn = try await services.identity.signIn(
                passkey: bytes("credential"), challenge: content.value("challenge") ?? "",
                clientData: bytes("client_data"), authenticatorData: bytes("authenticator"),
                signature: bytes("signature"), client: SignInClient(exchange), act: exchange.act)
            let home = signedIn.actor.kind == .staff ? "/staff" : "/"
            var reply = Reply.redirect(
                to: signedIn.mustChangePassword ? "/my/password" : form.returnPath == "/" ? home : form.returnPath)
            reply.setCookie(parts.sessionCookie(signedIn.token))
            if let device = signedIn.device { reply.setCookie(parts.deviceCookie(SessionRoutes.device, device)) }
            return reply
        } catch let error as IdentityError where error.status < 500 {
            form.feedback = FormFeedback(findings: [Finding("name", error.code.rawValue, error.message)])
            return try await SessionRoutes(services: services, renderer: renderer, parts: parts)
                .reply(to: exchange, form)
        }
    }
}

/// Fields that scripts fill in with bytes.
enum Base64Field {
    /// The bytes of base64url text; empty for anything else, which fits nothing.
    static func bytes(_ text: String) -> [UInt8] {
        text.utf8.count <= 32_768 ? (try? Base64URL.decode(text)) ?? [] : []
    }
}
