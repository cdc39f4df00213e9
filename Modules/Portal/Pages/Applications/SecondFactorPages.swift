import Foundation
import PluginKit

/// Setting up and taking away the second factor of a member of staff (二次验证).
struct SecondFactorPages: PageGroup {
    static let path = "/my/second-factor"

    let services: PortalServices

    var pages: [Page] {
        [
            Page(Self.path, access: .signedIn) { request in try await show(request, .none) },
            Page(post: Self.path, access: .signedIn) { request in
                try await trying(request) {
                    _ = try await services.identity.beginSecondFactor(
                        password: request.form["password"]?.last ?? "", by: request.act)
                    return .redirect(Self.path)
                }
            },
            Page(post: "\(Self.path)/confirm", access: .signedIn) { request in
                try await trying(request) {
                    let codes = try await services.identity.confirmSecondFactor(
                        code: request.field("code"), by: request.act)
                    return .render(
                        .named("recovery-codes"),
                        .record(["pageTitle": "备用码", "codes": codes.map { ViewModel.text($0) }, "homeURL": "/staff"]))
                }
            },
            Page(post: "\(Self.path)/remove", access: .signedIn) { request in
                try await trying(request) {
                    try await services.identity.removeOwnSecondFactor(
                        password: request.form["password"]?.last ?? "", by: request.act)
                    return .redirect("\(Self.path)?message=removed")
                }
            },
        ]
    }

    /// Does something, and shows the page again when password or code was wrong.
    private func trying(_ request: PageRequest, _ body: () async throws -> PageReply) async throws -> PageReply {
        guard request.actor.kind == .staff else { throw Problem.forbidden }
        do { return try await body() } catch let error as IdentityError where (400..<500).contains(error.status) {
            let field = error.code == .code ? "code" : "password"
            return try await show(request, FormFeedback(findings: [Finding(field, error.code.rawValue, error.message)]))
        }
    }

    private func show(_ request: PageRequest, _ feedback: FormFeedback) async throws -> PageReply {
        guard request.actor.kind == .staff else { throw Problem.forbidden }
        let state = try await services.identity.secondFactor(by: request.act)
        let setup = state.confirmedAt == nil ? try await services.identity.pendingSecondFactor(by: request.act) : nil
        let password = InputField(
            id: "password", name: "password", label: "您的登录密码",
            kind: .text(type: "password", autocomplete: "current-password"), error: feedback.error("password"),
            maximumLength: 128)
        return .render(
            .named("second-factor"),
            .record([
                "pageTitle": "二次验证", "back": ViewModel.back("返回首页", "/staff"),
                "errorSummary": feedback.summary { $0.field },
                "message": request.parameter("message") == "removed"
                    ? ViewModel.message("good", "已经停用。以后只凭密码登录。") : nil,
                "isOn": state.confirmedAt != nil, "since": state.confirmedAt?.chinaTime ?? "",
                "left": state.recoveryCodes, "isDemanded": state.isDemanded, "action": Self.path,
                "password": password,
                "setup": setup.map { setup in
                    ViewModel.record([
                        "picture": "data:image/svg+xml;base64," + Data(setup.picture.utf8).base64EncodedString(),
                        "secret": Self.grouped(setup.secret),
                        "code": InputField(
                            id: "code", name: "code", label: "验证器上现在的 6 位数字",
                            kind: .text(mode: "numeric", autocomplete: "one-time-code"), error: feedback.error("code"),
                            maximumLength: 10),
                    ])
                },
            ]), status: feedback.status)
    }

    /// In groups of four, so that it can be copied by eye.
    private static func grouped(_ secret: String) -> String {
        stride(from: 0, to: secret.count, by: 4).map { String(secret.dropFirst($0).prefix(4)) }.joined(separator: " ")
    }
}
