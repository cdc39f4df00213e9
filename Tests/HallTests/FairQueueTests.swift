import Standards
import Storage
import StorageTestSupport
import TestSupport
import Testing

@testable import Hall

/// Random days at halls, against what the rules promise.
@Suite("Fairness of the queue")
struct FairQueueTests {
    private static let start = TestDatabase.now

    /// A day that is played: who waits, which windows call, and what was promised to whom.
    private struct Day {
        let rules: HallRules
        let scopes: [WindowScope]
        var places: [FairQueue.Place] = []
        var run = 0
        var called: Set<Identifier> = []
        /// For each one that is overdue: how many calls of windows that serve it may still go before it.
        var patience: [Identifier: Int] = [:]
    }

    private func at(_ second: Int) -> Instant { Self.start.adding(.seconds(second)) }

    private func place(_ number: Int, _ ticketClass: TicketClass, _ business: String, _ second: Int) -> FairQueue.Place
    {
        var random = [UInt8](repeating: 0, count: Identifier.randomLength)
        random[8] = UInt8(number >> 8)
        random[9] = UInt8(number & 255)
        return FairQueue.Place(
            id: Identifier(at: Self.start, random: random), ticketClass: ticketClass, business: business,
            since: at(second), number: number, window: nil)
    }

    private func scope(_ number: UInt8, _ classes: Set<TicketClass>, _ businesses: Set<String>?) -> WindowScope {
        WindowScope(window: HallFixture.id(number), classes: classes, businesses: businesses)
    }

    private func randomRules(_ random: inout SeededGenerator) -> HallRules {
        var rules = HallRules()
        rules.longestWait = Int.random(in: 5...60, using: &random)
        rules.greenInARow = Int.random(in: 1...4, using: &random)
        for index in rules.classes.indices { rules.classes[index].weight = Int.random(in: 1...100, using: &random) }
        return rules
    }

    @Test(
        "in a thousand random days nobody starves, the green channel is bounded, and nobody is called twice",
        .covers("R12.16"))
    func days() {
        var random = SeededGenerator(seed: 12)
        for number in 0..<1000 {
            let general = scope(1, Set(TicketClass.allCases), nil)
            let some = scope(2, Set(TicketClass.allCases), Bool.random(using: &random) ? ["a"] : nil)
            let green = scope(3, [.green], nil)
            var day = Day(
                rules: randomRules(&random), scopes: Bool.random(using: &random) ? [general, some, green] : [general])
            play(&day, number, &random)
        }
    }

    private func play(_ day: inout Day, _ number: Int, _ random: inout SeededGenerator) {
        // Crowds arrive faster than they are served, so that a queue that starves anybody shows it.
        let classes: [TicketClass] = [.ordinary, .ordinary, .booked, .green, .green, .green]
        var (second, made) = (0, 0)
        for _ in 0..<150 {
            second += Int.random(in: 0...90, using: &random)
            for _ in 0..<Int.random(in: 0...2, using: &random) {
                made += 1
                let ticketClass = classes.randomElement(using: &random) ?? .ordinary
                day.places.append(place(made, ticketClass, Bool.random(using: &random) ? "a" : "b", second))
            }
            call(&day, second, "day \(number), second \(second)", &random)
        }
        while !day.places.isEmpty {
            second += 60
            guard let next = choose(&day, day.scopes[0], second, "day \(number), at the end") else { return }
            day.places.removeAll { $0.id == next.id }
        }
        #expect(day.called.count == made, "day \(number): somebody was never called")
    }

    private func call(
        _ day: inout Day, _ second: Int, _ where: @autoclosure () -> String, _ random: inout SeededGenerator
    ) {
        guard let scope = day.scopes.randomElement(using: &random),
            let next = choose(&day, scope, second, `where`())
        else { return }
        day.places.removeAll { $0.id == next.id }
    }

    /// Calls, and holds the call against the promises.
    private func choose(
        _ day: inout Day, _ scope: WindowScope, _ second: Int, _ where: @autoclosure () -> String
    ) -> FairQueue.Place? {
        let queue = FairQueue(rules: day.rules)
        let mine = day.places.filter(scope.serves)
        guard let next = queue.next(among: day.places, for: scope, greenRun: day.run, at: at(second)) else {
            if !mine.isEmpty { Issue.record("\(`where`()): a window that serves somebody called nobody") }
            return nil
        }
        if !scope.serves(next) { Issue.record("\(`where`()): called whom the window doesn't serve") }
        if !day.called.insert(next.id).inserted { Issue.record("\(`where`()): called twice") }
        let isGreen = next.ticketClass == .green
        let othersWait = mine.contains { $0.ticketClass != .green }
        if isGreen, day.run >= day.rules.greenInARow, othersWait {
            Issue.record("\(`where`()): \(day.run + 1) of the green channel in a row while others wait")
        }
        day.run = isGreen ? day.run + 1 : 0
        keepPromises(&day, scope, next, second, `where`())
        return next
    }

    /// Whoever is overdue has a bounded number of calls before it: those who have waited longer, and, since the green
    /// channel may be full, one call of somebody else for each run of green ones.
    private func keepPromises(
        _ day: inout Day, _ scope: WindowScope, _ next: FairQueue.Place, _ second: Int, _ where: String
    ) {
        let edge = at(second - day.rules.longestWait * 60)
        for place in day.places where place.since <= edge {
            if day.patience[place.id] == nil {
                let longer = day.places.filter { $0.turn < place.turn }.count
                // Twice, since between any two that waited longer one of another class may be put.
                day.patience[place.id] = 2 * longer + 2
            }
            guard place.id != next.id, scope.serves(place) else { continue }
            day.patience[place.id, default: 0] -= 1
            if day.patience[place.id, default: 0] < 0 { Issue.record("\(`where`): \(place.ticketClass) starves") }
        }
    }

    @Test("with nobody overdue the greater weight of the wait comes first")
    func weights() {
        let queue = FairQueue(rules: HallRules())
        let window = scope(1, Set(TicketClass.allCases), nil)
        let ordinary = place(1, .ordinary, "a", 0)
        let green = place(2, .green, "a", 300)
        func next(_ second: Int, _ places: [FairQueue.Place]) -> Int? {
            queue.next(among: places, for: window, greenRun: 0, at: at(second)).map { $0.id == ordinary.id ? 1 : 2 }
        }
        // Six minutes counted for the ordinary one at 300; the green one counts six from the first moment.
        #expect(next(299, [ordinary]) == 1)
        #expect(next(300, [ordinary, green]) == 1)
        #expect(next(301, [ordinary, green]) == 2)
        // Whoever has waited for half an hour comes before any weight.
        #expect(next(1800, [ordinary, green]) == 1)
    }

    @Test("who was sent to a window is called there and nowhere else")
    func targets() {
        let queue = FairQueue(rules: HallRules())
        let (first, second) = (scope(1, Set(TicketClass.allCases), nil), scope(2, [], nil))
        let sent = FairQueue.Place(
            id: HallFixture.id(9), ticketClass: .ordinary, business: "a", since: at(0), number: 1, window: second.window
        )
        #expect(queue.next(among: [sent], for: first, greenRun: 0, at: at(60)) == nil)
        #expect(queue.next(among: [sent], for: second, greenRun: 0, at: at(60)) == sent)
    }

    @Test("whoever came before the time that it booked waits until then, unless there is nobody else")
    func earlyComers() {
        let queue = FairQueue(rules: HallRules())
        let window = scope(1, Set(TicketClass.allCases), nil)
        let (early, ordinary, green) = (
            place(1, .booked, "a", 600), place(2, .ordinary, "a", 100), place(3, .green, "a", 100)
        )
        func next(_ second: Int, _ places: [FairQueue.Place], run: Int = 0) -> FairQueue.Place? {
            queue.next(among: places, for: window, greenRun: run, at: at(second))
        }
        #expect(next(101, [early, ordinary]) == ordinary)
        #expect(next(599, [early, green], run: 2) == green, "who is early doesn't count as waiting")
        #expect(next(600, [early, green], run: 2) == early)
        #expect(next(101, [early]) == early)
    }

    @Test("the forecast counts as the windows will call, and tells no time without windows or without a pace")
    func forecasts() {
        let window = scope(1, Set(TicketClass.allCases), nil)
        let places = (1...4).map { place($0, .ordinary, "a", $0) } + [place(5, .green, "a", 5)]
        func forecaster(_ desks: [Forecaster.Desk], _ pace: [Int64]) -> Forecaster {
            Forecaster(
                queue: FairQueue(rules: HallRules()), places: places, desks: desks, greenRun: 0, pace: pace,
                now: at(60))
        }
        let desk = Forecaster.Desk(scope: window, busySince: nil)
        let minutes = [Int64](arrayLiteral: 4, 5, 5, 10).map { $0 * 60_000 }
        #expect(forecaster([desk], minutes).forecast(for: places[4].id) == Forecast(ahead: 0, minutes: 0...0))
        // One after the other at five to ten minutes each, the green one first.
        #expect(forecaster([desk], minutes).forecast(for: places[1].id) == Forecast(ahead: 2, minutes: 10...20))
        #expect(forecaster([desk, desk], minutes).forecast(for: places[1].id) == Forecast(ahead: 2, minutes: 5...10))
        #expect(forecaster([], minutes).forecast(for: places[1].id) == Forecast(ahead: 2, minutes: nil))
        #expect(forecaster([desk], [300_000]).forecast(for: places[1].id) == Forecast(ahead: 2, minutes: nil))
    }
}
