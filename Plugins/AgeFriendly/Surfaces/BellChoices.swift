import PluginKit

/// What may be chosen when help is ordered, read at once.
struct BellChoices {
    typealias Choice = (value: String, label: String)

    let division: String
    let divisions: [Choice]
    let free: [HalfDay]
    let halls: [Choice]
    let subjects: [Choice]
    private let rules: VisitRules

    /// - Parameters:
    ///   - wanted: the divisions that were chosen, the first that offers visits counts.
    ///   - address: what tells the division when none was chosen.
    init(_ register: VisitRegister, divisions wanted: [String], address: String = "", on now: Instant) async throws {
        let calendar = try await register.calendar()
        (division, divisions, free, halls, subjects) = try await register.database.read { snapshot in
            let places = try register.organisation.snapshot(in: snapshot)
            let offered = register.offered(places)
            let known = offered.map(\.code)
            let candidates = wanted + [places.division(ofAddress: address) ?? "", register.division]
            let division = candidates.first(where: known.contains) ?? known.first ?? register.division
            return (
                division, offered.map { ($0.code, $0.name) },
                try register.offers(of: division, at: now, calendar, in: snapshot).filter { $0.free > 0 }.map(\.slot),
                register.halls(of: division, places).map { ($0.id.text, $0.name) },
                try register.zone.entries(on: now.day, in: snapshot).map { ($0.id, $0.title) }
            )
        }
        rules = register.rules
    }

    /// The questions whose answers may stay as they are.
    ///
    /// - Parameters:
    ///   - typed: what was typed into a field before, or else the given text.
    ///   - grounds: among which to choose; none where the age entitles.
    ///   - followsAddress: whether the address tells the division unless another one is chosen.
    ///   - phone: what is registered; nil where it is asked elsewhere.
    ///   - chosen: the subject with which the reader came.
    func questions(
        _ kind: Visit.Kind, typed: (String, String) -> String, phone: String?, address: String, grounds: [Visit.Ground],
        followsAddress: Bool, chosen: String = ""
    ) -> [Question] {
        var questions: [Question] = []
        if !grounds.isEmpty {
            let choices = grounds.map { ($0.rawValue, $0.chinese(age: rules.entitledAge)) }
            questions.append(
                Question(
                    name: "ground", label: "您属于哪一种", kind: .radio(choices), value: typed("ground", ""),
                    hint: "这项服务给年满 \(rules.entitledAge) 周岁的长辈和下面这些人。"))
        }
        questions.append(
            Question(
                name: "slot", label: "什么时候",
                kind: .select(free.map { ($0.text, rules.chinese($0)) }, empty: "越快越好，约最早的空档"),
                value: typed("slot", ""), isOptional: true))
        if divisions.count > 1 {
            questions.append(
                Question(
                    name: "division", label: "在哪个地方",
                    kind: .select(divisions, empty: followsAddress ? "看地址就知道" : ""),
                    value: followsAddress ? typed("division", "") : division, isOptional: followsAddress))
        }
        if kind.isInHall {
            questions.append(
                Question(
                    name: "site", label: "哪个大厅", kind: .select(halls, empty: halls.first?.label ?? ""),
                    value: typed("site", ""), isOptional: true))
        } else {
            questions.append(
                Question(name: "address", label: "到哪里", kind: .text(), value: typed("address", address), hint: "写到门牌号。")
            )
        }
        if let phone {
            questions.append(Self.phone(typed("phone", phone)))
        }
        if !subjects.isEmpty {
            questions.append(
                Question(
                    name: "subject", label: "办什么事", kind: .select(subjects, empty: "还没想好，来了再说"),
                    value: typed("subject", chosen), isOptional: true))
        }
        questions.append(
            Question(
                name: "words", label: "还有什么要说的", kind: .paragraph, value: typed("words", ""), isOptional: true,
                hint: "例如 想问高龄津贴，腿脚不便，门铃坏了请敲门。"))
        return questions
    }

    static func phone(_ value: String) -> Question {
        Question(
            name: "phone", label: "联系电话", kind: .text(type: "tel", mode: "tel"), value: value,
            hint: "手机，或者带区号的座机。", maximumLength: 20)
    }
}
