import HTTPService
import PluginKit

/// Signing in by a code in a short message, in three steps at most: number, code, and which account of the telephone.
struct PhoneSignInRoutes: Sendable {
    static let path = "/sign-in/phone"

    let services: PortalServices
    let renderer: PortalRenderer
    let parts: HTTPServerParts

    var routes: [HTTPRoute] {
        [
            HTTPRoute(.get, Self.path, isPage: true) { exchange in
                try await reply(to: exchange, PhoneForm(returnPath: ReturnPath.safe(try returning(exchange))))
            },
            HTTPRoute(.post, Self.path, isPage: true) { exchange in try await send(exchange) },
            HTTPRoute(.post, "\(Self.path)/code", isPage: true) { exchange in try await enter(exchange) },
        ]
    }

    private func returning(_ exchange: Exchange) throws -> String { try exchange.query()["return"]?.last ?? "/" }

    private func send(_ exchange: Exchange) async throws -> Reply {
        let content = try await parts.pages.checkedForm(of: exchange)
        var form = PhoneForm(returnPath: ReturnPath.safe(content.value("returnTo") ?? "/"))
        form.phone = content.value("phone")?.withoutOuterSpace ?? ""
        do {
            form.challenge = try await services.identity.sendPhoneCode(
                to: form.phone, client: SignInClient(exchange), act: exchange.act)
        } catch let error as IdentityError where error.status < 500 {
            let findings =
                error.findings.isEmpty ? [Finding("phone", error.code.rawValue, error.message)] : error.findings
            form.feedback = FormFeedback(findings: findings)
        }
        return try await reply(to: exchange, form)
    }

    private func enter(_ exchange: Exchange) async throws -> Reply {
        let content = try await parts.pages.checkedForm(of: exchange)
        var form = PhoneForm(returnPath: ReturnPath.safe(content.value("returnTo") ?? "/"))
        let challenge = content.value("challenge") ?? ""
        let account = try content.value("account").flatMap { $0.isEmpty ? nil : try Identifier($0) }
        do {
            let result = try await services.identity.signIn(
                phoneChallenge: challenge, code: content.value("code") ?? "", account: account,
                client: SignInClient(exchange), act: exchange.act)
            switch result {
            case .choice(let accounts):
                form.challenge = challenge
                form.accounts = accounts
                return try await reply(to: exchange, form)
            case .signedIn(let signedIn):
                var reply = Reply.redirect(to: signedIn.mustChangePassword ? "/my/password" : form.returnPath)
                reply.setCookie(parts.sessionCookie(signedIn.token))
                if let device = signedIn.device { reply.setCookie(parts.deviceCookie(SessionRoutes.device, device)) }
                return reply
            }
        } catch let error as IdentityError where error.status < 500 {
            let isOver = error.code == .sessionEnded
            form.challenge = isOver ? nil : challenge
            form.feedback = FormFeedback(
                findings: [Finding(isOver ? "phone" : "code", error.code.rawValue, error.message)])
            return try await reply(to: exchange, form)
        }
    }

    private func reply(to exchange: Exchange, _ form: PhoneForm) async throws -> Reply {
        guard services.identity.sendsPhoneCodes else { throw Problem.notFound("短信登录") }
        var reply = try await parts.pages.reply(to: exchange, status: form.feedback.status) { context in
            try await renderer.render(.named("sign-in-phone"), form.model, in: context)
        }
        if let origin = await services.openID.destination(ofPath: form.returnPath) { reply.allowForms(to: origin) }
        return reply
    }
}

/// What the three steps show.
struct PhoneForm {
    let returnPath: String
    var phone = ""
    var challenge: String?
    var accounts: [PhoneAccount] = []
    var feedback = FormFeedback.none

    init(returnPath: String) { self.returnPath = returnPath }

    var model: ViewModel {
        .record([
            "pageTitle": "短信验证码登录", "errorSummary": feedback.summary { $0.field }, "returnPath": returnPath,
            "action": challenge == nil ? PhoneSignInRoutes.path : "\(PhoneSignInRoutes.path)/code",
            "challenge": challenge ?? "", "isNumber": challenge == nil,
            "isCode": challenge != nil && accounts.isEmpty, "isChoice": !accounts.isEmpty,
            "passwordURL": ReturnPath.signIn(returningTo: returnPath),
            "againURL": URLText.with(PhoneSignInRoutes.path, query: ["return": returnPath]), "fields": [field],
        ])
    }

    private var field: InputField {
        if challenge == nil {
            return InputField(
                id: "phone", name: "phone", label: "手机号码", kind: .text(type: "tel", mode: "tel", autocomplete: "tel"),
                values: [phone], error: feedback.error("phone"), maximumLength: 20)
        }
        if accounts.isEmpty {
            return InputField(
                id: "code", name: "code", label: "短信里的 6 位数字",
                kind: .text(mode: "numeric", autocomplete: "one-time-code"), error: feedback.error("code"),
                maximumLength: 10)
        }
        return InputField(
            id: "account", name: "account", label: "登录谁的账号",
            kind: .radio(accounts.map { InputField.Choice($0.account.text, $0.maskedName) }))
    }
}
