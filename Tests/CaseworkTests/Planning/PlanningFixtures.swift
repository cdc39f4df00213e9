import Casework
import Catalogue
import Standards

/// A seeded generator (SplitMix64), so that a failing property can be run again.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// A small theme of a birth: A issues a certificate; B needs it; C needs the number that B supplies; D stands apart.
enum PlanningFixtures {
    static let married = Condition.answer(question: "婚姻", options: ["婚内"])
    static let local = Condition.answer(question: "本市", options: ["是"])

    static func item(
        _ id: String, _ limit: TimeLimit = .onTheSpot, fees: [Fee] = [], results: [ResultDefinition] = [],
        from: LegalDay? = nil, to: LegalDay? = nil
    ) -> ItemDefinition {
        ItemDefinition(
            id: id, title: "事项\(id)", department: "卫健", kind: "公共服务", promisedLimit: limit, fees: fees,
            results: results, effectiveFrom: from, effectiveTo: to)
    }

    static let certificate = ResultDefinition(
        id: "certificate", title: "出生医学证明", issuer: .here, licenceType: "出生医学证明", holder: "subject")
    static let register = ResultDefinition(
        id: "register", title: "户口簿", issuer: .elsewhere, licenceType: "户口簿", holder: "subject",
        fields: [FormField(id: "number", title: "号码", kind: .residentID)],
        supplies: [.init(field: "number", to: "child_number")])

    static let questions = [
        Question(id: "年龄", title: "多大？", options: [.init(title: "小"), .init(title: "大")]),
        Question(id: "婚姻", title: "婚姻？", options: [.init(title: "婚内"), .init(title: "非婚")]),
        Question(id: "本市", title: "本市？", options: [.init(title: "是"), .init(title: "否")]),
        Question(
            id: "加办", title: "加办？", options: [.init(title: "是"), .init(title: "否")], when: local),
    ]

    static func theme(_ items: [ThemeItem]? = nil, materials: [MaterialSlot]? = nil) -> Theme {
        Theme(
            id: "t", title: "测试", version: "1", summary: "", audience: .person, words: [], leadDepartment: "卫健",
            promisedLimit: .workingDays(10),
            situationPromises: [
                SituationPromise(when: .answer(question: "加办", options: ["是"]), limit: .workingDays(15))
            ],
            questions: questions,
            outcomes: [
                Outcome(when: .answer(question: "年龄", options: ["大"]), title: "补录", text: "去派出所")
            ],
            items: items ?? [
                ThemeItem(
                    item: item("C", .workingDays(5), fees: [Fee(title: "工本费", amount: Money(fen: 2000))]),
                    after: ["B"]),
                ThemeItem(item: item("B", results: [register]), when: local, after: ["A"]),
                ThemeItem(item: item("A", results: [certificate])),
                ThemeItem(item: item("D", .workingDays(15)), when: .answer(question: "加办", options: ["是"])),
            ],
            parties: [
                PartyRole(id: "subject", title: "孩子", mayLackIdentifier: true, nameField: "child"),
                PartyRole(id: "spouse", title: "配偶", when: married, nameField: "spouse", consent: .always),
            ],
            form: [
                FormSection(
                    title: "孩子",
                    fields: [
                        FormField(id: "child", title: "姓名", kind: .personName),
                        FormField(id: "child_number", title: "号码", kind: .residentID, items: ["C"]),
                        FormField(id: "bank", title: "银行", kind: .text, items: ["D"]),
                    ]),
                FormSection(
                    title: "配偶",
                    fields: [
                        FormField(id: "spouse", title: "姓名", kind: .personName, when: married),
                        FormField(id: "child", title: "姓名", kind: .personName),
                    ]),
            ],
            materials: materials ?? [
                MaterialSlot(id: "form", title: "申请表", items: ["A"], sources: [.form]),
                MaterialSlot(id: "identity", title: "身份证", items: ["A", "B"], sources: [.identity]),
                MaterialSlot(
                    id: "marriage", title: "结婚证", when: married, items: ["B", "D"],
                    sources: [
                        .licence(type: "结婚证", party: "applicant"), .dataCheck(source: "婚姻登记信息"), .upload,
                    ]),
                MaterialSlot(
                    id: "certificate", title: "出生医学证明", items: ["B", "C"],
                    sources: [.upload, .licence(type: "出生医学证明", party: "subject")]),
                MaterialSlot(
                    id: "parents", title: "父母户口簿", items: ["B"],
                    sources: [.licence(type: "户口簿", party: "applicant"), .upload]),
            ],
            advice: [Advice(when: married, text: "恭喜")])
    }

    static let answers = ["年龄": "小", "婚姻": "婚内", "本市": "是", "加办": "否"]
}

extension PlanningResult {
    /// The plan, where there is one.
    var plan: Plan? { if case .plan(let plan) = self { plan } else { nil } }
}

extension Plan {
    /// How a material is served.
    func provision(_ id: String) -> PlannedMaterial.Provision? { materials.first { $0.id == id }?.provision }
    var fieldIDs: [String] { form.flatMap(\.fields).map(\.id) }
}
