import PluginKit

/// One of the list as callers get it.
struct ProactiveView: SchemaType {
    var id = Identifier.none
    var state = ProactiveVisit.State.toVisit
    var stateText = ""
    var reason = ProactiveVisit.Reason.birthday
    var occasion = ""
    var due = LegalDay.first
    var division = ""
    var name = ""
    var basis = ProactiveVisit.Basis.duty
    var basisText = ""
    var phone: String?
    var address: String?
    var age: Int?
    var note: String?
    var closedBy: String?

    init() {}

    /// - Parameters:
    ///   - profile: who it is, for who goes; nil in lists.
    ///   - closedBy: the name of who wrote down what came of it.
    init(
        _ visit: ProactiveVisit, _ rules: ProactiveRules, _ profile: PersonProfile?, closedBy: String?, on day: LegalDay
    ) {
        (id, state, stateText) = (visit.id, visit.state, visit.state.chinese)
        (reason, occasion, due, division) = (visit.reason, visit.occasion, visit.due, visit.division)
        name = profile?.name.text ?? visit.body.maskedName
        basis = visit.basis
        basisText = visit.basis == .duty && !rules.basis.isEmpty ? "法定职责：\(rules.basis)" : visit.basis.chinese
        (phone, address) = (profile?.mobile?.text, profile?.address)
        age = profile?.birthDay?.age(on: day)
        note = visit.body.note.isEmpty ? nil : visit.body.note
        self.closedBy = closedBy
    }

    static let schema = Schema<Self>(fields: visit + person)

    private static let visit: [Field<Self>] = [
        Field("id", \.id, .identifier, doc: "标识"),
        Field("state", \.state, .choice, doc: "状态"),
        Field("state_text", \.stateText, .text(max: 20), doc: "状态的说法"),
        Field("reason", \.reason, .choice, doc: "为什么列入：满岁数 birthday，证照到期 licence"),
        Field("occasion", \.occasion, .text(max: 100), doc: "为什么列入的说法"),
        Field("due", \.due, .day, doc: "生日，或者证照的最后一天"),
        Field("division", \.division, .text(max: 20), doc: "区划"),
        Field("basis", \.basis, .choice, doc: "使用数据的依据：法定职责 duty，本人同意 consent"),
        Field("basis_text", \.basisText, .text(max: 400), doc: "依据的说法"),
    ]

    private static let person: [Field<Self>] = [
        Field("name", \.name, .text(max: 50), doc: "姓名；名单里的已脱敏"),
        Field("phone", \.phone, .optional(.text(max: 20)), doc: "联系电话；名单里没有"),
        Field("address", \.address, .optional(.text(max: 200)), doc: "地址；名单里没有"),
        Field("age", \.age, .optional(.integer(in: 0...200)), doc: "年龄；名单里没有"),
        Field("note", \.note, .optional(.text(max: 500, lines: true)), doc: "办了什么、结果怎样"),
        Field("closed_by", \.closedBy, .optional(.text(max: 50)), doc: "谁登记的结果"),
    ]
}

extension ProactiveRegister {
    /// The views of a list.
    func listed(_ visits: [ProactiveVisit], on day: LegalDay) async throws -> [ProactiveView] {
        let names = try await database.read { snapshot in
            try identity.staffNames(of: Set(visits.compactMap(\.closedBy)), in: snapshot)
        }
        return visits.map { ProactiveView($0, rules, nil, closedBy: $0.closedBy.flatMap { names[$0] }, on: day) }
    }

    /// The view of one, with who it is.
    func view(_ visit: ProactiveVisit, _ profile: PersonProfile?, on day: LegalDay) async throws -> ProactiveView {
        var view = try await listed([visit], on: day)[0]
        if let profile { view = ProactiveView(visit, rules, profile, closedBy: view.closedBy, on: day) }
        return view
    }
}

struct ProactiveQuery: SchemaType {
    var state = ProactiveVisit.State.toVisit
    var after: String?
    var limit = 20
    static let schema = Schema<Self> {
        Field("state", \.state, .choice.withDefault, doc: "哪种状态", in: .query)
        Field("after", \.after, .optional(.text(max: 100)), doc: "从哪里接着列", in: .query)
        Field("limit", \.limit, .integer(in: 1...100).withDefault, doc: "每页几人", in: .query)
    }
}

struct ProactiveOutcome: SchemaType {
    var id = Identifier.none
    var state = ProactiveVisit.State.visited
    var note = ""
    var isForGood = false
    static let schema = Schema<Self> {
        Field("id", \.id, .identifier, doc: "标识", in: .path)
        Field("state", \.state, .choice, doc: "已上门 visited 或本人不要 declined")
        Field("note", \.note, .text(max: 500, lines: true).withDefault, doc: "办了什么、结果怎样；已上门的必须写")
        Field("is_for_good", \.isForGood, .flag.withDefault, doc: "本人以后都不要主动上门")
    }
}

/// Whether a person wants to be visited, as it says it.
struct ProactiveChoiceView: SchemaType {
    var choice: ProactiveChoice?
    static let schema = Schema<Self> {
        Field("choice", \.choice, .optional(.choice), doc: "欢迎主动上门 welcome，不要 unwanted；没有说过的没有这一项")
    }
}

struct ProactiveChoiceInput: SchemaType {
    var choice = ProactiveChoice.welcome
    static let schema = Schema<Self> {
        Field("choice", \.choice, .choice, doc: "欢迎主动上门 welcome，不要 unwanted")
    }
}
