import Catalogue
import Standards

/// Where a valid value of a field lies outside of the field's bounds: what is told to whoever filled it in.
struct BoundsCheck {
    let field: FormField
    /// The day of application, from which relative days are counted.
    let today: LegalDay

    /// A stable code with a message in Chinese; nil when the value keeps to its bounds.
    func refusal(of value: String) throws(StandardsError) -> (code: String, message: String)? {
        guard let bounds = field.bounds else { return nil }
        switch field.kind {
        case .day: return refusal(of: try LegalDay(value), bounds)
        case .integer: return Int64(value).flatMap { refusal(of: $0, bounds, written: String.init) }
        case .money: return refusal(of: try Money(yuan: value).fen, bounds) { "\(Money(fen: $0).yuan)元" }
        case .text, .paragraph, .businessScope, .address: return refusal(ofText: value, bounds)
        case .choice, .flag, .residentID, .creditCode, .mobile, .personName: return nil
        }
    }

    private func refusal(of day: LegalDay, _ bounds: FieldBounds) -> (code: String, message: String)? {
        if let first = bounds.notBefore, day < first.day(on: today) {
            return ("field.too_early", "“\(field.title)”不能早于\(first.chinese(on: today))，请核对日期。")
        }
        if let last = bounds.notAfter, day > last.day(on: today) {
            return ("field.too_late", "“\(field.title)”不能晚于\(last.chinese(on: today))，请核对日期。")
        }
        return nil
    }

    private func refusal(
        of number: Int64, _ bounds: FieldBounds, written: (Int64) -> String
    ) -> (code: String, message: String)? {
        let (least, greatest) = (bounds.minimum ?? .min, bounds.maximum ?? .max)
        if number >= least, number <= greatest { return nil }
        let range =
            switch (bounds.minimum, bounds.maximum) {
            case (let least?, let greatest?): "应当在\(written(least))到\(written(greatest))之间"
            case (let least?, nil): "不能小于\(written(least))"
            case (nil, let greatest?): "不能大于\(written(greatest))"
            case (nil, nil): ""
            }
        return ("field.range", "“\(field.title)”\(range)，请核对后重新填写。")
    }

    private func refusal(ofText text: String, _ bounds: FieldBounds) -> (code: String, message: String)? {
        if let characters = bounds.characters, !text.utf8.allSatisfy(characters.admits) {
            return ("field.characters", "“\(field.title)”只能填写\(characters.chinese)，请核对后重新填写。")
        }
        if let fewest = bounds.minimum, text.count < fewest {
            return ("field.too_short", "“\(field.title)”至少\(fewest)个字，现有\(text.count)个字，请核对后重新填写。")
        }
        return nil
    }
}

extension DayBound {
    /// `申请当天（2026年11月25日）`, or the day alone when it is another one.
    fileprivate func chinese(on today: LegalDay) -> String {
        let day = day(on: today)
        return day == today && isRelative ? "申请当天（\(day.chineseDate)）" : day.chineseDate
    }
}

extension FieldBounds.Characters {
    fileprivate func admits(_ byte: UInt8) -> Bool {
        switch (self, byte) {
        case (_, UInt8(ascii: "0")...UInt8(ascii: "9")): true
        case (.digits, _): false
        case (.code, UInt8(ascii: "a")...UInt8(ascii: "z")), (.code, UInt8(ascii: "A")...UInt8(ascii: "Z")): true
        case (.code, _): [UInt8(ascii: "-"), UInt8(ascii: "/"), UInt8(ascii: ".")].contains(byte)
        }
    }
}
