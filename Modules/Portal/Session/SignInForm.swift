import HTTPService
import PluginKit

/// The sign-in page.
struct SignInForm {
    /// Where to go afterwards.
    let returnPath: String
    var name = ""
    var feedback = FormFeedback.none
    /// What was typed into another form when the session ended; sent again after signing in.
    var kept: KeptForm?
    /// Where one signs in by a short message instead; nil where none are sent.
    var phoneURL: String?
    /// What a browser needs to sign in by a passkey; nil where there are none.
    var passkey: (challenge: String, party: String)?
    var passkeyOrigin = ""
    /// What proves that the password was right, when a code is wanted now.
    var challenge: String?

    init(returnPath: String) { self.returnPath = returnPath }

    /// Notes what was left out.
    mutating func check(_ password: String) {
        var findings: [Finding] = []
        if name.isEmpty { findings.append(Finding("name", "field.required", "请填写登录名、手机号或身份证号。")) }
        if password.isEmpty { findings.append(Finding("password", "field.required", "请填写密码。")) }
        feedback = FormFeedback(findings: findings)
    }

    /// The fields that carry a kept form through the sign-in page.
    static let keptPath = "kept-path"
    static let keptPrefix = "kept."

    private var reason: String {
        if let kept {
            return kept.hadFiles
                ? "登录已过期，刚才的文件没有收到。请重新登录，再选一次文件。" : "登录已过期，刚才填写的内容还在。请重新登录，接着提交。"
        }
        return returnPath == "/" ? "" : "登录后接着办。已经知道的信息会自动带入，不用您再填。"
    }

    private static func model(_ kept: KeptForm) -> ViewModel {
        .record([
            "pathName": keptPath, "path": kept.path,
            "fields": kept.fields.map { ViewModel.record(["name": keptPrefix + $0.name, "value": $0.value]) },
        ])
    }

    /// The form that came with the sign-in, if one did.
    static func kept(in content: FormContent) -> KeptForm? {
        guard let path = content.value(keptPath), !path.isEmpty else { return nil }
        let fields = content.fields.filter { $0.key.hasPrefix(keptPrefix) }.sorted { $0.key < $1.key }
            .flatMap { name, values in
                values.map { KeptForm.Field(name: String(name.dropFirst(keptPrefix.count)), value: $0) }
            }
        return KeptForm(path: ReturnPath.safe(path), fields: fields, hadFiles: fields.isEmpty)
    }

    /// The page after signing in, from which a kept form is sent again by who typed it.
    static func resumption(of kept: KeptForm) -> ViewModel {
        .record([
            "pageTitle": "接着提交", "action": kept.path,
            "fields": kept.fields.map { ViewModel.record(["name": $0.name, "value": $0.value]) },
        ])
    }

    var template: Template { .named(challenge == nil ? "sign-in" : "sign-in-code") }

    var model: ViewModel { challenge.map(codeModel) ?? passwordModel }

    private func codeModel(_ challenge: String) -> ViewModel {
        .record([
            "pageTitle": "二次验证", "errorSummary": feedback.summary { $0.field }, "action": "/sign-in/code",
            "returnPath": returnPath, "challenge": challenge, "kept": kept.map(Self.model),
            "fields": [
                InputField(
                    id: "code", name: "code", label: "验证码", kind: .text(autocomplete: "one-time-code"),
                    hint: "手机验证器上的 6 位数字；手机不在身边的，填一个备用码。", error: feedback.error("code"), maximumLength: 20)
            ],
        ])
    }

    private var passwordModel: ViewModel {
        .record([
            "pageTitle": "登录", "errorSummary": feedback.summary { $0.field }, "action": "/sign-in",
            "returnPath": returnPath, "phoneURL": phoneURL ?? "",
            "passkey": passkey.map { passkey in
                ViewModel.record([
                    "action": PasskeySignInRoutes.path, "challenge": passkey.challenge, "party": passkey.party,
                    "origin": passkeyOrigin,
                ])
            },
            "reason": reason, "kept": kept.map(Self.model),
            "fields": [
                InputField(
                    id: "name", name: "name", label: "登录名、手机号或身份证号", kind: .text(autocomplete: "username"),
                    values: [name], error: feedback.error("name"), maximumLength: 64),
                InputField(
                    id: "password", name: "password", label: "密码",
                    kind: .text(type: "password", autocomplete: "current-password"),
                    error: feedback.error("password"), maximumLength: 128),
            ],
        ])
    }
}

/// The page on which one changes one's password.
enum PasswordForm {
    static func findings(current: String, new: String, again: String) -> [Finding] {
        var findings: [Finding] = []
        if current.isEmpty { findings.append(Finding("current", "field.required", "请填写现在的密码。")) }
        if new.isEmpty { findings.append(Finding("new", "field.required", "请填写新密码。")) }
        if new != again { findings.append(Finding("again", "field.differs", "两次填写的新密码不一样，请重新填写。")) }
        return findings
    }

    static func reply(_ feedback: FormFeedback) -> PageReply { .render(.named("password"), model(feedback)) }

    static func model(_ feedback: FormFeedback) -> ViewModel {
        func field(_ name: String, _ label: String, _ autocomplete: String) -> InputField {
            InputField(
                id: name, name: name, label: label, kind: .text(type: "password", autocomplete: autocomplete),
                error: feedback.error(name), maximumLength: 128)
        }
        return .record([
            "pageTitle": "修改密码", "errorSummary": feedback.summary { $0.field }, "action": "/my/password",
            "fields": [
                field("current", "现在的密码", "current-password"), field("new", "新密码", "new-password"),
                field("again", "再写一遍新密码", "new-password"),
            ],
        ])
    }
}
