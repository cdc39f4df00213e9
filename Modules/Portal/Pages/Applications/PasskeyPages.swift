import PluginKit

/// Adding and removing the passkeys of one's account (通行密钥).
struct PasskeyPages: PageGroup {
    static let path = "/my/passkeys"

    let services: PortalServices

    var pages: [Page] {
        [
            Page(Self.path, access: .signedIn) { request in try await show(request, .none) },
            Page(post: Self.path, access: .signedIn) { request in try await add(request) },
            Page(post: "\(Self.path)/{id}/remove", access: .signedIn) { request in
                try await services.identity.removePasskey(try request.identifier(), by: request.act)
                return .redirect("\(Self.path)?message=removed")
            },
        ]
    }

    private func add(_ request: PageRequest) async throws -> PageReply {
        do {
            try await services.identity.addPasskey(
                title: request.field("title"), challenge: request.field("challenge"),
                clientData: request.base64("client_data"), attestation: request.base64("attestation"),
                password: request.form["password"]?.last ?? "", by: request.act)
            return .redirect("\(Self.path)?message=added")
        } catch let error as IdentityError where (400..<500).contains(error.status) {
            return try await show(
                request, FormFeedback(findings: [Finding("password", error.code.rawValue, error.message)]))
        }
    }

    private func show(_ request: PageRequest, _ feedback: FormFeedback) async throws -> PageReply {
        let identity = services.identity
        let passkeys = try await identity.passkeys(by: request.act)
        let creation = identity.takesPasskeys ? try await identity.passkeyCreation(by: request.act) : nil
        return .render(
            .named("passkeys"),
            .record([
                "pageTitle": "通行密钥",
                "back": request.actor.kind == .staff ? ViewModel.back("返回首页", "/staff") : .back("返回我的", "/my"),
                "errorSummary": feedback.summary { $0.field },
                "message": Self.messages[request.parameter("message")].map { ViewModel.message("good", $0) },
                "hasPasskeys": !passkeys.isEmpty,
                "passkeys": passkeys.map { passkey in
                    ViewModel.record([
                        "title": passkey.title, "addedAt": passkey.addedAt.chinaTime,
                        "usedAt": passkey.usedAt?.chinaTime ?? "", "action": "\(Self.path)/\(passkey.id)/remove",
                    ])
                },
                "action": Self.path,
                "creation": creation.map { creation in
                    ViewModel.record([
                        "challenge": creation.challenge, "party": creation.party,
                        "origin": identity.passkeyOrigin ?? "", "user": creation.user,
                        "login": creation.loginName, "name": creation.displayName,
                        "known": creation.known.joined(separator: " "),
                        "fields": [
                            InputField(
                                id: "title", name: "title", label: "给它起个名字", kind: .text(),
                                values: [request.field("title")], isOptional: true, hint: "例如 我的手机、单位电脑。",
                                maximumLength: 40),
                            InputField(
                                id: "password", name: "password", label: "您的登录密码",
                                kind: .text(type: "password", autocomplete: "current-password"),
                                error: feedback.error("password"), maximumLength: 128),
                        ],
                    ])
                },
            ]), status: feedback.status)
    }

    private static let messages = ["added": "通行密钥已经添加，下次可以用它登录。", "removed": "通行密钥已经移除，不能再用它登录。"]
}

extension PageRequest {
    /// The bytes of a field in base64url; empty for anything else.
    fileprivate func base64(_ name: String) -> [UInt8] { Base64Field.bytes(field(name)) }
}
