import PluginKit

/// The systems that one enters with the account here, and taking back what they may know (R18.2).
struct ApplicationPages: PageGroup {
    private static let path = "/my/applications"

    let services: PortalServices

    var pages: [Page] {
        [
            Page(Self.path, access: .signedIn) { request in try await list(request) },
            Page(post: "\(Self.path)/{id}/revoke", access: .signedIn) { request in
                try await services.openID.revokeConsent(try request.identifier(), by: request.act)
                return .redirect("\(Self.path)?message=revoked")
            },
        ]
    }

    private func list(_ request: PageRequest) async throws -> PageReply {
        let consents = try await services.openID.consents(by: request.act)
        return .render(
            .named("applications"),
            .record([
                "pageTitle": "用这个账号登录的系统",
                "back": request.actor.kind == .staff ? ViewModel.back("返回首页", "/staff") : .back("返回我的", "/my"),
                "message": request.parameter("message") == "revoked"
                    ? ViewModel.message("good", "已经收回。这个系统不能再读取您的信息，您在那里的登录也结束了。") : nil,
                "hasConsents": !consents.isEmpty,
                "consents": consents.map { consent in
                    ViewModel.record([
                        "client": consent.client, "scopes": consent.scopes.map { ViewModel.text($0.title) },
                        "grantedAt": consent.grantedAt.chinaTime, "enteredAt": consent.enteredAt?.chinaTime ?? "",
                        "action": "\(Self.path)/\(consent.id)/revoke",
                    ])
                },
            ]))
    }
}
