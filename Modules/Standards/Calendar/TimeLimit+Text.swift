extension TimeLimit: StandardText {
    /// Reads `5wd`, `0.5wd`, `20d`, `1mo` or `at-once`, the forms of theme files.
    ///
    /// A count of zero reads as ``onTheSpot``.
    ///
    /// - Parameter text: a count up to ``maximumCount`` and its unit, without a space between them.
    /// - Throws: ``StandardsError/Code/timeLimit``.
    public init(_ text: String) throws(StandardsError) {
        let refusal = StandardsError(
            .timeLimit,
            "时限“\(text.prefix(20))”的写法不对：工作日写“5wd”或“0.5wd”，自然日写“20d”，月写“1mo”，当场办结写“at-once”。")
        let unit = text.drop { $0.isASCII && ($0.isNumber || $0 == ".") }
        let number = text.prefix(upTo: unit.startIndex)
        if text == "at-once" {
            self = .onTheSpot
            return
        }
        let half = number.hasSuffix(".5")
        guard let count = (half ? number.dropLast(2) : number).digitsValue, count <= Self.maximumCount,
            unit == "wd" || !half
        else { throw refusal }
        switch unit {
        case _ where count == 0 && !half && ["wd", "d", "mo"].contains(unit): self = .onTheSpot
        case "wd": self = .workingDays(halves: count * 2 + (half ? 1 : 0))
        case "d": self = .naturalDays(count)
        case "mo": self = .months(count)
        default: throw refusal
        }
    }

    /// The form of theme files, such as `0.5wd`; a count of zero or less is `at-once`.
    public var text: String {
        switch self {
        case .workingDays(let halves) where halves > 0: "\(halves / 2)\(halves % 2 == 0 ? "" : ".5")wd"
        case .naturalDays(let days) where days > 0: "\(days)d"
        case .months(let months) where months > 0: "\(months)mo"
        default: "at-once"
        }
    }

    /// The limit as it is said to people, such as `5个工作日`, `半个工作日` or `当场办结`.
    public var chinese: String {
        switch self {
        case .workingDays(1): "半个工作日"
        case .workingDays(let halves) where halves > 0: "\(halves / 2)个\(halves % 2 == 0 ? "" : "半")工作日"
        case .naturalDays(let days) where days > 0: "\(days)个自然日"
        case .months(let months) where months > 0: "\(months)个月"
        default: "当场办结"
        }
    }
}
