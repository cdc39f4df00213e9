import PluginKit

/// Whom the office offers a visit by itself: the plugin's settings for it.
struct ProactiveRules: Sendable, Hashable {
    /// The ages in years that are an occasion.
    let ages: [Int]
    /// How many days before an occasion somebody is listed.
    let daysBefore: Int
    /// The types of licences whose lapse is an occasion.
    let licenceTypes: [String]
    /// The rule by which data may be used for it without a consent; empty where only those who agreed are listed.
    let basis: String

    init(_ reader: SettingsReader) throws {
        ages = Self.ages(reader)
        daysBefore = try reader.int("daysBefore", default: 30, in: 1...90, doc: "提前几天列入敲门办的名单")
        licenceTypes = try reader.list(
            "licenceTypes", default: ["居民身份证", "残疾人证"], doc: "哪些证照快到期时列入名单")
        basis = try reader.text(
            "basis", default: "", doc: "不经本人同意使用数据的依据（文件和条款）；不写就只列同意过的人"
        ).trimmed
    }

    private static func ages(_ reader: SettingsReader) -> [Int] {
        guard let value = reader.value("ages", doc: "满多少周岁列入名单，例如 [80, 90, 100]") else { return [80, 90, 100] }
        let ages = (value.array ?? []).compactMap { $0.integer.map(Int.init) }.filter { (1...130).contains($0) }
        if value.array == nil || ages.count != value.array?.count || ages.count > 10 {
            reader.report(
                Finding(reader.place("ages"), "settings.malformed", "ages 应当是 1 到 130 的整数的列表，最多 10 个，例如 [80, 90, 100]。")
            )
        }
        return ages
    }

    /// The last day of the stretch whose occasions are listed on a day.
    func horizon(on today: LegalDay) -> LegalDay { today.adding(days: daysBefore) }

    /// The days of birth of everybody who reaches an age within the stretch.
    func birthDays(reaching age: Int, on today: LegalDay) -> [LegalDay] {
        (0...daysBefore).flatMap { Self.born(age, before: today.adding(days: $0)) }
    }

    /// When somebody reaches an age; somebody born on 29 February on 1 March of a common year.
    static func day(of age: Int, bornOn birth: LegalDay) -> LegalDay? {
        let (year, month, day) = birth.components
        return (try? LegalDay(year: year + age, month: month, day: day))
            ?? (try? LegalDay(year: year + age, month: 3, day: 1))
    }

    private static func born(_ age: Int, before day: LegalDay) -> [LegalDay] {
        let (year, month, number) = day.components
        let births = [
            try? LegalDay(year: year - age, month: month, day: number),
            month == 3 && number == 1 ? try? LegalDay(year: year - age, month: 2, day: 29) : nil,
        ]
        return births.compactMap(\.self).filter { self.day(of: age, bornOn: $0) == day }
    }
}
