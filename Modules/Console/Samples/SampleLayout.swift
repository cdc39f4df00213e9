import PluginKit

/// The synthetic people, enterprises, accounts and papers of a sample deployment (`sample.yaml`), decoded strictly.
struct SampleLayout: SchemaType {
    var persons: [SamplePerson] = []
    var enterprises: [SampleEnterprise] = []
    var accounts: [SampleUser] = []
    var licences: [SampleLicence] = []
    var seals: [SampleSeal] = []

    static let schema = Schema<Self> {
        Field("persons", \.persons, .list(of: .object, max: 1_000).withDefault, doc: "办事人")
        Field("enterprises", \.enterprises, .list(of: .object, max: 1_000).withDefault, doc: "企业")
        Field("accounts", \.accounts, .list(of: .object, max: 1_000).withDefault, doc: "账号")
        Field("licences", \.licences, .list(of: .object, max: 1_000).withDefault, doc: "持有的证照")
        Field("seals", \.seals, .list(of: .object, max: 200).withDefault, doc: "已启用的电子印章")
    }
}

/// A synthetic person.
struct SamplePerson: SchemaType {
    var key = ""
    var name = ""
    var idNumber = ""
    var mobile: String?
    var address: String?

    static let schema = Schema<Self> {
        Field("key", \.key, .text(min: 1, max: 40), doc: "在本文件中的编号")
        Field("name", \.name, .text(min: 1, max: 40), doc: "姓名")
        Field("idNumber", \.idNumber, .text(min: 18, max: 18), doc: "公民身份号码")
        Field("mobile", \.mobile, .optional(.text(max: 20)), doc: "手机号码")
        Field("address", \.address, .optional(.text(max: 200)), doc: "住址")
    }
}

/// A synthetic enterprise with its agents.
struct SampleEnterprise: SchemaType {
    var key = ""
    var name = ""
    var creditCode = ""
    var legalRepresentative = ""
    var address: String?
    var agents: [String] = []

    static let schema = Schema<Self> {
        Field("key", \.key, .text(min: 1, max: 40), doc: "在本文件中的编号")
        Field("name", \.name, .text(min: 1, max: 60), doc: "名称")
        Field("creditCode", \.creditCode, .text(min: 18, max: 18), doc: "统一社会信用代码")
        Field("legalRepresentative", \.legalRepresentative, .text(min: 1, max: 40), doc: "法定代表人")
        Field("address", \.address, .optional(.text(max: 200)), doc: "住所")
        Field("agents", \.agents, .list(of: .text(max: 40)).withDefault, doc: "经办人")
    }
}

/// An account: of a person, or of a member of staff with posts.
struct SampleUser: SchemaType {
    var role = ""
    var title: String?
    var username = ""
    var person: String?
    var name: String?
    var posts: [SamplePost] = []

    static let schema = Schema<Self> {
        Field("role", \.role, .text(min: 1, max: 40), doc: "在示例中的身份，供测试查找")
        Field("title", \.title, .optional(.text(max: 40)), doc: "身份的中文说法")
        Field("username", \.username, .text(min: 3, max: 32), doc: "登录名")
        Field("person", \.person, .optional(.text(max: 40)), doc: "办事人")
        Field("name", \.name, .optional(.text(max: 40)), doc: "工作人员姓名")
        Field("posts", \.posts, .list(of: .object).withDefault, doc: "岗位")
    }
}

/// A post of a member of staff.
struct SamplePost: SchemaType {
    var agency = ""
    var site: String?
    var roles: [String] = []

    static let schema = Schema<Self> {
        Field("agency", \.agency, .text(min: 1, max: 60), doc: "单位")
        Field("site", \.site, .optional(.text(max: 60)), doc: "服务场所")
        Field("roles", \.roles, .list(of: .text(max: 40)), doc: "角色")
    }
}

/// A seal that an agency has from the beginning; with a purpose it is an approval seal.
struct SampleSeal: SchemaType {
    var agency = ""
    var purpose = ""
    var powers: [String] = []

    static let schema = Schema<Self> {
        Field("agency", \.agency, .text(min: 1, max: 60), doc: "单位")
        Field("purpose", \.purpose, .text(max: 12).withDefault, doc: "刻在章上的用途，单位公章不写")
        Field("powers", \.powers, .list(of: .text(max: 120)).withDefault, doc: "可用于的事项，单位公章不写")
    }
}

/// A paper that synthetic people hold already.
struct SampleLicence: SchemaType {
    var type = ""
    var title: String?
    var number = ""
    var holders: [String] = []
    var issuer = ""
    var issuedOn = LegalDay.first
    var validUntil: LegalDay?
    var fields: [String: String] = [:]

    static let schema = Schema<Self> {
        Field("type", \.type, .text(min: 1, max: 60), doc: "证照类型")
        Field("title", \.title, .optional(.text(max: 60)), doc: "证照名称")
        Field("number", \.number, .text(min: 1, max: 60), doc: "证照编号")
        Field("holders", \.holders, .list(of: .text(max: 40)), doc: "持证人")
        Field("issuer", \.issuer, .text(min: 1, max: 60), doc: "颁发机构")
        Field("issuedOn", \.issuedOn, .day, doc: "颁发日期")
        Field("validUntil", \.validUntil, .optional(.day), doc: "有效期至")
        Field("fields", \.fields, .map(of: .text(max: 200)).withDefault, doc: "证照内容")
    }
}
