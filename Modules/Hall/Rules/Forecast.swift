import Standards
import Storage

/// How long somebody will have to wait, by the rules in force, the windows that are open and today's pace (预计等候).
public struct Forecast: Sendable, Hashable {
    /// How many are called before, if nobody else comes.
    public let ahead: Int
    /// The wait in minutes at a quick and at a slow pace of today; nil while today has too few served, or no window is
    /// open that serves it.
    public let minutes: ClosedRange<Int>?
}

/// Plays on what the windows will do when nobody else comes.
struct Forecaster {
    /// A window that is open.
    struct Desk {
        let scope: WindowScope
        /// When the person who stands there was called; nil when the window is free.
        let busySince: Instant?
    }

    let queue: FairQueue
    let places: [FairQueue.Place]
    let desks: [Desk]
    let greenRun: Int
    /// How long it took to serve the last ones today, in milliseconds, in order of length.
    let pace: [Int64]
    let now: Instant

    /// How many must have been served today before a time is told.
    static let leastServed = 3

    func forecast(for ticket: Identifier) -> Forecast {
        guard let place = places.first(where: { $0.id == ticket }) else { return Forecast(ahead: 0, minutes: nil) }
        let mine = desks.contains { $0.scope.serves(place) }
        let desks = mine ? desks : [Desk(scope: .everything(for: place), busySince: nil)]
        let middle = pace.isEmpty ? 600_000 : pace[pace.count / 2]
        let usual = play(until: ticket, desks, eachTaking: middle)
        guard mine, pace.count >= Self.leastServed else { return Forecast(ahead: usual.ahead, minutes: nil) }
        let quick = play(until: ticket, desks, eachTaking: pace[pace.count / 4]).wait / 60_000
        let slow = (play(until: ticket, desks, eachTaking: pace[pace.count * 3 / 4]).wait + 59_999) / 60_000
        return Forecast(ahead: usual.ahead, minutes: Int(quick)...Int(max(quick, slow)))
    }

    /// - Returns: how many are called before, and after how many milliseconds the ticket is called.
    private func play(until ticket: Identifier, _ desks: [Desk], eachTaking pace: Int64) -> (ahead: Int, wait: Int64) {
        var free = desks.map { desk in
            desk.busySince.map { max(now.milliseconds, $0.milliseconds + pace) } ?? now.milliseconds
        }
        var (waiting, run, ahead) = (places, greenRun, 0)
        while let next = free.indices.min(by: { (free[$0], $0) < (free[$1], $1) }), free[next] != .max {
            let at = Instant(milliseconds: free[next])
            guard let place = queue.next(among: waiting, for: desks[next].scope, greenRun: run, at: at) else {
                free[next] = .max
                continue
            }
            if place.id == ticket { return (ahead, free[next] - now.milliseconds) }
            waiting.removeAll { $0.id == place.id }
            run = place.ticketClass == .green ? run + 1 : 0
            ahead += 1
            free[next] += max(1, pace)
        }
        return (ahead, 0)
    }
}

extension WindowScope {
    /// An imagined window that serves all that stand before a place, for a count while no window is open.
    fileprivate static func everything(for place: FairQueue.Place) -> WindowScope {
        WindowScope(window: place.window ?? place.id, classes: Set(TicketClass.allCases), businesses: nil)
    }
}
