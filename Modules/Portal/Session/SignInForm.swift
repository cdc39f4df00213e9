import PluginKit

/// The sign-in page.
struct SignInForm {
    /// Where to go afterwards.
    let returnPath: String
    var name = ""
    var feedback = FormFeedback.none

    init(returnPath: String) { self.returnPath = returnPath }

    /// Notes what was left out.
    mutating func check(_ password: String) {
        var findings: [Finding] = []
        if name.isEmpty { findings.append(Finding("name", "field.required", "请填写登录名、手机号或身份证号。")) }
        if password.isEmpty { findings.append(Finding("password", "field.required", "请填写密码。")) }
        feedback = FormFeedback(findings: findings)
    }

    var model: ViewModel {
        .record([
            "pageTitle": "登录", "errorSummary": feedback.summary { $0.field }, "action": "/sign-in",
            "returnPath": returnPath,
            "reason": returnPath == "/" ? "" : "登录后接着办。已经知道的信息会自动带入，不用您再填。",
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
