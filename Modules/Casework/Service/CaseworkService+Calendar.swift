public import Extension
public import Standards
public import Storage

/// A year of the working calendar was loaded or corrected.
public struct CalendarYearImported: Event {
    public static let name = "casework.calendar_imported"
    public let year: Int
    public let source: String
}

extension CaseworkService {
    /// The calendar in force.
    public func calendar() async throws -> WorkingCalendar {
        try await database.read { [calendars] in try calendars.calendar(in: $0) }
    }

    /// The calendar as a view of the database or a transaction sees it.
    public func calendar(in snapshot: Snapshot) throws -> WorkingCalendar { try calendars.calendar(in: snapshot) }

    /// What an import would change: days, and deadlines of open cases. It changes nothing.
    public func proposal(
        _ years: [CalendarYear], by act: Act, progress: @Sendable (Int) -> Void = { _ in }
    ) async throws -> CalendarProposal {
        let old = try await calendar()
        let new = years.reduce(old) { $0.replacing($1) }
        let changes = years.map { year in year.change(from: old.years.first { $0.year == year.year }) }
        var proposal = CalendarProposal(changes: changes, moved: 0, open: 0)
        if new == old { return proposal }
        try await forOpenCases { [self] ids in
            proposal.open += ids.count
            proposal.moved += try await database.read { snapshot in
                try ids.count { try isMoved($0, by: new, act, snapshot) }
            }
            progress(proposal.open)
        }
        return proposal
    }

    /// Gives the open cases in pages, in the order in which they were begun.
    private func forOpenCases(_ body: ([Identifier]) async throws -> Void) async throws {
        var last = ""
        while true {
            let after = last
            let ids = try await database.read { snapshot in
                try snapshot.rows(
                    """
                    SELECT id FROM case_file WHERE id > ? AND state IN ('submitted', 'accepted', 'in-progress', 'suspended')
                    ORDER BY id LIMIT 200
                    """, after
                ).map { try $0.get("id", as: Identifier.self) }
            }
            guard let newest = ids.last else { return }
            last = newest.text
            try await body(ids)
        }
    }

    private func isMoved(
        _ id: Identifier, by calendar: WorkingCalendar, _ act: Act, _ snapshot: Snapshot
    ) throws -> Bool {
        guard var file = try store.find(id, in: snapshot) else { return false }
        let before = Deadlines(file)
        let context = try context(for: file, by: act, in: snapshot)
        file.recomputeClocks(
            in: CaseContext(
                act: act, calendar: calendar, theme: context.theme, plan: context.plan, rules: context.rules))
        return Deadlines(file) != before
    }

    /// Loads or corrects years of the calendar and computes every open clock anew; each change is journalled.
    ///
    /// - Returns: how many open cases have another deadline now.
    public func importCalendar(
        _ years: [CalendarYear], by act: Act, progress: @Sendable (Int) -> Void = { _ in }
    ) async throws -> Int {
        try await database.write { [self] transaction in
            for year in years {
                try calendars.store(year, by: act, in: transaction)
                try store.events.record(
                    [CalendarYearImported(year: year.year, source: year.source)],
                    to: StreamID(division: division, kind: "calendar", id: String(year.year)), by: act,
                    in: transaction)
            }
        }
        var changed = 0
        try await forOpenCases { [self] ids in
            for id in ids {
                let isChanged = try await database.write { [self] transaction in
                    try recompute(id, by: act, in: transaction)
                }
                if isChanged { changed += 1 }
            }
            progress(changed)
        }
        return changed
    }

    private func recompute(_ id: Identifier, by act: Act, in transaction: Transaction) throws -> Bool {
        var isChanged = false
        _ = try change(id, by: act, in: transaction, access: { _, _ in }) { file, context in
            let before = Deadlines(file)
            file.recomputeClocks(in: context)
            isChanged = Deadlines(file) != before
            if isChanged {
                file.note(
                    CaseClocksRecomputed(
                        division: file.division, caseID: file.id, due: file.due?.day.description ?? ""))
            }
        }
        return isChanged
    }
}

/// What an import of the calendar would change.
public struct CalendarProposal: Sendable, Hashable {
    public let changes: [CalendarYear.Change]
    /// How many open cases would have another deadline.
    public internal(set) var moved: Int
    /// How many cases are open.
    public internal(set) var open: Int

    /// The years that can hardly be right.
    public var implausible: [CalendarYear.Change] {
        changes.filter { !CalendarYear.plausibleWorkingDays.contains($0.workingDaysAfter) }
    }
}

/// All days on which a case or an item of it is due.
private struct Deadlines: Equatable {
    let acceptBy: Deadline?
    let due: Deadline?
    let items: [Deadline?]
    let legal: [Deadline?]

    init(_ file: CaseFile) {
        acceptBy = file.acceptBy
        due = file.due
        items = file.items.map(\.due)
        legal = file.items.map(\.legalDue)
    }
}
