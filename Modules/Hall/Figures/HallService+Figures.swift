public import Extension
import Organisation
public import Standards
public import Storage

extension HallService {
    /// How a hall did from one day until another, both counted.
    ///
    /// - Throws: ``HallError`` `forbidden`, `input.invalid` for days in the wrong order or too many of them.
    public func figures(
        of key: String, from first: LegalDay, until last: LegalDay, by act: Act, in snapshot: Snapshot
    ) throws -> HallFigures {
        let hall = try managed(key, by: act, in: snapshot)
        guard first <= last, first.days(until: last) < HallFigures.longestStretch else {
            throw HallError.invalid([
                Finding("until", "field.day", "结束日期不能早于开始日期，最多看 \(HallFigures.longestStretch) 天。")
            ])
        }
        let reader = FigureReader(site: hall.site.id, first: first, last: last, snapshot: snapshot)
        return HallFigures(days: try reader.days(), classes: try reader.classes())
    }
}

/// Reads the figures of a hall.
private struct FigureReader {
    let site: Identifier
    let first: LegalDay
    let last: LegalDay
    let snapshot: Snapshot

    /// How long each ticket waited that was called; who had booked and was called before the time didn't wait.
    private static let waits = """
        SELECT day, class, CASE WHEN called_at > since THEN called_at - since ELSE 0 END AS waited FROM hall_ticket
        WHERE site = ? AND day >= ? AND day <= ? AND called_at IS NOT NULL
        """

    func days() throws -> [HallFigures.Day] {
        var days: [LegalDay: HallFigures.Day] = [:]
        for row in try rows("SELECT day, state, COUNT(*) AS total FROM hall_ticket", groupedBy: "day, state") {
            let (day, total) = (try row.get("day", as: LegalDay.self), try row.get("total", as: Int.self))
            let state: TicketState = try row.get("state")
            change(day, &days) { line in
                line.tickets += total
                switch state {
                case .done: line.done += total
                case .missed: line.missed += total
                case .cancelled: line.cancelled += total
                case .closed: line.left += total
                case .waiting, .called, .serving: break
                }
            }
        }
        for row in try rows("SELECT day, state, COUNT(*) AS total FROM hall_appointment", groupedBy: "day, state") {
            let (day, total) = (try row.get("day", as: LegalDay.self), try row.get("total", as: Int.self))
            let state: AppointmentState = try row.get("state")
            if state == .cancelled { continue }
            change(day, &days) { line in
                line.appointments += total
                if state == .arrived { line.arrived += total }
                if state == .missed { line.noShows += total }
            }
        }
        for row in try medians(by: "day") {
            let (median, longest) = try seconds(row)
            change(try row.get("day"), &days) { ($0.medianWait, $0.longestWait) = (median, longest) }
        }
        return days.values.sorted { $0.day < $1.day }
    }

    func classes() throws -> [HallFigures.Class] {
        var tickets: [TicketClass: Int] = [:]
        for row in try rows("SELECT class, COUNT(*) AS total FROM hall_ticket", groupedBy: "class") {
            tickets[try row.get("class")] = try row.get("total")
        }
        var waits: [TicketClass: (Int, Int)] = [:]
        for row in try medians(by: "class") { waits[try row.get("class")] = try seconds(row) }
        return TicketClass.allCases.map {
            HallFigures.Class(
                ticketClass: $0, tickets: tickets[$0] ?? 0, medianWait: waits[$0]?.0, longestWait: waits[$0]?.1)
        }
    }

    private func change(
        _ day: LegalDay, _ days: inout [LegalDay: HallFigures.Day], _ body: (inout HallFigures.Day) -> Void
    ) {
        body(&days[day, default: HallFigures.Day(day)])
    }

    private func seconds(_ row: Row) throws -> (median: Int, longest: Int) {
        (try row.get("median", as: Int.self) / 1000, try row.get("longest", as: Int.self) / 1000)
    }

    private func rows(_ select: String, groupedBy columns: String) throws -> [Row] {
        try snapshot.rows(
            "\(select) WHERE site = ? AND day >= ? AND day <= ? GROUP BY \(columns)", site, first, last)
    }

    /// The middle wait, of two middle ones their mean, and the longest.
    private func medians(by column: String) throws -> [Row] {
        try snapshot.rows(
            """
            WITH waits AS (\(Self.waits)), ranked AS (
                SELECT \(column), waited, ROW_NUMBER() OVER (PARTITION BY \(column) ORDER BY waited) AS place,
                    COUNT(*) OVER (PARTITION BY \(column)) AS total, MAX(waited) OVER (PARTITION BY \(column)) AS longest
                FROM waits
            )
            SELECT \(column), CAST(AVG(waited) AS BIGINT) AS median, MAX(longest) AS longest FROM ranked
            WHERE place IN ((total + 1) / 2, (total + 2) / 2) GROUP BY \(column)
            """, site, first, last)
    }
}
