import Catalogue
public import Extension
import Standards
public import Storage

extension CaseworkService {
    /// The open work that nobody who is there may do.
    public func unownedWork(by act: Act) async throws -> [UnownedWork] {
        try await database.read { try unownedWork(on: act.now.day, in: $0) }
    }

    func unownedWork(on day: LegalDay, in snapshot: Snapshot) throws -> [UnownedWork] {
        guard let presence else { return [] }
        var found: [UnownedWork] = []
        let clerks = try presence.clerks(on: day, in: snapshot)
        let everyClerk = clerks.values.reduce(into: Set<Identifier>()) { $0.formUnion($1) }
        for (agency, deciders) in try presence.deciders(on: day, in: snapshot) {
            let kind: UnownedWork.Kind
            let count: Int
            if deciders.isEmpty {
                kind = .noDecider
                count = try Self.openStates.reduce(0) { sum, state in
                    try sum
                        + Self.count(
                            "SELECT 1 FROM case_task WHERE agency = ? AND state = ?", agency, state, in: snapshot)
                }
            } else if deciders.count <= 3, !deciders.isDisjoint(with: everyClerk) {
                kind = .sameOfficer
                count = try undecidable(in: agency, by: deciders, snapshot)
            } else {
                continue
            }
            if count > 0 {
                found.append(
                    UnownedWork(
                        place: try presence.title(ofAgency: agency, in: snapshot), kind: kind,
                        count: min(count, UnownedWork.limit)))
            }
        }
        for (division, clerks) in clerks where clerks.isEmpty {
            let count = try Self.count(
                "SELECT 1 FROM case_file WHERE division = ? AND state = ?", division, CaseState.submitted.rawValue,
                in: snapshot)
            if count > 0 {
                found.append(
                    UnownedWork(
                        place: try presence.title(ofDivision: division, in: snapshot), kind: .noClerk, count: count))
            }
        }
        return found.sorted { ($1.count, $0.place, $0.kind.rawValue) < ($0.count, $1.place, $1.kind.rawValue) }
    }

    private static let openStates = [ItemState.open, .paused, .unpaid, .waiting].map(\.rawValue)

    private static func count(
        _ sql: String, _ place: any SQLConvertible, _ state: String, in snapshot: Snapshot
    ) throws -> Int {
        try snapshot.row("SELECT COUNT(*) AS n FROM (\(sql) LIMIT \(UnownedWork.limit)) found", place, state)?.get("n")
            ?? 0
    }

    /// How many open items of an agency all those who are there may not decide, since they accepted the case.
    private func undecidable(
        in agency: Identifier, by deciders: Set<Identifier>, _ snapshot: Snapshot
    ) throws -> Int {
        try snapshot.rows(
            """
            SELECT t.item, f.id, f.division, f.number, f.version, f.body FROM case_task t
            JOIN case_file f ON f.division = t.division AND f.id = t.case_id
            WHERE t.agency = ? AND t.state = ? ORDER BY t.due, t.case_id, t.item LIMIT 200
            """, agency, ItemState.open.rawValue
        ).count { row in
            let file = try store.decode(row, id: try row.get("id"))
            let item: String = try row.get("item")
            let definition = try catalogue.theme(hash: file.theme.hash, in: snapshot).items.first { $0.id == item }?
                .item
            return !UnownedWork.hasDecider(
                among: deciders, acceptedBy: file.acceptance?.by, recordedBy: file.assistance?.account,
                isSeparate: definition?.separation != .sameOfficer)
        }
    }

    /// The alarm about such work, and what listens for departures.
    var staffing: [any Contribution] {
        [
            HealthCheck("unowned", title: "无人办理") { act in
                let found = try await unownedWork(by: act)
                if found.isEmpty { return .sound("在办的事都有在岗的人能办") }
                return .fault(
                    found.prefix(5).map(\.text).joined(separator: " "), remedy: "请单位管理员在“人员管理”里安排，或用 yiciban staff。")
            },
            Gauge("work_unowned", help: "open items and submitted cases that nobody present may handle", title: "无人办理")
            {
                snapshot, now in
                let found = try unownedWork(on: now.day, in: snapshot)
                return UnownedWork.Kind.allCases.map { kind in
                    .init(Double(found.filter { $0.kind == kind }.reduce(0) { $0 + $1.count }), ["kind": kind.rawValue])
                }
            },
            On("identity.staff_departed", as: Departure.self, name: "hand-over-drafts") { departure, act, transaction in
                try handOver(departure, by: act, in: transaction)
            },
        ]
    }

    /// What casework needs of the event that a member of staff left.
    private struct Departure: Decodable, Sendable {
        let account: Identifier
        let colleague: Identifier
    }

    /// Gives a colleague the drafts that somebody recorded at a window and did not submit. Who recorded them stays on
    /// record: the separation of duties looks at that.
    private func handOver(_ departure: Departure, by act: Act, in transaction: Transaction) throws {
        let drafts = try transaction.rows(
            """
            SELECT i.case_id, i.division FROM case_involved i
            JOIN case_file f ON f.division = i.division AND f.id = i.case_id
            WHERE i.person = ? AND i.role = ? AND f.state = ? ORDER BY i.case_id
            """, departure.account, CaseStore.assistantRole, CaseState.draft.rawValue)
        for row in drafts {
            let (id, place): (Identifier, String) = (try row.get("case_id"), try row.get("division"))
            let taken = try transaction.row(
                """
                INSERT INTO case_involved (person, division, case_id, role, party) VALUES (?, ?, ?, ?, NULL)
                ON CONFLICT (person, case_id, role) DO NOTHING RETURNING case_id
                """, departure.colleague, place, id, CaseStore.assistantRole)
            try transaction.execute(
                "DELETE FROM case_involved WHERE person = ? AND case_id = ? AND role = ?", departure.account, id,
                CaseStore.assistantRole)
            if taken == nil { continue }
            try store.events.record(
                [DraftHandedOver(caseID: id, from: departure.account, to: departure.colleague)],
                to: StreamID(division: place, kind: "case.handover", id: id.text), by: act, in: transaction)
        }
    }
}

/// A draft that was recorded at a window is gone on with by a colleague.
public struct DraftHandedOver: Event, Hashable {
    public static let name = "case.draft_handed_over"
    public let caseID: Identifier
    public let from: Identifier
    public let to: Identifier
}
