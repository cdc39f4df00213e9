import PluginKit

/// Watches whether a zone's cases are handled inside the zone (园区事园区办, R01.6).
struct LoopWatch: Sendable {
    let casework: CaseworkService
    let register: PowerRegister

    /// What the watch needs of a submission.
    struct Submitted: Decodable, Sendable {
        let division: String
        let caseID: Identifier
    }

    /// Notes every item of a zone's case that an organ outside the zone handles.
    func look(_ event: Submitted, by act: Act, in transaction: Transaction) throws {
        let places = try register.organisation.snapshot(in: transaction)
        switch places.divisions[event.division]?.level {
        case .zone, .park: break
        default: return
        }
        let system = Act(actor: .system("zone-empowerment"), now: act.now, seed: act.seed)
        let file = try register.casework(casework, event.caseID, by: system, in: transaction)
        let powers = try register.list(division: event.division, in: transaction).filter { $0.isGiven(on: act.now.day) }
        for task in file.items {
            guard let agency = places.agencies[task.agency], !places.isWithin(agency.division, event.division) else {
                continue
            }
            let hasPower = powers.contains { $0.item == task.id }
            try transaction.execute(
                """
                INSERT INTO zone_empowerment_leak (division, case_id, item, agency, has_power, found_at)
                VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (division, case_id, item) DO NOTHING
                """, event.division, event.caseID, task.id, task.agency, hasPower, act.now)
            try register.events.record(
                [LoopBroken(caseID: event.caseID, item: task.id, division: event.division, hasPower: hasPower)],
                to: StreamID(division: event.division, kind: "zone-empowerment.leak", id: event.caseID.text), by: act,
                in: transaction)
        }
    }
}

extension PowerRegister {
    fileprivate func casework(
        _ casework: CaseworkService, _ id: Identifier, by act: Act, in snapshot: Snapshot
    ) throws -> CaseFile {
        try casework.sight(of: id, by: act, in: snapshot).file
    }

    /// How many items of a place's cases left it since a moment, and how many of them the place had the power for.
    func leaks(since start: Instant, in snapshot: Snapshot) throws -> [String: (all: Int, withPower: Int)] {
        try snapshot.rows(
            """
            SELECT division, count(*) AS total, CAST(sum(has_power) AS BIGINT) AS own FROM zone_empowerment_leak
            WHERE found_at >= ? GROUP BY division
            """, start
        ).reduce(into: [:]) { $0[try $1.get("division")] = (try $1.get("total"), try $1.get("own")) }
    }
}
