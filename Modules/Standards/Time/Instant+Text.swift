extension Instant: CustomStringConvertible {
    /// RFC 3339 in UTC with milliseconds, such as `2026-11-22T13:00:00.000Z`.
    public var iso8601: String {
        let (day, milliseconds) = dayAndMilliseconds(offset: 0)
        let time = Self.clock(milliseconds, seconds: true)
        return "\(LegalDay(ordinal: Int(clamping: day)).text)T\(time).\((milliseconds % 1000).padded(3))Z"
    }

    public var description: String { iso8601 }

    /// The moment as people in China read it, such as `2026年11月22日 21:00`.
    public var chinaTime: String {
        "\(day.chineseDate) \(Self.clock(dayAndMilliseconds(offset: Self.chinaOffset).milliseconds, seconds: false))"
    }

    /// Reads RFC 3339: a date, `T`, a time with or without decimals of a second, then `Z` or an offset.
    ///
    /// Decimals beyond the millisecond are dropped; leap seconds are refused.
    ///
    /// - Parameter text: for example `2026-11-22T21:00:00+08:00`.
    /// - Throws: ``StandardsError/Code/instant``.
    public init(_ text: String) throws(StandardsError) {
        guard let instant = Self.parse(text) else {
            throw StandardsError(
                .instant, "时间“\(text.prefix(40))”的写法不对，请按“2026-11-22T21:00:00+08:00”的格式填写。")
        }
        self = instant
    }

    private static func parse(_ text: String) -> Instant? {
        guard text.utf8.count == text.count, text.utf8.count <= 40, text.utf8.count >= 20,
            text[offsets: 10..<11] == "T", let day = try? LegalDay(text[offsets: 0..<10])
        else { return nil }
        let rest = text.dropFirst(11)
        guard let zone = rest.firstIndex(where: { $0 == "Z" || $0 == "+" || $0 == "-" }),
            let offset = minutes(ofZone: rest[zone...]), let time = milliseconds(ofClock: rest[..<zone])
        else { return nil }
        return Instant(milliseconds: Int64(day.ordinal) * millisecondsPerDay + time - offset * 60_000)
    }

    private static func minutes(ofZone zone: Substring) -> Int64? {
        if zone == "Z" { return 0 }
        let parts = zone.dropFirst().split(separator: ":", omittingEmptySubsequences: false)
        guard parts.map(\.utf8.count) == [2, 2], let hours = parts[0].digitsValue, let minutes = parts[1].digitsValue,
            hours < 24, minutes < 60
        else { return nil }
        return Int64(hours * 60 + minutes) * (zone.hasPrefix("-") ? -1 : 1)
    }

    private static func milliseconds(ofClock clock: Substring) -> Int64? {
        let halves = clock.split(separator: ".", omittingEmptySubsequences: false)
        let parts = halves[0].split(separator: ":", omittingEmptySubsequences: false)
        guard halves.count <= 2, parts.map(\.utf8.count) == [2, 2, 2], let hour = parts[0].digitsValue,
            let minute = parts[1].digitsValue, let second = parts[2].digitsValue, hour < 24, minute < 60, second < 60
        else { return nil }
        let whole = Int64((hour * 60 + minute) * 60 + second) * 1000
        guard halves.count == 2 else { return whole }
        guard let fraction = (halves[1] + "000").prefix(3).digitsValue, !halves[1].isEmpty, halves[1].isDigits
        else { return nil }
        return whole + Int64(fraction)
    }

    private static func clock(_ milliseconds: Int64, seconds: Bool) -> String {
        let total = milliseconds / 1000
        let clock = "\((total / 3600).padded(2)):\((total / 60 % 60).padded(2))"
        return seconds ? "\(clock):\((total % 60).padded(2))" : clock
    }
}
