import Extension
import Organisation
public import Standards
public import Storage

extension NormService {
    private static let inForce = "effective_from <= ? AND COALESCE(withdrawn_on, 2147483647) > ?"
    static let columns = "id, number, title, level, theme, effective_from, withdrawn_on, replaced_by"

    /// The norms in the order of their numbers.
    ///
    /// - Parameters:
    ///   - day: only those in force on that day; nil is all.
    ///   - after: the number after which to begin.
    ///   - limit: the most to give.
    public func norms(
        inForceOn day: LegalDay? = nil, level: ServiceNorm.Level? = nil, after: String = "", limit: Int = 100
    ) async throws -> [ServiceNorm] {
        var conditions = "number > ?"
        var arguments: [SQLValue] = [.text(after)]
        if let level {
            conditions += " AND level = ?"
            arguments.append(.text(level.rawValue))
        }
        if let day {
            conditions += " AND \(Self.inForce)"
            arguments += [day.sql, day.sql]
        }
        return try await database.read { [conditions, arguments] snapshot in
            try snapshot.rows(
                "SELECT \(Self.columns) FROM norms_norm WHERE \(conditions) ORDER BY number LIMIT ?",
                arguments: arguments + [limit.sql]
            ).map(ServiceNorm.init)
        }
    }

    /// One norm by its number or identifier.
    ///
    /// - Throws: ``CatalogueError`` `norms.not_found`.
    public func norm(_ name: String) async throws -> ServiceNorm { try await database.read { try norm(name, in: $0) } }

    func norm(_ name: String, in snapshot: Snapshot) throws -> ServiceNorm {
        let row = try snapshot.row(
            "SELECT \(Self.columns) FROM norms_norm WHERE number = ? OR id = ?", NormRow.number(name), name)
        guard let row else { throw CatalogueError.normNotFound(name) }
        return try ServiceNorm(row)
    }

    /// How far the divisions are with a norm, in the order of their codes.
    public func adoptions(of norm: Identifier) async throws -> [NormAdoption] {
        try await database.read { snapshot in
            try snapshot.rows(
                "SELECT division, state, day, note FROM norms_adoption WHERE norm = ? ORDER BY division", norm
            ).map(NormAdoption.init)
        }
    }

    /// How far one division is, by norm.
    public func adoptions(in division: String) async throws -> [Identifier: NormAdoption] {
        try await database.read { snapshot in
            let rows = try snapshot.rows(
                "SELECT norm, division, state, day, note FROM norms_adoption WHERE division = ?", division)
            return try rows.reduce(into: [:]) { $0[try $1.get("norm")] = try NormAdoption($1) }
        }
    }

    /// How far each county and zone is with the norms in force on a day (R10.2).
    public func figures(on day: LegalDay) async throws -> [NormFigures] {
        let divisions = try await organisation.snapshot().divisions(within: division).map(\.code)
        return try await database.read { snapshot in
            let total: Int =
                try snapshot.row("SELECT count(*) AS total FROM norms_norm WHERE \(Self.inForce)", day, day)?.get(
                    "total")
                ?? 0
            let rows = try snapshot.rows(
                """
                SELECT a.division, a.state, count(*) AS total FROM norms_adoption a JOIN norms_norm n ON n.id = a.norm
                WHERE \(Self.inForce) GROUP BY a.division, a.state
                """, day, day)
            var counts: [String: [NormAdoption.State: Int]] = [:]
            for row in rows {
                guard let state = NormAdoption.State(rawValue: try row.get("state")) else { continue }
                counts[try row.get("division"), default: [:]][state] = try row.get("total")
            }
            return divisions.map { NormFigures(division: $0, counts: counts[$0] ?? [:], total: total) }
        }
    }
}

extension ServiceNorm {
    init(_ row: Row) throws {
        self.init(
            id: try row.get("id"), number: try row.get("number"), title: try row.get("title"),
            level: Level(rawValue: try row.get("level")) ?? .service, theme: try row.get("theme"),
            effectiveFrom: try row.get("effective_from"), withdrawnOn: try row.get("withdrawn_on"),
            replacedBy: try row.get("replaced_by"))
    }
}

extension NormAdoption {
    init(_ row: Row) throws {
        self.init(
            division: try row.get("division"), state: State(rawValue: try row.get("state")) ?? .planned,
            day: try row.get("day"), note: try row.get("note"))
    }
}

extension CatalogueError {
    static func normNotFound(_ name: String) -> CatalogueError {
        CatalogueError(code: "norms.not_found", status: 404, message: "标准规范库里没有 \(name.prefix(60))，请核对编号。")
    }
}
