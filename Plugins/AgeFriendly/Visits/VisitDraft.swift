import PluginKit

/// What an order comes to once what is registered of the person stands in place of what was left out, with every finding.
struct VisitDraft {
    private(set) var findings: [Finding] = []
    private(set) var person: Identifier?
    private(set) var way = Visit.Way.portal
    private(set) var division = ""
    private(set) var site: Identifier?
    private(set) var name = ""
    private(set) var phone = ""
    private(set) var address = ""
    private(set) var ground = Visit.Ground.age

    /// - Throws: ``Problem/forbidden`` for who may not order, and what reading the person's own profile throws.
    init(
        _ register: VisitRegister, _ input: VisitInput, _ places: OrganisationSnapshot, by act: Act,
        in transaction: Transaction
    ) throws {
        let rules = register.rules
        var birthDay: LegalDay?
        if act.actor.kind == .person, let own = act.actor.person {
            let profile = try register.identity.profile(of: own, by: act, in: transaction)
            (person, name, birthDay) = (own, profile.name.text, profile.birthDay)
            way = act.actor.assistant == nil ? .portal : .window
            readContact(input, profile.mobile?.text, profile.address)
            if input.name != nil || input.idNumber != nil {
                add("name", "field.unknown", "给自己预约不用写姓名和身份证号；替别人预约，请打电话或者到窗口。")
            }
        } else {
            guard act.actor.holds(VisitRegister.permission) else { throw Problem.forbidden }
            way = .telephone
            birthDay = try readCaller(input, register, on: act.now.day, in: transaction)
            readContact(input, nil, nil)
        }
        let offered = register.offered(places).map(\.code)
        let found = places.division(ofAddress: address).flatMap { offered.contains($0) ? $0 : nil }
        division = input.division ?? found ?? register.division
        let isOffered = offered.contains(division)
        if way == .telephone, isOffered, !places.mayHandle(act.actor, division: division) { throw Problem.forbidden }
        readGround(input, age: birthDay?.age(on: act.now.day), rules)
        if !isOffered {
            add("division", "age-friendly.not_offered", "“\(division)”没有开通上门服务，请另选一个地方。")
        }
        readPlace(input, register.halls(of: division, places))
        let known = try register.zone.entries(on: act.now.day, in: transaction).map(\.id)
        if !input.subject.isEmpty, !known.contains(input.subject) {
            let hint = nearest(to: input.subject, among: known).map { "，是否想选 \($0)" } ?? ""
            add("subject", "age-friendly.subject_unknown", "老年人专区里没有“\(input.subject)”\(hint)；也可以不选，直接写办什么事。")
        }
    }

    /// The half day that was asked for; nil for the first free one.
    mutating func slot(_ input: VisitInput, _ offered: [HalfDay]) -> HalfDay? {
        guard let day = input.day, let half = input.half else {
            if input.day != nil { add("half", "field.required", "请选上午或者下午。") }
            if input.half != nil { add("day", "field.required", "请选哪一天。") }
            return nil
        }
        let wanted = HalfDay(day, half)
        if !offered.contains(wanted) {
            let ends = offered.first.flatMap { first in offered.last.map { "可以约\(first.chinese)到\($0.chinese)的工作日。" } }
            add("day", "age-friendly.not_bookable", "\(wanted.chinese)约不了，\(ends ?? "最近没有可以预约的工作日。")")
        }
        return wanted
    }

    private mutating func add(_ field: String, _ code: String, _ message: String) {
        findings.append(Finding(field, code, message))
    }

    /// Who telephones: its name, and its number where it is known, by which its birth day is known too.
    private mutating func readCaller(
        _ input: VisitInput, _ register: VisitRegister, on today: LegalDay, in transaction: Transaction
    ) throws -> LegalDay? {
        do {
            name = try PersonName(input.name ?? "").text
        } catch {
            add("name", error.code.rawValue, error.message)
        }
        guard let number = input.idNumber, !number.isEmpty else { return nil }
        do {
            let id = try ResidentID(number, today: today)
            person = try register.identity.person(withDocument: .residentID, number: id.text, in: transaction)
            return id.birthDay
        } catch let error as StandardsError {
            add("id_number", error.code.rawValue, error.message)
            return nil
        }
    }

    private mutating func readContact(_ input: VisitInput, _ mobile: String?, _ registered: String?) {
        do {
            phone = try ContactPhone.read(input.phone ?? mobile ?? "")
        } catch {
            findings.append(error)
        }
        guard !input.kind.isInHall else { return }
        address = input.address ?? registered ?? ""
        if address.count < 5 { add("address", "field.required", "请写明到哪里，写到门牌号，例如 五里牌街道示例路1号2单元301。") }
    }

    private mutating func readGround(_ input: VisitInput, age: Int?, _ rules: VisitRules) {
        if let age, age >= rules.entitledAge {
            ground = .age
        } else if let given = input.ground, given != .age || age == nil {
            ground = given
        } else {
            add(
                "ground", "age-friendly.not_entitled",
                "这项服务给年满 \(rules.entitledAge) 周岁的长辈，以及残疾、伤病行动不便、独自照护病人的人。属于后几种的，请选上。")
        }
    }

    private mutating func readPlace(_ input: VisitInput, _ halls: [ServiceSite]) {
        guard input.kind.isInHall else {
            if input.site != nil { add("site", "field.unknown", "上门办不用选大厅。") }
            return
        }
        guard let first = halls.first else {
            add("site", "age-friendly.no_hall", "这个地方还没有登记办事大厅，请另选一个地方。")
            return
        }
        guard let wanted = input.site else {
            site = first.id
            return
        }
        if halls.contains(where: { $0.id == wanted }) {
            site = wanted
        } else {
            add("site", "age-friendly.hall_unknown", "这个大厅不在选的地方，请重新选。")
        }
    }
}
