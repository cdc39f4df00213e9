import Extension
import Standards

extension IdentityError {
    static let credentials = IdentityError(
        .credentials, 401, "登录没有成功", "账号或密码不对。请核对后重试；忘记密码的，请带身份证到政务服务窗口重置，工作人员请找本单位管理员重置。")

    static func tooManyAttempts(until: Instant, now: Instant) -> IdentityError {
        let wait = max(until - now, .seconds(1))
        // The same span as in Retry-After, in whole seconds below two minutes.
        let seconds = wait.components.seconds + (wait.components.attoseconds > 0 ? 1 : 0)
        let span = seconds < 120 ? "\(seconds)秒" : "\((seconds + 59) / 60)分钟"
        return IdentityError(
            .tooManyAttempts, 429, "尝试次数过多", "从您这里登录失败的次数过多，请\(span)后再试，或换用以前登录过的手机、电脑。",
            retryAfter: wait)
    }

    static func codeNeeded(_ challenge: String) -> IdentityError {
        IdentityError(
            .codeNeeded, 401, "还要二次验证", "密码正确。这个账号还要填写手机验证器上的 6 位数字，请连同密码一起提交（code）。", challenge: challenge)
    }

    static let code = IdentityError(
        .code, 401, "验证码不对", "这 6 位数字不对或者已经用过。请等验证器换出新的数字再填；手机不在身边的，可以填一个备用码。")

    static let phoneCode = IdentityError(.code, 401, "验证码不对", "验证码不对。请核对短信里的 6 位数字；填错 5 次的，请重新获取。")

    static let phoneCodeEnded = IdentityError(.sessionEnded, 401, "验证码过期了", "验证码 5 分钟内有效，请重新获取。")

    static func phoneCodesExhausted(until: Instant, now: Instant) -> IdentityError {
        let wait = max(until - now, .seconds(1))
        let seconds = wait.components.seconds + (wait.components.attoseconds > 0 ? 1 : 0)
        let span = seconds < 120 ? "\(seconds)秒" : "\((seconds + 59) / 60)分钟"
        return IdentityError(
            .tooManyAttempts, 429, "获取得太频繁", "验证码已经发过，请\(span)后再获取，或用密码登录。", retryAfter: wait)
    }

    static let passkey = IdentityError(
        .passkey, 401, "通行密钥没有通过", "这个通行密钥没有通过，它可能已经移除，或者等得太久了。请再试一次，或用密码登录。")

    static let passkeysFull = IdentityError(.passkey, 409, "通行密钥太多", "一个账号最多 10 个通行密钥，请先移除不用的。")

    static let challengeEnded = IdentityError(.sessionEnded, 401, "等得太久了", "输入密码后超过了 5 分钟，请重新登录。")

    static let secondFactorInUse = IdentityError(
        .secondFactor, 409, "已经在用二次验证", "您已经设置了二次验证。要换手机的，请先停用再重新设置。")

    static let secondFactorDemanded = IdentityError(
        .secondFactor, 409, "不能停用", "您的岗位要求二次验证，不能停用。手机换了或丢了的，请系统管理员取消后重新设置。")

    static let noSecondFactor = IdentityError(.secondFactor, 404, "没有设置", "这个账号没有设置二次验证。")

    static let busy = IdentityError(
        .busy, 503, "登录的人太多", "现在登录的人太多，请过几秒钟再试。", retryAfter: .seconds(5))

    static let accountDisabled = IdentityError(.accountDisabled, 403, "账号已停用", "这个账号已停用。如有疑问，请联系本单位管理员或到窗口咨询。")

    static let noPost = IdentityError(.noPost, 403, "没有有效的岗位", "您的账号目前没有有效的岗位。请联系本单位管理员设置岗位后再登录。")

    static func postChoice(among posts: [StaffPost]) -> IdentityError {
        let list = posts.map { "\($0.id)（\($0.agencyName)，\($0.division)）" }.joined(separator: "、")
        return IdentityError(.noPost, 403, "岗位不明确", "请用岗位编号指明以哪个岗位办理。这个账号的岗位：\(list)。")
    }

    static let sessionEnded = IdentityError(.sessionEnded, 401, "登录已结束", "您的登录已超时或已退出，请重新登录。填写到一半的内容已经保存。")

    static let mandateEnded = IdentityError(.mandateEnded, 401, "授权已结束", "您代办所依据的授权已到期或被收回，请重新登录；需要继续代办的，请对方重新授权。")

    static let notAgent = IdentityError(.notAgent, 403, "不能代为办理", "您没有代对方办理的有效授权。请对方（企业请法定代表人）授权后再试。")

    static let helperCode = IdentityError(
        .helperCode, 422, "授权码不对", "没有这个授权码，或者它已经过期、已经用过。授权码 24 小时有效，请对方再生成一个。")

    static let outsideMandate = IdentityError(.outsideMandate, 403, "超出授权范围", "对方给您的授权不包括这件事。请对方扩大授权范围，或由对方自己办理。")

    static let profileDenied = IdentityError(.profileDenied, 403, "不能查看", "您无权查看这个人的资料。如确因工作需要，请联系本单位管理员。")

    static let personExists = IdentityError(.personExists, 409, "已经登记过", "这个证件号码已经登记过，不必重复登记。请直接登录，或到窗口核对。")

    static let personUnknown = IdentityError(.personUnknown, 404, "没有找到", "没有找到这个人的登记，请核对后重试。")

    static let enterpriseExists = IdentityError(.enterpriseExists, 409, "已经登记过", "这个统一社会信用代码已经登记过，不必重复登记。")

    static let enterpriseUnknown = IdentityError(.enterpriseUnknown, 404, "没有找到", "没有找到这家企业的登记，请核对后重试。")

    static let enterpriseAmbiguous = IdentityError(
        .enterpriseAmbiguous, 409, "企业名称有重复", "有几家企业都叫这个名称，请改写统一社会信用代码。")

    static let mandateUnknown = IdentityError(.mandateUnknown, 404, "没有找到", "没有找到这项授权，它可能已经收回。请重新查看。")

    static let accountExists = IdentityError(.accountExists, 409, "账号已存在", "这个登录名已有人使用，或这个人已有账号。请换一个登录名，或直接登录。")

    static let accountUnknown = IdentityError(.accountUnknown, 404, "没有找到账号", "没有找到这个账号，请核对登录名后重试。")

    static let loginNameForm = IdentityError(
        .loginNameForm, 422, "登录名不合要求",
        "登录名应以小写字母开头，由3至32个小写字母、数字、点、横线或下划线组成。手机号和身份证号不必作登录名，登录时可以直接填写。")

    static func passwordWeak(_ reason: String) -> IdentityError {
        IdentityError(.passwordWeak, 422, "密码太简单", reason)
    }

    static func invalid(_ findings: [Finding]) -> IdentityError {
        IdentityError(.invalid, 422, "填写的内容有误", "请按提示逐项修改后重新提交。", findings: findings)
    }
}
