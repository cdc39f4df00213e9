import Extension
import Standards

/// Finds everything that contradicts itself in a layout, given what the database has already.
struct LayoutCheck {
    let layout: OrganisationLayout
    let existing: OrganisationSnapshot

    func findings() -> [Finding] {
        divisionFindings() + duplicates("roles", layout.roles.map(\.id)) + agencyFindings() + siteFindings()
            + windowFindings()
    }

    private func divisionFindings() -> [Finding] {
        let known = Set(layout.divisions.map(\.code)).union(existing.divisions.keys)
        var findings = duplicates("divisions", layout.divisions.map(\.code))
        for (index, division) in layout.divisions.enumerated() {
            if let parent = division.parent {
                findings += missing(parent, in: known, at: "divisions[\(index)].parent", "上级区划")
            }
        }
        let parents = layout.parentsByDivision(existing: existing)
        for (index, division) in layout.divisions.enumerated() where isCircular(division.code, parents) {
            findings.append(
                Finding("divisions[\(index)].parent", "organisation.circular", "区划 \(division.code) 的上级最后又回到它自己。"))
        }
        return findings
    }

    private func agencyFindings() -> [Finding] {
        let divisions = Set(layout.divisions.map(\.code)).union(existing.divisions.keys)
        let keys = Set(layout.agencies.map(\.key)).union(existing.agencies.values.compactMap(\.key))
        var findings = duplicates("agencies", layout.agencies.map(\.key))
        var parents = Dictionary(
            existing.agencies.values.compactMap { agency in
                agency.key.map { ($0, agency.parent.flatMap { existing.agencies[$0]?.key }) }
            }, uniquingKeysWith: { $1 })
        for agency in layout.agencies { parents[agency.key] = agency.parent }
        for (index, agency) in layout.agencies.enumerated() {
            findings += sharedCode(agency, at: "agencies[\(index)].creditCode")
            findings += missing(agency.division, in: divisions, at: "agencies[\(index)].division", "区划")
            if let parent = agency.parent {
                findings += missing(parent, in: keys, at: "agencies[\(index)].parent", "主管部门")
            }
            if isCircular(agency.key, parents) {
                findings.append(
                    Finding("agencies[\(index)].parent", "organisation.circular", "部门 \(agency.key) 的主管部门最后又回到它自己。"))
            }
            let old = existing.agencies.values.first { $0.key == agency.key }
            if let old, old.department != agency.department || old.division != agency.division {
                findings.append(
                    Finding(
                        "agencies[\(index)]", "organisation.agency_moved",
                        "部门 \(agency.key) 的类别或区划与已登记的不同。这是机构改革，请用合并或拆分办理，或换一个新的编号。"))
            }
        }
        return findings
    }

    /// Two agencies with one credit code would be one legal person under two names.
    private func sharedCode(_ agency: AgencyLayout, at path: String) -> [Finding] {
        guard let code = agency.creditCode else { return [] }
        let others =
            layout.agencies.filter { $0.creditCode == code && $0.key != agency.key }.map(\.name)
            + existing.agencies.values.filter { other in
                other.creditCode == code && other.key != agency.key && other.validity.until == nil
                    && !layout.agencies.contains { $0.key == other.key }
            }.compactMap(\.names.last?.name)
        return others.prefix(1).map {
            Finding(path, "organisation.shared_code", "统一社会信用代码 \(code) 已经是“\($0)”的，请核对。")
        }
    }

    private func siteFindings() -> [Finding] {
        let names = layout.divisionNames(existing: existing)
        var findings = duplicates("sites", layout.sites.map(\.key))
        for (index, site) in layout.sites.enumerated() {
            let path = "sites[\(index)]"
            findings += missing(site.division, in: Set(names.keys), at: "\(path).division", "区划")
            if (site.level == .centre) != site.place.isEmpty {
                let remedy = site.level == .centre ? "政务服务中心按区划命名，请删去 place。" : "请在 place 写明乡镇（街道）或村（社区）。"
                findings.append(Finding("\(path).place", "organisation.site_place", remedy))
            }
            let uniform = ServiceSite.uniformName(
                site.level, division: names[site.division] ?? site.division, place: site.place)
            if let name = site.name, name != uniform {
                findings.append(
                    Finding("\(path).name", "organisation.site_name", "场所名称应当统一为“\(uniform)”，请改正或删去 name。"))
            }
        }
        return findings
    }

    private func windowFindings() -> [Finding] {
        let sites = Set(layout.sites.map(\.key)).union(existing.sites.values.map(\.key))
        return duplicates("windows", layout.windows.map(\.key))
            + layout.windows.enumerated().flatMap { missing($1.site, in: sites, at: "windows[\($0)].site", "场所") }
    }

    private func duplicates(_ list: String, _ keys: [String]) -> [Finding] {
        var seen: Set<String> = []
        return keys.enumerated().filter { !seen.insert($1).inserted }.map { index, key in
            Finding("\(list)[\(index)]", "organisation.duplicate", "\(key) 出现了不止一次，请删去多余的或改用别的编号。")
        }
    }

    private func missing(_ key: String, in known: Set<String>, at path: String, _ what: String) -> [Finding] {
        if known.contains(key) { return [] }
        let hint = nearest(to: key, among: known.sorted()).map { "，是否想写 \($0)" } ?? ""
        return [Finding(path, "organisation.unknown_reference", "没有\(what) \(key)\(hint)。")]
    }

    private func isCircular(_ start: String, _ parents: [String: String?]) -> Bool {
        var seen: Set<String> = []
        var next: String? = start
        while let key = next {
            if !seen.insert(key).inserted { return key == start }
            next = parents[key] ?? nil
        }
        return false
    }
}

extension OrganisationLayout {
    /// Each division's parent: the one that is written, else the nearest one above by the structure of the code.
    func parentsByDivision(existing: OrganisationSnapshot) -> [String: String?] {
        let known = Set(divisions.map(\.code)).union(existing.divisions.keys)
        var parents = existing.divisions.mapValues(\.parent)
        for division in divisions {
            parents[division.code] = .some(division.parent ?? Self.structuralParent(of: division.code, among: known))
        }
        return parents
    }

    func divisionNames(existing: OrganisationSnapshot) -> [String: String] {
        existing.divisions.mapValues(\.name)
            .merging(divisions.map { ($0.code, $0.name) }, uniquingKeysWith: { $1 })
    }
}

extension OrganisationLayout {
    private static func structuralParent(of code: String, among known: Set<String>) -> String? {
        var next = (try? DivisionCode(code))?.parent
        while let parent = next {
            if known.contains(parent.text) { return parent.text }
            next = parent.parent
        }
        return nil
    }
}
