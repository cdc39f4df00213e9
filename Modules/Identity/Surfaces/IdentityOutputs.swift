import Extension
import Standards
import Storage

/// A session that was opened or has a new token.
struct SessionOutput: SchemaType {
    var token = ""
    var device: String?
    var mustChangePassword = false

    init() {}

    init(_ signedIn: SignedIn) {
        token = signedIn.token
        device = signedIn.device
        mustChangePassword = signedIn.mustChangePassword
    }

    static let schema = Schema<Self> {
        Field("token", \.token, .text(max: 64), doc: "访问令牌，放在 Authorization: Bearer 之后")
        Field("device", \.device, .optional(.text(max: 300)), doc: "设备凭据，下次登录时带上")
        Field("must_change_password", \.mustChangePassword, .flag, doc: "是否必须先修改密码")
    }
}

/// Who acts, and what it may switch to.
struct MeOutput: SchemaType {
    var kind = ""
    var name = ""
    var person: Identifier?
    var party: Identifier?
    var post: Identifier?
    var helper: Identifier?
    var endsAt: Instant?
    var mandates: [MandateOutput] = []
    var posts: [PostOutput] = []

    static let schema = Schema<Self> {
        Field("kind", \.kind, .text(max: 20), doc: "身份：person 办事人，staff 工作人员")
        Field("name", \.name, .text(max: 64), doc: "姓名")
        Field("person", \.person, .optional(.identifier), doc: "自然人编号")
        Field("party", \.party, .optional(.identifier), doc: "现在以谁的名义办理")
        Field("post", \.post, .optional(.identifier), doc: "现在的岗位")
        Field("helper", \.helper, .optional(.identifier), doc: "替别人代办时，代办的人；这时 person 是委托的人")
        Field("ends_at", \.endsAt, .optional(.instant), doc: "不再操作的话，登录何时结束")
        Field("mandates", \.mandates, .list(of: .object), doc: "可以代办的企业")
        Field("posts", \.posts, .list(of: .object), doc: "有效的岗位")
    }
}

/// An enterprise for which the person may act.
struct MandateOutput: SchemaType {
    var id: Identifier?
    var enterprise: Identifier?
    var name = ""
    var scope: [String] = []
    var validUntil: LegalDay?

    init() {}

    init(_ mandate: Mandate, enterpriseName: String) {
        id = mandate.id
        enterprise = mandate.enterprise
        name = enterpriseName
        scope = mandate.scope.sorted()
        validUntil = mandate.validUntil
    }

    static let schema = Schema<Self> {
        Field("id", \.id, .optional(.identifier), doc: "授权编号")
        Field("enterprise", \.enterprise, .optional(.identifier), doc: "企业编号")
        Field("name", \.name, .text(max: 100), doc: "企业名称")
        Field("scope", \.scope, .list(of: .text(max: 80)), doc: "授权的主题和事项，空表示全部")
        Field("valid_until", \.validUntil, .optional(.day), doc: "授权到哪一天为止")
    }
}

/// A post of the member of staff.
struct PostOutput: SchemaType {
    var id: Identifier?
    var agency = ""
    var division = ""

    init() {}

    init(_ post: StaffPost) {
        id = post.id
        agency = post.agencyName
        division = post.division
    }

    static let schema = Schema<Self> {
        Field("id", \.id, .optional(.identifier), doc: "岗位编号")
        Field("agency", \.agency, .text(max: 60), doc: "单位")
        Field("division", \.division, .text(max: 10), doc: "区划")
    }
}
