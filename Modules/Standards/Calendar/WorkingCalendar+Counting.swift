extension WorkingCalendar {
    /// The working days after one day up to another: `from` is not counted, `to` is, as for limits.
    ///
    /// Counts add up: from *a* to *b* and from *b* to *c* make from *a* to *c*. With `to` before `from` the count is
    /// negative.
    ///
    /// - Parameters:
    ///   - from: the day of the event.
    ///   - to: the last day that is counted.
    public func workingDays(from: LegalDay, to: LegalDay) -> Int {
        guard from <= to else { return -workingDays(from: to, to: from) }
        return count(after: from, through: to, excluding: [])
    }

    /// The working days that a limit has used up at the end of a day, net of the union of its pauses.
    ///
    /// - Parameters:
    ///   - start: the day on which the limit began; not counted.
    ///   - day: the last day that is counted. Before `start` the answer is 0.
    ///   - pauses: in any order; an open one is taken as lasting through `day`.
    ///   - rule: which days of a pause are taken out.
    public func used(
        from start: LegalDay, through day: LegalDay, pauses: [Pause] = [], rule: PauseRule = .standard
    ) -> Int {
        guard start < day else { return 0 }
        return count(after: start, through: day, excluding: rule.excludedDays(of: pauses, asOf: day))
    }

    /// The day on which a limit ends (R12.3).
    ///
    /// The day of the event is not counted (民法典 第201条). Working-day limits end on the last counted working day,
    /// half days rounded up; natural-day and month limits that end on a rest day end on the next working day
    /// (第203条). A limit on the spot, or of zero, is due on the same day, or on the next working day when it began on
    /// a rest day; since no day of it can be left over, a pause that starts on the due day moves it as well, to the
    /// day on which the pause ends. Days taken out by pauses are united, not summed; a pause that starts after the due
    /// day has no effect.
    ///
    /// - Parameters:
    ///   - limit: the statutory limit or the promise.
    ///   - start: the day of the event, such as the acceptance.
    ///   - pauses: in any order.
    ///   - rule: which days of a pause are taken out.
    ///   - asOf: the day up to which an open pause is known to last: the deadline is the one that would hold if it
    ///     ended on that day. Without it an open pause takes nothing out, which gives the earliest due day.
    public func due(
        for limit: TimeLimit, from start: LegalDay, pauses: [Pause] = [], rule: PauseRule = .standard,
        asOf: LegalDay? = nil
    ) -> Deadline {
        let excluded = rule.excludedDays(of: pauses, asOf: asOf)
        guard limit.count > 0 else { return dueOnTheSpot(from: start, excluding: excluded) }
        switch limit {
        case .onTheSpot:
            return dueOnTheSpot(from: start, excluding: excluded)
        case .workingDays:
            let day = advance(limit.count, after: start, excluding: excluded, where: isWorkingDay)
            return Deadline(day: day, isProvisional: isProvisional(from: start.adding(days: 1), to: day))
        case .naturalDays:
            return movedOffRest(advance(limit.count, after: start, excluding: excluded) { _ in true })
        case .months:
            let days = start.days(until: start.adding(months: limit.count))
            return movedOffRest(advance(days, after: start, excluding: excluded) { _ in true })
        }
    }

    /// The first working day, moved by as many working days as pauses take out of it while it runs.
    private func dueOnTheSpot(from start: LegalDay, excluding excluded: [ClosedRange<LegalDay>]) -> Deadline {
        let first = nextWorkingDay(onOrAfter: start)
        var day = first
        for range in excluded where range.upperBound >= first {
            guard range.lowerBound <= day.adding(days: 1) else { break }
            let before = max(range.lowerBound, first).adding(days: -1)
            day = advance(
                workingDays(from: before, to: range.upperBound), after: day, excluding: [], where: isWorkingDay)
        }
        return Deadline(day: day, isProvisional: isProvisional(from: start, to: day))
    }

    private func movedOffRest(_ day: LegalDay) -> Deadline {
        let moved = nextWorkingDay(onOrAfter: day)
        return Deadline(day: moved, isProvisional: isProvisional(from: day, to: moved))
    }

    /// The day that completes a count of days that are neither excluded nor refused by `counts`.
    private func advance(
        _ count: Int, after start: LegalDay, excluding excluded: [ClosedRange<LegalDay>],
        where counts: (LegalDay) -> Bool
    ) -> LegalDay {
        var pending = excluded[...]
        var day = start
        var left = count
        while left > 0, day < .last {
            day = day.adding(days: 1)
            while let next = pending.first, next.upperBound < day { pending.removeFirst() }
            if pending.first?.contains(day) != true, counts(day) { left -= 1 }
        }
        return day
    }

    private func count(
        after start: LegalDay, through end: LegalDay, excluding excluded: [ClosedRange<LegalDay>]
    ) -> Int {
        var pending = excluded[...]
        var day = start
        var count = 0
        while day < end {
            day = day.adding(days: 1)
            while let next = pending.first, next.upperBound < day { pending.removeFirst() }
            if pending.first?.contains(day) != true, isWorkingDay(day) { count += 1 }
        }
        return count
    }
}
