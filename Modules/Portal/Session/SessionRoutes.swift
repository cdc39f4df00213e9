import HTTPService
import PluginKit

/// Signing in and out, switching the party, changing the password: what sets the session's cookie.
struct SessionRoutes: Sendable {
    /// The cookie by which a device is known again, so that an attacker's failures elsewhere don't lock its owner out.
    static let device = "yiciban-device"

    let services: PortalServices
    let renderer: PortalRenderer
    let parts: HTTPServerParts

    var routes: [HTTPRoute] {
        [
            HTTPRoute(.get, "/sign-in", isPage: true) { exchange in try await form(exchange) },
            HTTPRoute(.post, "/sign-in", isPage: true) { exchange in try await signIn(exchange) },
            HTTPRoute(.post, "/sign-in/code", isPage: true) { exchange in try await signInByCode(exchange) },
            HTTPRoute(.post, "/sign-out", isPage: true) { exchange in try await signOut(exchange) },
            HTTPRoute(.post, CounterPages.path, access: CounterPages.access, isPage: true) { exchange in
                try await beginCounter(exchange)
            },
            HTTPRoute(.post, "/counter/end", access: .person, isPage: true) { exchange in try await endCounter(exchange)
            },
            HTTPRoute(.post, "/acting", access: .signedIn, isPage: true) { exchange in try await act(exchange) },
            HTTPRoute(.post, "/my/password", access: .signedIn, isPage: true) { exchange in
                try await changePassword(exchange)
            },
        ]
    }

    // MARK: Signing in

    private func form(_ exchange: Exchange) async throws -> Reply {
        // Another system may ask for a fresh sign-in though a session is open.
        let isAgain = try exchange.query()["again"]?.last == "1"
        if exchange.actor.kind != .anonymous, !isAgain { return .redirect(to: home(of: exchange.actor)) }
        let target = ReturnPath.safe(try exchange.query()["return"]?.last ?? "/")
        return try await reply(to: exchange, SignInForm(returnPath: target))
    }

    private func signIn(_ exchange: Exchange) async throws -> Reply {
        let content = try await parts.pages.checkedForm(of: exchange)
        var form = SignInForm(returnPath: ReturnPath.safe(content.value("returnTo") ?? "/"))
        form.name = content.value("name")?.withoutOuterSpace ?? ""
        form.kept = SignInForm.kept(in: content)
        let password = content.value("password") ?? ""
        form.check(password)
        if !form.feedback.isEmpty { return try await reply(to: exchange, form) }
        do {
            let signedIn = try await services.identity.signIn(
                name: form.name, password: password, client: client(exchange), act: exchange.act)
            return try await enter(signedIn, form, exchange)
        } catch let error as IdentityError where error.code == .codeNeeded {
            form.challenge = error.challenge
            return try await reply(to: exchange, form)
        } catch let error as IdentityError where error.status < 500 || error.code == .busy {
            form.feedback = FormFeedback(findings: [Finding("password", error.code.rawValue, error.message)])
            return try await reply(to: exchange, form)
        }
    }

    /// The second step of an account with a second factor.
    private func signInByCode(_ exchange: Exchange) async throws -> Reply {
        let content = try await parts.pages.checkedForm(of: exchange)
        var form = SignInForm(returnPath: ReturnPath.safe(content.value("returnTo") ?? "/"))
        form.kept = SignInForm.kept(in: content)
        let challenge = content.value("challenge") ?? ""
        do {
            let signedIn = try await services.identity.signIn(
                challenge: challenge, code: content.value("code") ?? "", client: client(exchange), act: exchange.act)
            return try await enter(signedIn, form, exchange)
        } catch let error as IdentityError where error.status < 500 {
            // Too old: from the beginning, and what was typed elsewhere stays with it.
            let isOver = error.code == .sessionEnded
            form.challenge = isOver ? nil : challenge
            form.feedback = FormFeedback(
                findings: [Finding(isOver ? "name" : "code", error.code.rawValue, error.message)])
            return try await reply(to: exchange, form)
        }
    }

    private func client(_ exchange: Exchange) -> SignInClient { SignInClient(exchange) }

    /// Goes on to where somebody wanted who has signed in.
    private func enter(_ signedIn: SignedIn, _ form: SignInForm, _ exchange: Exchange) async throws -> Reply {
        let target = signedIn.mustChangePassword ? "/my/password" : form.returnPath
        var reply = Reply.redirect(to: try await place(target, signedIn.actor, exchange))
        if let kept = form.kept, !kept.hadFiles, !signedIn.mustChangePassword {
            reply = try await parts.pages.reply(to: exchange, beginning: (signedIn.token, signedIn.actor)) {
                context in
                try await renderer.render(.named("resume"), SignInForm.resumption(of: kept), in: context)
            }
        }
        reply.setCookie(parts.sessionCookie(signedIn.token))
        if let device = signedIn.device { reply.setCookie(parts.deviceCookie(Self.device, device)) }
        return reply
    }

    /// Where one goes first: whose role demands a second factor sets it up before anything else.
    private func place(_ target: String, _ actor: Actor, _ exchange: Exchange) async throws -> String {
        if actor.kind == .staff, target != "/my/password" {
            let state = try await services.identity.secondFactor(by: Act(actor: actor, now: exchange.now))
            if state.isDemanded, state.confirmedAt == nil { return SecondFactorPages.path }
        }
        return target == "/" ? home(of: actor) : target
    }

    private func home(of actor: Actor) -> String { actor.kind == .staff ? "/staff" : "/" }

    private func signOut(_ exchange: Exchange) async throws -> Reply {
        _ = try await parts.pages.checkedForm(of: exchange)
        if let token = exchange.caller.token {
            try await services.identity.signOut(token: token, by: exchange.act)
        }
        var reply = Reply.redirect(to: "/")
        reply.setHeader("Clear-Site-Data", "\"cache\"")
        reply.setCookie(parts.sessionCookie(nil))
        return reply
    }

    // MARK: At a window

    private func beginCounter(_ exchange: Exchange) async throws -> Reply {
        let content = try await parts.pages.checkedForm(of: exchange)
        var form = CounterForm { content.value($0)?.withoutOuterSpace ?? "" }
        do {
            let signedIn = try await services.identity.beginAssistance(for: form.person, by: exchange.act)
            var reply = Reply.redirect(
                to: form.wish.isEmpty ? "/" : URLText.with("/search", query: ["q": form.wish]))
            reply.setCookie(parts.sessionCookie(signedIn.token))
            return reply
        } catch {
            guard let feedback = FormFeedback(error) else { throw error }
            form.feedback = feedback
            let drafts = try await services.casework.recordedDrafts(by: exchange.act)
            return try await parts.pages.reply(to: exchange, status: feedback.status) { context in
                try await renderer.render(.named("counter"), form.page(drafts: drafts), in: context)
            }
        }
    }

    private func endCounter(_ exchange: Exchange) async throws -> Reply {
        _ = try await parts.pages.checkedForm(of: exchange)
        let signedIn = try await services.identity.endAssistance(by: exchange.act)
        var reply = Reply.redirect(to: CounterPages.path)
        reply.setCookie(parts.sessionCookie(signedIn.token))
        return reply
    }

    // MARK: Changing the session

    private func act(_ exchange: Exchange) async throws -> Reply {
        let content = try await parts.pages.checkedForm(of: exchange)
        let choice = content.value("party") ?? "myself"
        let isStaff = exchange.actor.kind == .staff
        let signedIn: SignedIn
        if isStaff {
            guard let post = try? Identifier(content.value("post") ?? "") else { throw Problem.notFound("这个岗位") }
            signedIn = try await services.identity.switchActing(to: .post(post), by: exchange.act)
        } else if choice == "myself" {
            signedIn = try await services.identity.switchActing(to: .myself, by: exchange.act)
        } else {
            guard let mandate = try? Identifier(choice) else { throw Problem.notFound("这项授权") }
            signedIn = try await services.identity.switchActing(to: .mandate(mandate), by: exchange.act)
        }
        var reply = Reply.redirect(to: isStaff ? "/staff" : "/my?message=switched")
        reply.setCookie(parts.sessionCookie(signedIn.token))
        return reply
    }

    private func changePassword(_ exchange: Exchange) async throws -> Reply {
        let content = try await parts.pages.checkedForm(of: exchange)
        let (current, new) = (content.value("current") ?? "", content.value("new") ?? "")
        var findings = PasswordForm.findings(current: current, new: new, again: content.value("again") ?? "")
        if findings.isEmpty {
            do {
                let signedIn = try await services.identity.changePassword(
                    current: current, new: new, by: exchange.act)
                let target = signedIn.actor.kind == .staff ? "/staff" : "/my?message=password"
                var reply = Reply.redirect(to: target)
                reply.setCookie(parts.sessionCookie(signedIn.token))
                return reply
            } catch let error as IdentityError where error.status < 500 {
                let field = error.code == .passwordWeak ? "new" : "current"
                findings = [Finding(field, error.code.rawValue, error.message)]
            }
        }
        let feedback = FormFeedback(findings: findings)
        return try await parts.pages.reply(to: exchange, status: feedback.status) { context in
            try await renderer.render(.named("password"), PasswordForm.model(feedback), in: context)
        }
    }

    func reply(to exchange: Exchange, _ form: SignInForm) async throws -> Reply {
        var form = form
        form.passkey = services.identity.passkeyRequest(by: exchange.act)
        form.passkeyOrigin = services.identity.passkeyOrigin ?? ""
        if services.identity.sendsPhoneCodes {
            form.phoneURL = URLText.with(PhoneSignInRoutes.path, query: ["return": form.returnPath])
        }
        var reply = try await parts.pages.reply(to: exchange, status: form.feedback.status) { context in
            try await renderer.render(form.template, form.model, in: context)
        }
        if let origin = await services.openID.destination(ofPath: form.returnPath) { reply.allowForms(to: origin) }
        return reply
    }
}

extension SignInClient {
    /// From where a browser signs in.
    init(_ exchange: Exchange) {
        self.init(
            address: exchange.clientAddress, device: exchange.cookie(SessionRoutes.device), terminal: .portal,
            isElder: Edition(cookie: exchange.cookie(Edition.cookie)) == .elder, replacing: exchange.caller.token)
    }
}
