import Extension
import Standards
import Storage

/// The working calendar in force: the published years, corrected and extended by what was imported.
///
/// Each use compares the calendar's revision only, so that a year imported by the command line is in
/// force in every running server at once.
public final class CalendarBook: Sendable {
    private static let revision = Revision("calendar")

    private let held = Revised<WorkingCalendar>(CalendarBook.revision)

    public init() {}

    /// The calendar as of this transaction.
    func calendar(in snapshot: Snapshot) throws -> WorkingCalendar {
        try held.value(in: snapshot) {
            let years = try snapshot.rows("SELECT body FROM case_calendar_year ORDER BY year").map { row in
                try EventCoding.decode(CalendarYear.self, try row.get("body"))
            }
            return years.reduce(WorkingCalendar.published) { $0.replacing($1) }
        }
    }

    /// Stores a year and makes it the one in force.
    func store(_ year: CalendarYear, by act: Act, in transaction: Transaction) throws {
        try transaction.execute(
            """
            INSERT INTO case_calendar_year (year, body, imported_at) VALUES (?, ?, ?)
            ON CONFLICT (year) DO UPDATE SET body = excluded.body, imported_at = excluded.imported_at
            """, year.year, try EventCoding.encode(year), act.now)
        try Self.revision.advance(seed: act.seed, in: transaction)
    }
}
