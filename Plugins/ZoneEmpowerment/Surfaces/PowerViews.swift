public import PluginKit

/// A power to be given, as callers send it.
public struct PowerInput: SchemaType {
    public var item = ""
    public var title = ""
    public var field = DelegatedPower.Field.enterprises
    public var level = DelegatedPower.Level.city
    public var from = ""
    public var division = ""
    public var agency = ""
    public var mode = DelegatedPower.Mode.direct
    public var basis = ""
    public var startsOn = LegalDay.first
    public var endsOn: LegalDay?

    public init() {}

    public static let schema = Schema<Self> {
        Field("item", \.item, .text(min: 1, max: 40), doc: "事项代号，例如 E01；和印章、主题里的代号相同")
        Field("title", \.title, .text(min: 1, max: 200), doc: "事项名称")
        Field("field", \.field, .choice, doc: "领域")
        Field("level", \.level, .choice, doc: "原来是哪一级的权限")
        Field("from", \.from, .text(min: 1, max: 100), doc: "下放单位")
        Field("division", \.division, .text(min: 1, max: 20), doc: "承接地的区划代码")
        Field("agency", \.agency, .text(min: 1, max: 60), doc: "承接单位的代号")
        Field("mode", \.mode, .choice, doc: "方式")
        Field("basis", \.basis, .text(min: 1, max: 300), doc: "依据的文件和文号")
        Field("starts_on", \.startsOn, .day, doc: "从哪天起")
        Field("ends_on", \.endsOn, .optional(.day), doc: "到哪天为止（当日起不再有效）；不写为一直有效")
    }
}

struct PowerView: SchemaType {
    var id = ""
    var item = ""
    var title = ""
    var field = DelegatedPower.Field.enterprises
    var level = DelegatedPower.Level.city
    var from = ""
    var division = ""
    var agency = ""
    var mode = DelegatedPower.Mode.direct
    var basis = ""
    var startsOn = LegalDay.first
    var endsOn: LegalDay?
    var isUsable = false
    var missing: [String] = []

    init() {}

    init(_ power: DelegatedPower, _ readiness: Readiness, _ places: OrganisationSnapshot) {
        id = power.id.text
        item = power.item
        title = power.title
        field = power.field
        level = power.level
        from = power.from
        division = power.division
        agency = places.agencies[power.agency]?.name(on: .last) ?? power.agency.text
        mode = power.mode
        basis = power.basis
        startsOn = power.startsOn
        endsOn = power.endsOn
        isUsable = readiness.isComplete
        missing = readiness.missing
    }

    static let schema = Schema<Self> {
        Field("id", \.id, .text(max: 40), doc: "标识")
        Field("item", \.item, .text(max: 40), doc: "事项代号")
        Field("title", \.title, .text(max: 200), doc: "事项名称")
        Field("field", \.field, .choice, doc: "领域")
        Field("level", \.level, .choice, doc: "原来是哪一级的权限")
        Field("from", \.from, .text(max: 100), doc: "下放单位")
        Field("division", \.division, .text(max: 20), doc: "承接地")
        Field("agency", \.agency, .text(max: 100), doc: "承接单位")
        Field("mode", \.mode, .choice, doc: "方式")
        Field("basis", \.basis, .text(max: 300), doc: "依据")
        Field("starts_on", \.startsOn, .day, doc: "从哪天起")
        Field("ends_on", \.endsOn, .optional(.day), doc: "到哪天为止")
        Field("is_usable", \.isUsable, .flag, doc: "权限、系统、人员是否都已到位")
        Field("missing", \.missing, .list(of: .text(max: 200)), doc: "还缺什么")
    }
}

struct PowerListView: SchemaType {
    var powers: [PowerView] = []
    static let schema = Schema<Self> { Field("powers", \.powers, .list(of: .object, max: 20_000), doc: "下放的权限") }
}

struct ZoneFigureView: SchemaType {
    var division = ""
    var name = ""
    var kind = ZoneFigures.Kind.park
    var usable = 0
    var counted = 0
    var target: Int?
    var incomplete = 0

    init() {}

    init(_ figures: ZoneFigures) {
        division = figures.division
        name = figures.name
        kind = figures.kind
        usable = figures.usable
        counted = figures.counted
        target = figures.target
        incomplete = figures.incomplete
    }

    static let schema = Schema<Self> {
        Field("division", \.division, .text(max: 20), doc: "区划")
        Field("name", \.name, .text(max: 60), doc: "名称")
        Field("kind", \.kind, .choice, doc: "哪一类")
        Field("usable", \.usable, .integer(in: 0...100_000), doc: "三到位、可以办的事项")
        Field("counted", \.counted, .integer(in: 0...100_000), doc: "其中计入目标的")
        Field("target", \.target, .optional(.integer(in: 0...100_000)), doc: "目标数")
        Field("incomplete", \.incomplete, .integer(in: 0...100_000), doc: "还没有三到位的事项")
    }
}

struct ZoneFigureList: SchemaType {
    var places: [ZoneFigureView] = []
    static let schema = Schema<Self> { Field("places", \.places, .list(of: .object, max: 5000), doc: "各地的数字") }
}
