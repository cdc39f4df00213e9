/// The two forms of time in DER, in UTC and whole seconds.
enum DERTime {
    /// Milliseconds since 1970; nil for anything but `YYYYMMDDHHMMSSZ` or, without century, `YYMMDDHHMMSSZ`.
    static func read(_ content: ArraySlice<UInt8>, hasCentury: Bool) -> Int64? {
        let count = hasCentury ? 15 : 13
        guard content.count == count, content.last == UInt8(ascii: "Z"),
            content.dropLast().allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        else { return nil }
        let digits = content.dropLast().map { Int64($0 - UInt8(ascii: "0")) }
        func pair(_ index: Int) -> Int64 { digits[index] * 10 + digits[index + 1] }
        let shift = hasCentury ? 2 : 0
        // RFC 5280 §4.1.2.5.1: 50 to 99 stand for the last century.
        let year = hasCentury ? pair(0) * 100 + pair(2) : pair(0) + (pair(0) < 50 ? 2000 : 1900)
        let (month, day) = (pair(2 + shift), pair(4 + shift))
        let (hour, minute, second) = (pair(6 + shift), pair(8 + shift), pair(10 + shift))
        guard (1...12).contains(month), (1...lengths(year)[Int(month) - 1]).contains(day), hour < 24, minute < 60,
            second < 60
        else { return nil }
        return ((days(year, month, day) * 24 + hour) * 60 + minute) * 60_000 + second * 1000
    }

    /// `YYYYMMDDHHMMSSZ`; fractions of a second are cut.
    static func generalized(_ milliseconds: Int64) -> String {
        let seconds = milliseconds >= 0 ? milliseconds / 1000 : (milliseconds - 999) / 1000
        let day = seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
        let rest = seconds - day * 86_400
        let (year, month, date) = civil(day)
        func padded(_ value: Int64, _ width: Int) -> String {
            let text = String(value)
            return String(repeating: "0", count: max(0, width - text.count)) + text
        }
        return padded(year, 4)
            + [month, date, rest / 3600, rest / 60 % 60, rest % 60].map { padded($0, 2) }.joined() + "Z"
    }

    private static func lengths(_ year: Int64) -> [Int64] {
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    }

    /// Days since 1970-01-01 in the proleptic Gregorian calendar, counted in years that begin in March.
    private static func days(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
        let year = month <= 2 ? year - 1 : year
        let era = (year >= 0 ? year : year - 399) / 400
        let yearOfEra = year - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    private static func civil(_ days: Int64) -> (Int64, Int64, Int64) {
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let part = (5 * dayOfYear + 2) / 153
        let month = part < 10 ? part + 3 : part - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * part + 2) / 5 + 1)
    }
}
