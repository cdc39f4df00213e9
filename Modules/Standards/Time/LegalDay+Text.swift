extension LegalDay: StandardText {
    /// Reads `yyyy-MM-dd`.
    ///
    /// - Parameter text: ten characters, such as `2026-11-22`.
    /// - Throws: ``StandardsError/Code/day`` for any other form or a day that does not exist.
    public init(_ text: String) throws(StandardsError) {
        let bytes = Array(text.utf8)
        func number(_ digits: Range<Int>) -> Int? {
            var number = 0
            for byte in bytes[digits] {
                guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
                number = number * 10 + Int(byte - UInt8(ascii: "0"))
            }
            return number
        }
        let dash = UInt8(ascii: "-")
        guard bytes.count == 10, bytes[4] == dash, bytes[7] == dash, let year = number(0..<4),
            let month = number(5..<7), let day = number(8..<10)
        else {
            throw StandardsError(.day, "日期“\(text.prefix(20))”的写法不对，请按“2026-11-22”的格式填写。")
        }
        try self.init(year: year, month: month, day: day)
    }

    /// Reads a day as people and office programs write it: `2026-11-3`, `2026/11/3`, `2026.11.3`, `2026年11月3日` or
    /// `20261103`, in digits of either width; nil for anything else.
    public init?(written text: String) {
        let text = text.halfWidth.filter { !$0.isWhitespace }
        if let day = LegalDay(digits: text) {
            self = day
            return
        }
        let digits = text.split { !$0.isASCII || !$0.isNumber }.compactMap { Int($0) }
        let marks = text.filter { !($0.isASCII && $0.isNumber) }
        guard digits.count == 3, digits[0] >= 1000, ["--", "//", "..", "年月日", "年月"].contains(marks),
            let day = try? LegalDay(year: digits[0], month: digits[1], day: digits[2])
        else { return nil }
        self = day
    }

    /// `yyyy-MM-dd`.
    public var text: String {
        let (year, month, day) = components
        return "\(year.padded(4))-\(month.padded(2))-\(day.padded(2))"
    }

    /// Eight digits `yyyyMMdd`, as identifiers hold them.
    public var digits: String {
        let (year, month, day) = components
        return year.padded(4) + month.padded(2) + day.padded(2)
    }

    /// The day as it is said to people, such as `2026年11月22日（星期日）`.
    public var chinese: String {
        let names = ["一", "二", "三", "四", "五", "六", "日"]
        return "\(chineseDate)（星期\(names[weekday - 1])）"
    }

    /// The day without its weekday, such as `2026年11月22日`.
    public var chineseDate: String {
        let (year, month, day) = components
        return "\(year)年\(month)月\(day)日"
    }

    /// The day that eight digits `yyyyMMdd` stand for; nil if there is none.
    init?(digits: String) {
        guard digits.utf8.count == 8, let number = digits.digitsValue,
            let day = try? LegalDay(year: number / 10_000, month: number / 100 % 100, day: number % 100)
        else { return nil }
        self = day
    }
}
