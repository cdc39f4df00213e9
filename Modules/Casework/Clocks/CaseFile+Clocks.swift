import Catalogue
import Extension
import Standards

extension CaseFile {
    /// The days on which the case's own clock stands still: waits for the applicant after acceptance, procedures.
    private func pausedDays(since start: Instant) -> [Pause] {
        waits.filter { $0.end.map { $0 >= start } ?? true }
            .map { Pause(start: $0.start.day, end: $0.end?.day) }
    }

    /// Sets the item's two deadlines from the day it opened, net of its own pauses and the case's.
    mutating func computeDeadlines(of index: Int, in context: CaseContext) {
        guard let opened = items[index].opened, let planned = context.planned(items[index].id) else { return }
        let pauses =
            items[index].pauses.map { Pause(start: $0.start.day, end: $0.end?.day) }
            + (items[index].charge.map { [Pause(start: $0.demanded.day, end: $0.settled?.day)] } ?? [])
            + pausedDays(since: opened)
        func due(_ limit: TimeLimit) -> Deadline {
            context.calendar.due(for: limit, from: opened.day, pauses: pauses, asOf: context.act.now.day)
        }
        items[index].due = due(planned.item.promisedLimit)
        items[index].legalDue = planned.item.statutoryLimit.map(due)
    }

    /// Sets the day by which the whole will be done: the promise for the whole, or the slowest way through the items
    /// where that ends later, since nobody may be promised what no office has promised.
    mutating func computeDue(in context: CaseContext) {
        guard let accepted = times.accepted else { return }
        var latest = context.calendar.due(
            for: context.plan.promisedLimit, from: accepted.day, pauses: pausedDays(since: accepted),
            asOf: context.act.now.day)
        for task in items {
            if let due = task.due, due.day > latest.day, !task.state.isOver { latest = due }
        }
        due = latest
    }

    /// Computes all open clocks anew, after the calendar was corrected or a wait ended.
    mutating func recomputeClocks(in context: CaseContext) {
        if state == .submitted, let start = corrections.last?.answered ?? times.submitted {
            acceptBy = context.calendar.due(for: .workingDays(context.rules.acceptanceDays), from: start.day)
        }
        for index in items.indices where !items[index].state.isOver { computeDeadlines(of: index, in: context) }
        if !state.isClosed { computeDue(in: context) }
    }
}
