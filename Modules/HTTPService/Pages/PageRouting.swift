import HTTPTypes
import Kernel
public import PluginKit

/// Turns pages into routes: parses forms, checks CSRF tokens, and hands the answers to the renderer.
///
/// Portal uses it for its own pages too, so that a page from a plugin and a page of ours are treated alike.
public struct PageRouting: Sendable {
    /// The field of a form that carries the CSRF token.
    public static let csrfField = "_csrf"

    private let environment: HTTPEnvironment
    private let renderer: any PageRenderer

    init(environment: HTTPEnvironment, renderer: any PageRenderer) {
        self.environment = environment
        self.renderer = renderer
    }

    /// The route of one page.
    ///
    /// - Parameters:
    ///   - page: the page.
    ///   - path: its path below the portal's root; a plugin's stands below the plugin's ID.
    public func route(_ page: Page, at path: String) -> HTTPRoute {
        HTTPRoute(page.method, path.hasPrefix("/") ? path : "/\(path)", access: page.access, isPage: true) {
            exchange in
            var form = FormContent()
            if !page.method.isSafe { form = try await self.checkedForm(of: exchange) }
            let request = PageRequest(
                act: exchange.act, path: exchange.parameters, query: try exchange.query(), form: form.fields,
                files: form.files, cookie: { exchange.cookie($0) })
            return try await self.reply(try await page.run(request), to: exchange)
        }
    }

    private func reply(_ answer: PageReply, to exchange: Exchange) async throws -> Reply {
        switch answer {
        case .render(let template, let model, let status):
            return try await reply(to: exchange, status: status) { try await renderer.render(template, model, in: $0) }
        case .redirect(let target): return .redirect(to: target)
        case .file(let file, let inline): return .file(file, inline: inline)
        case .remembering(let name, let value, let then):
            var reply = try await reply(then, to: exchange)
            if value.utf8.allSatisfy(\.mayStandInChoice) {
                reply.setCookie(
                    CookieValue(
                        PageRequest.choiceCookie(name), value, maximumAge: 31_536_000,
                        isSecure: environment.settings.secureCookies))
            }
            return reply
        }
    }

    /// Reads a posted form and refuses it unless it carries the caller's CSRF token; the token is taken out.
    public func checkedForm(of exchange: Exchange) async throws -> FormContent {
        var form = try await exchange.form()
        guard let token = form.fields.removeValue(forKey: Self.csrfField)?.last,
            environment.csrf.accepts(token, from: exchange)
        else { throw Problem.csrf }
        return form
    }

    /// Reads a form at an address to which other systems post too: without a CSRF token it is theirs, and nothing may be
    /// changed for it; with a wrong one it is refused.
    public func form(of exchange: Exchange) async throws -> (content: FormContent, isOurs: Bool) {
        var form = try await exchange.form()
        guard let token = form.fields.removeValue(forKey: Self.csrfField)?.last else { return (form, false) }
        guard environment.csrf.accepts(token, from: exchange) else { throw Problem.csrf }
        return (form, true)
    }

    /// Answers with HTML made in the page's context; a visitor without a session gets the cookie that CSRF tokens
    /// hang on.
    ///
    /// - Parameter session: a session that this very answer begins; the page is made for who has just signed in by it.
    public func reply(
        to exchange: Exchange, status: Int = 200, beginning session: (token: String, actor: Actor)? = nil,
        _ render: (PageContext) async throws -> [UInt8]
    ) async throws -> Reply {
        var visitor: String?
        let token: String
        if let session {
            token = environment.csrf.token(forSecret: session.token)
        } else if let known = environment.csrf.token(for: exchange) {
            token = known
        } else {
            let secret = exchange.act.seed.identifier("http.visitor", at: exchange.now).text
            visitor = secret
            token = environment.csrf.token(forSecret: secret)
        }
        let context = PageContext(
            actor: session?.actor ?? exchange.actor, path: exchange.path, returnPath: exchange.returnPath,
            csrfToken: token,
            requestID: exchange.requestID, now: exchange.now, cookie: { exchange.cookie($0) },
            query: (try? exchange.query()) ?? [:], devices: devices(for: session?.actor ?? exchange.actor))
        var reply = Reply.html(try await render(context), status: status)
        if exchange.method != .get, exchange.method != .head { reply.allowReturning() }
        if let devices = context.devices {
            // The one address beside our own that such a page may ask.
            reply.setHeader("Content-Security-Policy", SecurityHeaders.contentSecurity(connecting: devices))
        }
        if let visitor {
            reply.setCookie(
                CookieValue(environment.cookies.visitor, visitor, isSecure: environment.settings.secureCookies))
        }
        return reply
    }

    private func devices(for actor: Actor) -> String? {
        let address = environment.settings.counterDevices
        let isAtWindow = actor.assistant != nil || actor.holds(IdentityService.assist)
        return address.isEmpty || actor.kind == .system || !isAtWindow ? nil : address
    }

    /// The page for a problem, or the way to the sign-in page when nobody has signed in.
    func reply(to problem: Problem, _ exchange: Exchange) async -> Reply {
        if problem.status == 401 {
            if exchange.method == .get || exchange.method == .head {
                return .redirect(to: ReturnPath.signIn(returningTo: exchange.returnPath))
            }
            if let kept = await keptForm(of: exchange),
                let reply = try? await reply(
                    to: exchange, status: 401, { try await self.renderer.renderSignIn(keeping: kept, in: $0) })
            {
                return reply
            }
            return .redirect(to: ReturnPath.signIn(returningTo: "/"))
        }
        do {
            var reply = try await reply(to: exchange, status: problem.status) {
                try await self.renderer.render(problem, in: $0)
            }
            reply.addProblemHeaders(problem)
            return reply
        } catch {
            // The page for errors must not be able to fail.
            return Reply(problem, requestID: exchange.requestID)
        }
    }

    /// How much of a form is read of somebody who has not signed in, in bytes; photographs are far larger.
    private static let maximumKept = 256 << 10

    /// What was typed into a form whose sender is not signed in any more; nil when it can't be kept, or was read before
    /// the sender was refused.
    private func keptForm(of exchange: Exchange) async -> KeptForm? {
        let isMultipart = exchange.contentType?.value == "multipart/form-data"
        if isMultipart { return KeptForm(path: exchange.path, fields: [], hadFiles: true) }
        guard let length = exchange.declaredLength, length <= Self.maximumKept,
            let form = try? await exchange.form()
        else { return nil }
        let fields = form.fields.filter { $0.key != Self.csrfField }.sorted { $0.key < $1.key }
            .flatMap { name, values in values.map { KeptForm.Field(name: name, value: $0) } }
        return KeptForm(path: exchange.path, fields: fields)
    }
}

extension UInt8 {
    /// Whether it may stand in a choice that a browser keeps.
    fileprivate var mayStandInChoice: Bool {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"), UInt8(ascii: "~"):
            true
        default: false
        }
    }
}
