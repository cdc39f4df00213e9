import Extension
import Organisation
import Standards
import Storage

/// The post that a row of the staff's list gives.
struct RosterPost: Equatable {
    let agency: Identifier
    let division: String
    let site: Identifier?
    let roles: [String]
    let days: ValidDays

    /// - Throws: ``RosterFindings`` with all that is wrong, each about a column.
    init(_ values: [String: String], _ known: OrganisationSnapshot, today: LegalDay) throws {
        var findings = RosterFindings()
        let agency = try findings.keep {
            try Self.agency(values["agency"] ?? "", division: values["division"], known, today: today)
        }
        let division = values["division"] ?? agency.flatMap { known.agencies[$0]?.division }
        if let division, known.divisions[division] == nil {
            findings.list.append(Finding("区划代码", "import.division", "没有区划“\(division)”，请先导入区划，或核对代码。"))
        }
        site = try findings.keep {
            try values["site"].map { key in
                guard let found = known.sites.values.first(where: { $0.key == key || $0.name == key }) else {
                    throw Finding("场所编号", "import.site", "没有场所“\(key)”，请先导入场所，或核对编号。")
                }
                return found.id
            }
        }.flatMap(\.self)
        var roles: [String] = []
        for word in (values["roles"] ?? "").split(whereSeparator: { ",，、;；\n".contains($0) }) {
            let role = try findings.keep { try Self.role(String(word.filter { !$0.isWhitespace }), known) }
            if let role { roles.append(role) }
        }
        self.roles = roles.sorted()
        let from = try findings.keep { try Self.day(values["from"], "起始日期") }.flatMap(\.self) ?? today
        let until = try findings.keep { try Self.day(values["until"], "截止日期") }.flatMap(\.self)
        if let until, until <= from {
            findings.list.append(Finding("截止日期", "import.days", "截止日期不晚于起始日期（\(from.text)），请核对。"))
        }
        guard let agency, let division, findings.list.isEmpty else { throw findings }
        self.agency = agency
        self.division = division
        days = ValidDays(from: from, until: until)
    }

    private static func role(_ word: String, _ known: OrganisationSnapshot) throws -> String {
        guard let role = known.roles[word] ?? known.roles.values.first(where: { $0.title == word }) else {
            let hint = nearest(to: word, among: known.roles.values.map(\.title)).map { "，是否想写“\($0)”" } ?? ""
            throw Finding("角色", "import.role", "没有角色“\(word)”\(hint)。")
        }
        return role.id
    }

    /// Whether a post is just this one.
    func isSame(_ post: PostRecord) -> Bool {
        post.agency == agency && post.division == division && post.site == site && post.roles == roles
            && post.validity.contains(days.from)
    }

    private static func day(_ text: String?, _ title: String) throws -> LegalDay? {
        try text.map { text in
            if let day = LegalDay(written: text) { return day }
            throw Finding(title, "standards.day", "“\(text.prefix(20))”不是日期，请写成 2026-11-22 这样。")
        }
    }

    private static func agency(
        _ word: String, division: String?, _ known: OrganisationSnapshot, today: LegalDay
    ) throws -> Identifier {
        let found = known.agencies.values.filter { agency in
            agency.validity.contains(today)
                && (agency.key == word || agency.creditCode == word || agency.name(on: today) == word
                    || (agency.department == word && (division == nil || agency.division == division)))
        }
        if found.isEmpty {
            let hint = nearest(to: word, among: known.agencies.values.map { $0.name(on: today) }).map { "，是否想写“\($0)”" }
            throw Finding("单位", "import.agency", "没有单位“\(word)”\(hint ?? "")。请先导入单位，或核对名称。")
        }
        guard found.count == 1, let agency = found.first else {
            throw Finding("单位", "import.agency", "“\(word)”有 \(found.count) 个单位，请写单位全称或单位编号。")
        }
        return agency.id
    }
}
