public import Extension
public import Standards

/// The organisation as a deployment's file describes it; decoded strictly, so that an unknown key is a finding.
public struct OrganisationLayout: SchemaType {
    public var divisions: [DivisionLayout] = []
    public var roles: [RoleLayout] = []
    public var agencies: [AgencyLayout] = []
    public var sites: [SiteLayout] = []
    public var windows: [WindowLayout] = []

    public init() {}

    public static let schema = Schema<Self> {
        Field("divisions", \.divisions, .list(of: .object, max: 10_000).withDefault, doc: "区划")
        Field("roles", \.roles, .list(of: .object).withDefault, doc: "角色")
        Field("agencies", \.agencies, .list(of: .object, max: 10_000).withDefault, doc: "部门")
        Field("sites", \.sites, .list(of: .object, max: 10_000).withDefault, doc: "服务场所")
        Field("windows", \.windows, .list(of: .object, max: 10_000).withDefault, doc: "窗口")
    }
}

/// A division of the deployment.
public struct DivisionLayout: SchemaType {
    public var code = ""
    public var name = ""
    /// The division above; by the structure of the code when left out and the deployment has it.
    public var parent: String?
    public var level = Division.Level.county

    public init() {}

    public static let schema = Schema<Self> {
        Field("code", \.code, .parsed(name: "区划代码", { try DivisionCode($0).text }, text: { $0 }), doc: "区划代码")
        Field("name", \.name, .text(min: 1, max: 40), doc: "名称")
        Field("parent", \.parent, .optional(.text(min: 1, max: 10)), doc: "上级区划")
        Field("level", \.level, .choice, doc: "级别")
    }
}

/// A role of the deployment.
public struct RoleLayout: SchemaType {
    public var id = ""
    public var title = ""
    public var permissions: [String] = []

    public init() {}

    public static let schema = Schema<Self> {
        Field("id", \.id, .text(min: 1, max: 40), doc: "角色编号")
        Field("title", \.title, .text(min: 1, max: 40), doc: "角色名称")
        Field("permissions", \.permissions, .list(of: .text(min: 1, max: 80)), doc: "权限")
    }
}

/// An agency of the deployment.
public struct AgencyLayout: SchemaType {
    /// How the file names it, unique and never changed.
    public var key = ""
    public var name = ""
    public var creditCode: String?
    public var department = ""
    public var division = ""
    /// The key of the agency that leads it.
    public var parent: String?
    /// Since when it exists; always, when left out.
    public var from: LegalDay?

    public init() {}

    public static let schema = Schema<Self> {
        Field("key", \.key, .text(min: 1, max: 60), doc: "部门在本文件中的编号")
        Field("name", \.name, .text(min: 1, max: 60), doc: "名称")
        Field(
            "creditCode", \.creditCode,
            .optional(.parsed(name: "统一社会信用代码", { try CreditCode($0).text }, text: { $0 })), doc: "统一社会信用代码")
        Field("department", \.department, .text(min: 1, max: 20), doc: "部门类别，如 公安、卫健")
        Field("division", \.division, .text(min: 1, max: 10), doc: "区划代码")
        Field("parent", \.parent, .optional(.text(min: 1, max: 60)), doc: "主管部门")
        Field("from", \.from, .optional(.day), doc: "成立日期")
    }
}

/// A service site of the deployment. Its name is generated; one that is written must be the uniform one (R01.13).
public struct SiteLayout: SchemaType {
    public var key = ""
    public var division = ""
    public var level = SiteLevel.centre
    /// The township or village; empty for a centre.
    public var place = ""
    public var name: String?
    /// When it is open, where it is, and its own number; empty leaves what is known.
    public var hours = ""
    public var address = ""
    public var phone = ""

    public init() {}

    public static let schema = Schema<Self> {
        Field("key", \.key, .text(min: 1, max: 60), doc: "场所在本文件中的编号")
        Field("division", \.division, .text(min: 1, max: 10), doc: "区划代码")
        Field("level", \.level, .choice, doc: "级别")
        Field("place", \.place, .text(max: 40).withDefault, doc: "乡镇（街道）或村（社区）")
        Field("name", \.name, .optional(.text(max: 60)), doc: "名称")
        Field("hours", \.hours, .text(max: 200).withDefault, doc: "开放时间")
        Field("address", \.address, .text(max: 200).withDefault, doc: "地址")
        Field("phone", \.phone, .text(max: 40).withDefault, doc: "电话")
    }
}

/// A window of a site.
public struct WindowLayout: SchemaType {
    public var key = ""
    /// The key of the site.
    public var site = ""
    public var name = ""
    /// What it takes in; by its name when left out.
    public var kind: WindowKind?

    public init() {}

    public static let schema = Schema<Self> {
        Field("key", \.key, .text(min: 1, max: 60), doc: "窗口在本文件中的编号")
        Field("site", \.site, .text(min: 1, max: 60), doc: "所在场所")
        Field("name", \.name, .text(min: 1, max: 40), doc: "窗口名称")
        Field("kind", \.kind, .optional(.choice), doc: "窗口类型：comprehensive 综合，departmental 部门，special 专项")
    }
}
