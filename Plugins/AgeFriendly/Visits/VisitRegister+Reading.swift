public import PluginKit

/// Which orders are wanted.
public enum VisitList: String, Sendable, CaseIterable {
    /// What is not done, the first due first.
    case open
    /// What is not done and mine.
    case mine
    /// What is done or cancelled, the newest first.
    case closed

    /// The name for people.
    public var chinese: String {
        switch self {
        case .open: "没办完的"
        case .mine: "安排给我的"
        case .closed: "办完和取消的"
        }
    }
}

extension VisitRegister {
    /// One order of the person's own, or one at the staff's place; that staff looked is written down.
    ///
    /// - Throws: ``Problem`` 404, also for who may not know of it.
    public func open(_ id: Identifier, by act: Act) async throws -> Visit {
        if act.actor.kind == .person {
            let visit = try await database.read { try find(id, in: $0) }
            guard let visit, let person = act.actor.person, visit.person == person else {
                throw Problem.notFound("这单预约")
            }
            return visit
        }
        guard act.actor.holds(Self.permission) else { throw Problem.forbidden }
        return try await database.write { transaction in
            guard let visit = try find(id, in: transaction),
                try organisation.snapshot(in: transaction).mayHandle(act.actor, division: visit.division)
            else { throw Problem.notFound("这单预约") }
            try tell(VisitRead(visit: id), of: visit, nil, by: act, in: transaction)
            return visit
        }
    }

    /// The person's own orders, the newest first.
    public func own(after cursor: Identifier? = nil, limit: Int, by act: Act) async throws -> [Visit] {
        guard act.actor.kind == .person, let person = act.actor.person else { throw Problem.forbidden }
        return try await database.read { snapshot in
            try snapshot.rows(
                """
                SELECT \(VisitSchema.columns) FROM age_friendly_visit WHERE person = ? AND id < ?
                ORDER BY id DESC LIMIT ?
                """, person, cursor?.text ?? "~", limit
            ).map(visit)
        }
    }

    /// Orders at the staff's place.
    ///
    /// - Parameter cursor: ``cursor(_:_:)`` of the last one already seen.
    public func list(
        _ list: VisitList, after cursor: String? = nil, limit: Int, by act: Act
    ) async throws -> [Visit] {
        guard act.actor.holds(Self.permission) else { throw Problem.forbidden }
        let start = try Start(cursor)
        return try await database.read { snapshot in
            let places = try organisation.snapshot(in: snapshot)
            let codes =
                act.actor.post.map { places.divisions(within: $0.division).map(\.code) }
                ?? places.divisions.keys.sorted()
            if codes.isEmpty { return [] }
            let marks = Array(repeating: "?", count: codes.count).joined(separator: ", ")
            var arguments: [SQLValue] = codes.map(\.sql)
            var conditions = "division IN (\(marks))"
            switch list {
            case .closed:
                conditions += " AND state IN ('done', 'cancelled') AND id < ? ORDER BY id DESC"
                arguments.append(.text(start?.id ?? "~"))
            case .open, .mine:
                conditions += " AND \(VisitSchema.open)"
                if list == .mine {
                    conditions += " AND assignee = ?"
                    arguments.append(.text(act.actor.account?.text ?? ""))
                }
                if let start {
                    conditions += " AND (day > ? OR (day = ? AND (half > ? OR (half = ? AND id > ?))))"
                    let (day, half) = (start.slot.day.sql, start.slot.half.sql)
                    arguments += [day, day, half, half, .text(start.id)]
                }
                conditions += " ORDER BY day, half, id"
            }
            return try snapshot.rows(
                "SELECT \(VisitSchema.columns) FROM age_friendly_visit WHERE \(conditions) LIMIT ?",
                arguments: arguments + [limit.sql]
            ).map(visit)
        }
    }

    /// Where a list goes on after an order.
    static func cursor(_ slot: HalfDay, _ id: Identifier) -> String { "\(slot.text).\(id)" }

    /// How many orders are not done, by their state.
    var gauge: Gauge {
        Gauge("visits_open", help: "home visits that are not done, by state", title: "没办完的上门服务") { snapshot, _ in
            try snapshot.rows(
                "SELECT state, count(*) AS n FROM age_friendly_visit WHERE \(VisitSchema.open) GROUP BY state ORDER BY state"
            ).map { Gauge.Sample(Double(try $0.get("n", as: Int.self)), ["state": try $0.get("state")]) }
        }
    }

    /// The names of who goes, by account.
    func names(of visits: [Visit], in snapshot: Snapshot) throws -> [Identifier: String] {
        try identity.staffNames(of: Set(visits.compactMap(\.assignee)), in: snapshot)
    }

    private struct Start {
        let slot: HalfDay
        let id: String

        init?(_ cursor: String?) throws {
            guard let cursor, !cursor.isEmpty else { return nil }
            let parts = cursor.split(separator: ".", maxSplits: 2, omittingEmptySubsequences: false)
            guard parts.count == 3, let slot = HalfDay("\(parts[0]).\(parts[1])"),
                let id = try? Identifier(String(parts[2]))
            else { throw Problem(400, "input.cursor", "翻页的位置不对", "翻页的位置不对，请回到第一页。") }
            self.slot = slot
            self.id = id.text
        }
    }
}
