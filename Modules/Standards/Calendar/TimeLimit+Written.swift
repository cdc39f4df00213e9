extension TimeLimit {
    /// Reads a limit as offices write it in lists: 20个工作日, 0.5工作日, 半个工作日, 15日, 15个自然日, 3个月, 当场办结; the
    /// forms of theme files too.
    ///
    /// A number alone is refused, since lists mean either working or natural days by it.
    ///
    /// - Throws: ``StandardsError/Code/timeLimit``.
    public init(writtenInChinese written: String) throws(StandardsError) {
        let text = written.filter { !$0.isWhitespace && $0 != "个" && $0 != "内" && $0 != "以" }
        if ["当场", "当场办结", "即时", "即时办结", "即办", "即办件", "当日办结"].contains(text) {
            self = .onTheSpot
            return
        }
        if text == "半工作日" || text == "半天" {
            self = .workingDays(halves: 1)
            return
        }
        let units = [("工作日", "wd"), ("工作天", "wd"), ("自然日", "d"), ("自然天", "d"), ("月", "mo"), ("日", "d"), ("天", "d")]
        for (word, unit) in units where text.hasSuffix(word) {
            do {
                try self.init(text.dropLast(word.count) + unit)
                return
            } catch {
                break
            }
        }
        do {
            try self.init(text)
        } catch {
            throw StandardsError(
                .timeLimit, "时限“\(written.prefix(20))”读不懂，请写成“20个工作日”“15个自然日”“3个月”或“当场办结”。")
        }
    }

    /// Whether this limit ends after another, whatever the day on which both begin; `false` where that depends on the
    /// season.
    public func isLonger(than other: TimeLimit) -> Bool { self != other && other.isWithin(self) }
}
