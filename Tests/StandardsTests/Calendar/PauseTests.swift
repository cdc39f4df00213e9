import Standards
import TestSupport
import Testing

@Suite("A pause of a clock")
struct PauseTests {
    let calendar = WorkingCalendar.published
    /// Tuesday; working days 1 to 6 are 9, 10, 11, 14, 15 and 16 March 2022.
    let start = LegalDay(ordinal: 19_059)

    func due(_ pauses: [Pause], rule: PauseRule = .standard, asOf: LegalDay? = nil) -> String {
        calendar.due(for: .workingDays(5), from: start, pauses: pauses, rule: rule, asOf: asOf).day.text
    }

    func pause(_ start: String, _ end: String? = nil) throws -> Pause {
        Pause(start: try day(start), end: try end.map(day))
    }

    @Test(
        "from working day 3 to working day 6 of a five-day limit moves the due day by 3 working days", .covers("R12.3"))
    func moves() throws {
        #expect(start.text == "2022-03-08" && due([]) == "2022-03-15")
        #expect(due([try pause("2022-03-11", "2022-03-16")]) == "2022-03-18")
        let unpaused = calendar.due(for: .workingDays(8), from: start).day.text
        #expect(unpaused == "2022-03-18")
    }

    @Test("that overlaps another is united with it, not added", .covers("R12.3"))
    func overlap() throws {
        let one = try pause("2022-03-10", "2022-03-15")
        let other = try pause("2022-03-11", "2022-03-16")
        #expect(due([one, other]) == due([try pause("2022-03-10", "2022-03-16")]))
        #expect(due([one, one]) == due([one]))
    }

    @Test("that starts after the due day, or on it, has no effect", .covers("R12.3"))
    func afterDue() throws {
        #expect(due([try pause("2022-03-16", "2022-03-30")]) == "2022-03-15")
        #expect(due([try pause("2022-03-15", "2022-03-30")]) == "2022-03-15")
    }

    @Test("that starts before a due day which another pause has moved does have an effect")
    func chained() throws {
        let pauses = [try pause("2022-03-16", "2022-03-18"), try pause("2022-03-10", "2022-03-14")]
        #expect(due([pauses[1]]) == "2022-03-17")
        #expect(due(pauses) == "2022-03-21")
    }

    @Test("over rest days only, of one day, or ending before it starts changes nothing")
    func empty() throws {
        #expect(due([try pause("2022-03-11", "2022-03-13")]) == "2022-03-15")
        #expect(due([try pause("2022-03-10", "2022-03-10")]) == "2022-03-15")
        #expect(due([try pause("2022-03-14", "2022-03-10")]) == "2022-03-15")
    }

    @Test("that is open lasts up to the day as of which the deadline is asked for")
    func open() throws {
        let open = try pause("2022-03-10")
        #expect(due([open]) == "2022-03-15")
        #expect(due([open], asOf: try day("2022-03-14")) == "2022-03-17")
        #expect(due([open], asOf: try day("2022-03-14")) == due([try pause("2022-03-10", "2022-03-14")]))
        #expect(calendar.used(from: start, through: try day("2022-03-18"), pauses: [open]) == 2)
    }

    @Test("counts its edges as the rule says")
    func rules() throws {
        let pauses = [try pause("2022-03-11", "2022-03-16")]
        #expect(due(pauses, rule: PauseRule(startDayCounts: true, endDayCounts: true)) == "2022-03-17")
        #expect(due(pauses, rule: PauseRule(startDayCounts: false, endDayCounts: true)) == "2022-03-18")
        #expect(due(pauses, rule: PauseRule(startDayCounts: false, endDayCounts: false)) == "2022-03-21")
    }

    @Test("moves natural-day and month limits by calendar days")
    func naturalDays() throws {
        let pauses = [try pause("2022-03-11", "2022-03-16")]
        #expect(calendar.due(for: .naturalDays(9), from: start, pauses: pauses).day.text == "2022-03-22")
        #expect(calendar.due(for: .months(1), from: start, pauses: pauses).day.text == "2022-04-13")
    }

    @Test(
        "moves a limit on the spot to the day on which it ends, or past it when it began before the first working day")
    func onTheSpot() throws {
        func due(_ start: String, _ first: String, _ last: String) throws -> String {
            let paused = [try pause(first, last)]
            return calendar.due(for: .onTheSpot, from: try day(start), pauses: paused).day.text
        }
        // Monday to Thursday; and from a Saturday over the Monday on which it would have been due.
        #expect(try due("2022-03-14", "2022-03-14", "2022-03-17") == "2022-03-17")
        #expect(try due("2022-03-12", "2022-03-12", "2022-03-17") == "2022-03-18")
        #expect(try due("2022-03-14", "2022-03-15", "2022-03-17") == "2022-03-14")
    }

    @Test("of n working days moves a running deadline by n working days, whatever the limit", arguments: 0..<100)
    func movesByItsWorkingDays(seed: Int) throws {
        var generator = SeededGenerator(seed: UInt64(seed))
        let limits: [TimeLimit] = [.onTheSpot, .workingDays(1), .workingDays(5), .workingDays(20)]
        for limit in limits {
            let plain = calendar.due(for: limit, from: start).day
            let running = max(0, start.days(until: plain) - 1)
            let first = start.adding(days: limit == .onTheSpot ? 0 : Int.random(in: 0...running, using: &generator))
            let last = first.adding(days: Int.random(in: 0...30, using: &generator))
            let moved = calendar.due(for: limit, from: start, pauses: [Pause(start: first, end: last)]).day
            #expect(
                calendar.workingDays(from: plain, to: moved) == calendar.workingDays(from: first, to: last),
                "\(limit.text), paused \(first.text) to \(last.text)")
        }
    }

    @Test("normalises with others to sorted, disjoint days that give the same deadline", arguments: 0..<50)
    func union(seed: Int) throws {
        var generator = SeededGenerator(seed: UInt64(seed))
        let pauses = Pause.random(around: start, using: &generator)
        let union = PauseRule.standard.excludedDays(of: pauses, asOf: nil)
        for (one, next) in zip(union, union.dropFirst()) {
            #expect(one.upperBound.adding(days: 1) < next.lowerBound)
        }
        let normalised = union.map { Pause(start: $0.lowerBound.adding(days: -1), end: $0.upperBound) }
        #expect(due(normalised) == due(pauses))
        #expect(due(pauses.shuffled(using: &generator)) == due(pauses))

        let excluded = Set(
            pauses.flatMap { pause in
                (pause.start.ordinal..<max(pause.start.ordinal, pause.end?.ordinal ?? 0)).map { $0 + 1 }
            })
        #expect(Set(union.flatMap { $0.lowerBound.ordinal...$0.upperBound.ordinal }) == excluded)
    }
}
