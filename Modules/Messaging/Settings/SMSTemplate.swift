import Extension

/// What a provider of short messages calls a text, and which variables it takes in which order (短信模板).
public struct SMSTemplate: Sendable, Hashable {
    /// The provider's identifier, such as `SMS_1001`.
    public let id: String
    /// The variables by position.
    public let variables: [String]
    /// The template by which a named helper is told; nil when no helper can be told this.
    public let helper: Words?

    /// An identifier with its variables.
    public struct Words: Sendable, Hashable {
        public let id: String
        public let variables: [String]
    }

    /// The one for the person itself.
    public var own: Words { Words(id: id, variables: variables) }
}

/// A template as it stands in the settings, not yet held against the kind.
struct SMSTemplateSetting: SchemaType {
    var id = ""
    var variables: [String] = []
    var helperID: String?
    var helperVariables: [String] = []

    static let schema = Schema<Self> {
        Field("id", \.id, .text(min: 1, max: 64), doc: "短信平台的模板编号")
        Field("variables", \.variables, .list(of: .text(min: 1, max: 40), max: 20).withDefault, doc: "模板变量，按位置排列")
        Field("helperID", \.helperID, .optional(.text(min: 1, max: 64)), doc: "发给指定联系人的模板编号")
        Field(
            "helperVariables", \.helperVariables, .list(of: .text(min: 1, max: 40), max: 20).withDefault,
            doc: "发给指定联系人的模板变量，要有“收信人”")
    }
}

extension SMSSettings {
    /// The template of a kind; what does not fit it becomes a finding.
    func template(
        for kind: NoticeKind, _ wording: NoticeWording, findings: inout [Finding]
    ) -> SMSTemplate? {
        var ignored: [Finding] = []
        let said = NoticeText(wording.short, at: "", findings: &ignored).variables
        guard let setting = templates[kind.key] else {
            if channel != .sandbox { return nil }
            return SMSTemplate(
                id: kind.key, variables: said,
                helper: .init(id: "\(kind.key).helper", variables: [NoticeVariable.addressee.name] + said))
        }
        let place = "messaging.sms.templates.\(kind.key)"
        for name in setting.variables + setting.helperVariables {
            let variable = name == NoticeVariable.addressee.name ? NoticeVariable.addressee : kind.variable(name)
            guard let variable else {
                let hint = nearest(to: name, among: kind.variables.map(\.name)).map { "，是否想写 \($0)" } ?? ""
                findings.append(Finding(place, "template.unknown_variable", "“\(kind.title)”没有变量 \(name)\(hint)。"))
                continue
            }
            if variable.isPrivate || variable.mayBeAbsent {
                findings.append(
                    Finding(
                        place, "template.private_variable",
                        "变量 \(name) 不能放进短信：\(variable.isPrivate ? "它可能涉及个人情况" : "它不一定有内容")。"))
            }
        }
        if setting.variables.contains(NoticeVariable.addressee.name) {
            findings.append(Finding(place, "template.addressee", "“收信人”只能用在发给指定联系人的模板（helperVariables）里。"))
        }
        if setting.helperID != nil, !setting.helperVariables.contains(NoticeVariable.addressee.name) {
            findings.append(Finding(place, "template.addressee", "发给指定联系人的模板必须有变量“收信人”，否则对方不知道这是谁的通知。"))
        }
        return SMSTemplate(
            id: setting.id, variables: setting.variables,
            helper: setting.helperID.map { .init(id: $0, variables: setting.helperVariables) })
    }
}
