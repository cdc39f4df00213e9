import Catalogue
public import Standards

extension Plan {
    /// The items on the way that takes longest, in order.
    ///
    /// Measured in working days at most: a natural day counts as one, a month as 23.
    public var criticalPath: [PlannedItem] {
        var longest: [String: (halves: Int, path: [PlannedItem])] = [:]
        for item in items {
            let before = item.after.compactMap { longest[$0] }.max { $0.halves < $1.halves }
            longest[item.id] = (
                (before?.halves ?? 0) + item.item.promisedLimit.mostHalves, (before?.path ?? []) + [item]
            )
        }
        return items.compactMap { longest[$0.id] }.reduce((halves: -1, path: [])) {
            $0.halves < $1.halves ? $1 : $0
        }.path
    }

    /// How long the critical path takes at most: the sum of its promises where they share a unit, otherwise working
    /// days that certainly cover it.
    public var criticalLimit: TimeLimit {
        let limits = criticalPath.map(\.item.promisedLimit)
        let sum = limits.reduce(TimeLimit?.some(.onTheSpot)) { $0?.adding($1) }
        return sum ?? .workingDays(halves: limits.map(\.mostHalves).reduce(0, +))
    }
}

extension TimeLimit {
    /// The most half working days that can lie in the limit.
    fileprivate var mostHalves: Int {
        switch self {
        case .workingDays(let halves): min(max(halves, 0), 2 * Self.maximumCount)
        case .naturalDays(let days): 2 * min(max(days, 0), Self.maximumCount)
        case .months(let months): 46 * min(max(months, 0), Self.maximumCount)
        case .onTheSpot: 0
        }
    }
}
