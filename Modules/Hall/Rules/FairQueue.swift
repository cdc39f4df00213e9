import Standards
import Storage

/// Who comes next (公平叫号): a pure function of who waits, so that it can be proved and simulated.
///
/// 1. Whoever has waited for the longest time that the rules allow comes first, the longest waiting before the others.
/// 2. Else the greatest wait comes, each minute counted as many times as the class weighs; a wait is counted from one
///    minute on, so that a weight tells from the first moment.
/// 3. After as many tickets of the green channel in a row as the rules allow, somebody else comes, if there is one that the
///    window serves; this goes before 1 and 2.
/// 4. Whoever came before the time that it booked waits until then, unless the window has nobody else to serve.
struct FairQueue: Sendable {
    /// Who waits, as far as the order is concerned.
    struct Place: Sendable, Hashable {
        let id: Identifier
        let ticketClass: TicketClass
        let business: String
        /// From when the wait counts.
        let since: Instant
        /// The number of its class, which decides between those that began to wait in the same moment.
        let number: Int
        /// The only window that may call it; nil for every one that serves it.
        let window: Identifier?

        /// The order in which they came.
        var turn: (Instant, Int, Identifier) { (since, number, id) }
    }

    let rules: HallRules

    /// The place that a window calls next; nil when it serves nobody who waits.
    ///
    /// - Parameters:
    ///   - places: everybody who waits at the site.
    ///   - scope: what the window serves.
    ///   - greenRun: how many tickets of the green channel were called just before, one after the other.
    ///   - now: when it calls.
    func next(among places: [Place], for scope: WindowScope, greenRun: Int, at now: Instant) -> Place? {
        let mine = places.filter(scope.serves)
        let due = mine.filter { $0.since <= now }
        let pool = due.isEmpty ? mine : due
        let others = greenRun >= rules.greenInARow ? pool.filter { $0.ticketClass != .green } : pool
        return first(of: others.isEmpty ? pool : others, at: now)
    }

    private func first(of places: [Place], at now: Instant) -> Place? {
        let edge = now.milliseconds - Int64(rules.longestWait) * 60_000
        let overdue = places.filter { $0.since.milliseconds <= edge }
        if let longest = overdue.min(by: { $0.turn < $1.turn }) { return longest }
        return places.min { one, other in
            let (first, second) = (weight(one, now), weight(other, now))
            return first != second ? first > second : one.turn < other.turn
        }
    }

    private func weight(_ place: Place, _ now: Instant) -> Int64 {
        let waited = max(0, now.milliseconds - place.since.milliseconds) + 60_000
        return waited * Int64(rules.rule(of: place.ticketClass).weight)
    }
}

/// What a window serves.
struct WindowScope: Sendable, Hashable {
    let window: Identifier
    let classes: Set<TicketClass>
    /// The keys; nil for all.
    let businesses: Set<String>?

    func serves(_ place: FairQueue.Place) -> Bool {
        // Who was sent to a window is called there, whatever the window takes in by itself.
        if let target = place.window { return target == window }
        return classes.contains(place.ticketClass) && businesses?.contains(place.business) != false
    }
}
