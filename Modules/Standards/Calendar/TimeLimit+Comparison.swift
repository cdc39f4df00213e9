extension TimeLimit {
    /// Whether a promise of this length can never end after the given limit, whatever the day on which both begin.
    ///
    /// Limits of the same unit are compared as they are. Limits of different units are compared conservatively, the
    /// longest that this one can last against the shortest that the other can last, so `false` may also mean "not in
    /// every season":
    /// - the first working day never comes after any natural-day or month limit, which itself moves off a rest day;
    /// - *n* working days last at least *n* natural days and at most 2*n* + 9 (the longest holiday and its weekends);
    /// - *m* months last at least 30*m* − 2 and at most 31*m* natural days.
    ///
    /// - Parameter statutory: the limit that must not be exceeded (承诺时限不得超过法定时限).
    public func isWithin(_ statutory: TimeLimit) -> Bool {
        switch (self, statutory) {
        case (.workingDays(let promised), .workingDays(let limit)): max(promised, 0) <= max(limit, 0)
        case (.naturalDays, .naturalDays), (.months, .months): count <= statutory.count
        case _ where count == 0: true
        case _ where statutory.count == 0: false
        case (.workingDays, _) where count == 1: true
        default: longestNaturalDays <= statutory.shortestNaturalDays
        }
    }

    /// A rough length in half working days, for sorting lists only; never for deciding whether a limit is kept.
    ///
    /// Five working days are taken for seven natural days and 22 for a month.
    public var halvesForComparison: Int {
        switch self {
        case .workingDays(let halves): min(max(halves, 0), 2 * Self.maximumCount)
        case .naturalDays: count * 10 / 7
        case .months: count * 44
        case .onTheSpot: 0
        }
    }

    private var longestNaturalDays: Int {
        switch self {
        case .workingDays: count == 0 ? 0 : 2 * count + 9
        case .months: 31 * count
        case .naturalDays, .onTheSpot: count
        }
    }

    private var shortestNaturalDays: Int {
        switch self {
        case .months: max(30 * count - 2, 0)
        case .workingDays, .naturalDays, .onTheSpot: count
        }
    }
}
