public import Extension
public import Standards
import Storage

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
            guard let newest = ids.last else { return changed }
            last = newest.text
            for id in ids {
                let isChanged = try await database.write { [self] transaction in
                    try recompute(id, by: act, in: transaction)
                }
                if isChanged { changed += 1 }
            }
            progress(changed)
        }
    }

    private func recompute(_ id: Identifier, by act: Act, in transaction: Transaction) throws -> Bool {
        var isChanged = false
        _ = try change(id, by: act, in: transaction, access: { _, _ in }) { file, context in
            let before = (file.acceptBy, file.due, file.items.map(\.due), file.items.map(\.legalDue))
            file.recomputeClocks(in: context)
            isChanged =
                before.0 != file.acceptBy || before.1 != file.due || before.2 != file.items.map(\.due)
                || before.3 != file.items.map(\.legalDue)
            if isChanged {
                file.note(
                    CaseClocksRecomputed(
                        division: file.division, caseID: file.id, due: file.due?.day.description ?? ""))
            }
        }
        return isChanged
    }
}
