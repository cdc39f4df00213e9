import Extension
import Storage

/// What a sign-in takes.
struct SignInInput: SchemaType {
    var name = ""
    var password = ""
    var device: String?
    var isElder = false
    var code: String?

    static let schema = Schema<Self> {
        Field("name", \.name, .text(min: 1, max: 64), doc: "登录名、手机号或身份证号")
        Field("password", \.password, .secret(max: PasswordPolicy.maximumLength), doc: "密码")
        Field("device", \.device, .optional(.text(max: 300)), doc: "以前登录时得到的设备凭据")
        Field("code", \.code, .optional(.text(min: 1, max: 20)), doc: "二次验证的 6 位数字或备用码，设置了二次验证的账号要填")
        Field("elder", \.isElder, .flag.withDefault, doc: "是否使用长辈版")
    }
}

/// In whose name to act: an enterprise or a mandate of it, a post, or nothing for oneself.
struct ActingInput: SchemaType {
    var enterprise: Identifier?
    var mandate: Identifier?
    var post: Identifier?

    static let schema = Schema<Self> {
        Field("enterprise", \.enterprise, .optional(.identifier), doc: "代哪家企业办理")
        Field("mandate", \.mandate, .optional(.identifier), doc: "依据哪项授权：企业的授权，或者个人的代办授权")
        Field("post", \.post, .optional(.identifier), doc: "换到哪个岗位")
    }

    func choice() throws -> ActingChoice {
        switch (enterprise, mandate, post) {
        case (nil, nil, nil): return .myself
        case (let enterprise?, let mandate, nil): return .enterprise(enterprise, mandate: mandate)
        case (nil, let mandate?, nil): return .mandate(mandate)
        case (nil, nil, let post?): return .post(post)
        case (_, _, _?):
            throw IdentityError.invalid([Finding("post", "field.conflict", "代办和岗位只能填写一项，请删去其中之一。")])
        }
    }
}

/// What a change of one's password takes.
struct PasswordInput: SchemaType {
    var current = ""
    var new = ""

    static let schema = Schema<Self> {
        Field("current", \.current, .secret(max: PasswordPolicy.maximumLength), doc: "现在的密码")
        Field("new", \.new, .secret(max: PasswordPolicy.maximumLength), doc: "新密码")
    }
}

extension Format where Value == String {
    /// A password: taken as it is, white space and all, and never repeated in a finding.
    fileprivate static func secret(max: Int) -> Format {
        Format(
            decode: { json, path, findings in
                guard let text = json.string, !text.isEmpty, text.count <= max else {
                    findings.append(Finding(path, "field.required", "请填写密码，最多\(max)位。"))
                    return nil
                }
                return text
            },
            encode: { _, writer in writer.write("") },
            describe: {
                FormatDescription(["type": "string", "format": "password", "maxLength": .integer(Int64(max))])
            })
    }
}
