import Extension
import Foundation
import Standards
import Storage
import Synchronization

/// The working calendar in force: the published years, corrected and extended by what was imported.
///
/// Each use asks the database for the calendar's version only, so that a year imported by the command line is in
/// force in every running server at once.
public final class CalendarBook: Sendable {
    private struct Known {
        var version: Int64 = 0
        var calendar = WorkingCalendar.published
    }

    private let known = Mutex(Known())

    public init() {}

    /// The calendar as of this transaction.
    func calendar(in snapshot: Snapshot) throws -> WorkingCalendar {
        let version: Int64 =
            try snapshot.row("SELECT version FROM case_calendar_version WHERE id = 1")?.get("version") ?? 0
        let current = known.withLock { $0 }
        if current.version == version { return current.calendar }
        let years = try snapshot.rows("SELECT body FROM case_calendar_year ORDER BY year").map { row in
            try JSONDecoder().decode(CalendarYear.self, from: Data(try row.get("body", as: String.self).utf8))
        }
        let calendar = years.reduce(WorkingCalendar.published) { $0.replacing($1) }
        known.withLock { $0 = Known(version: version, calendar: calendar) }
        return calendar
    }

    /// Stores a year and makes it the one in force.
    func store(_ year: CalendarYear, by act: Act, in transaction: Transaction) throws {
        try transaction.execute(
            """
            INSERT INTO case_calendar_year (year, body, imported_at) VALUES (?, ?, ?)
            ON CONFLICT (year) DO UPDATE SET body = excluded.body, imported_at = excluded.imported_at
            """, year.year, try EventCoding.encode(year), act.now)
        try transaction.execute(
            """
            INSERT INTO case_calendar_version (id, version) VALUES (1, 1)
            ON CONFLICT (id) DO UPDATE SET version = case_calendar_version.version + 1
            """)
    }
}
