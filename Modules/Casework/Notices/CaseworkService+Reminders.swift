import Extension
import Standards
import Storage

extension CaseworkService {
    /// How many working days before the end of a limit the applicant is reminded.
    private static let leadDays = 2

    /// Of what an applicant is reminded.
    private enum Reminder: String {
        case correction, gap

        /// What is told of a case; nil when it was done meanwhile.
        func event(of file: CaseFile, round: Int) -> (any CaseEvent)? {
            switch self {
            case .correction where file.state == .correction && file.corrections.count == round:
                CaseCorrectionDueSoon(division: file.division, caseID: file.id, notice: round)
            case .gap where !file.state.isClosed && file.materials.values.contains { $0.isGap }:
                CaseGapDueSoon(division: file.division, caseID: file.id)
            case .correction, .gap: nil
            }
        }
    }

    /// Notes on which day an applicant is to be reminded, and does so when the day has come.
    var reminders: [any Contribution] {
        [
            On(CaseCorrectionRequested.self, name: "remind-correction") { [self] event, act, transaction in
                guard let file = try store.find(event.caseID, in: transaction) else { return }
                let calendar = try calendars.calendar(in: transaction)
                guard let sent = file.corrections[safe: event.notice - 1]?.sent.day else { return }
                let due = calendar.due(for: .workingDays(rules.correctionDays), from: sent)
                try remind(of: .correction, in: file, round: event.notice, due: due.day, calendar, transaction)
            },
            On(CaseAccepted.self, name: "remind-gap") { [self] event, act, transaction in
                guard !event.gaps.isEmpty, let file = try store.find(event.caseID, in: transaction),
                    let due = file.materials.values.filter(\.isGap).compactMap({ $0.gapDue?.day }).min()
                else { return }
                try remind(
                    of: .gap, in: file, round: 1, due: due, try calendars.calendar(in: transaction), transaction)
            },
            Job("reminders", every: .seconds(600)) { [self] act in while try await remindDue(by: act) {} },
        ]
    }

    private func remind(
        of reminder: Reminder, in file: CaseFile, round: Int, due: LegalDay, _ calendar: WorkingCalendar,
        _ transaction: Transaction
    ) throws {
        var day = due
        var left = Self.leadDays
        while left > 0 {
            day = day.adding(days: -1)
            if calendar.isWorkingDay(day) { left -= 1 }
        }
        try transaction.send(
            """
            INSERT INTO case_reminder (division, case_id, kind, round, remind_on) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (division, case_id, kind, round) DO NOTHING
            """, file.division, file.id, reminder.rawValue, round, day)
    }

    /// Reminds of what is due, some cases at a time.
    ///
    /// - Returns: whether there may be more.
    func remindDue(by act: Act) async throws -> Bool {
        let limit = 100
        return try await database.write { [self] transaction in
            let rows = try transaction.rows(
                """
                SELECT division, case_id, kind, round FROM case_reminder WHERE reminded_at IS NULL AND remind_on <= ?
                ORDER BY remind_on, case_id LIMIT ?
                """, act.now.day, limit)
            for row in rows {
                let division: String = try row.get("division")
                let id: Identifier = try row.get("case_id")
                let round: Int = try row.get("round")
                let kind: String = try row.get("kind")
                let file = try store.find(id, in: transaction)
                let event = file.flatMap { Reminder(rawValue: kind)?.event(of: $0, round: round) }
                if let event {
                    try store.events.record(
                        [event], to: StreamID(division: division, kind: "case-reminder", id: id.text), by: act,
                        in: transaction)
                }
                try transaction.send(
                    """
                    UPDATE case_reminder SET reminded_at = ?
                    WHERE division = ? AND case_id = ? AND kind = ? AND round = ?
                    """, act.now, division, id, kind, round)
            }
            return rows.count == limit
        }
    }
}
