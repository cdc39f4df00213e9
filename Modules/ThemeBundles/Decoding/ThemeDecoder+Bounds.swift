import Catalogue
import Standards

/// Between what a field's value must lie. `min` and `max` mean what the field's kind makes of them.
extension ThemeDecoder {
    func bounds(_ object: YAMLObject, kind: FormField.Kind) -> FieldBounds? {
        let bounds = FieldBounds(
            minimum: number(object, "min", kind: kind),
            maximum: kind.isNumber ? number(object, "max", kind: kind) : nil,
            notBefore: object["notBefore"].flatMap(dayBound), notAfter: object["notAfter"].flatMap(dayBound),
            characters: object["characters"].flatMap { $0.choice(FieldBounds.Characters.self) })
        return bounds.isEmpty ? nil : bounds
    }

    /// The most characters of a text; numbers have none of their own.
    func maximumLength(_ object: YAMLObject, kind: FormField.Kind) -> Int {
        kind.isNumber
            ? FormField.standardLength : object.integer("max", default: FormField.standardLength, in: 1...10_000)
    }

    private func number(_ object: YAMLObject, _ key: String, kind: FormField.Kind) -> Int64? {
        guard let value = object[key] else { return nil }
        if kind == .money {
            if value.scalar == "tariff" { value.fail("theme.value", "\(key) 应当是以元为单位的金额，例如 80.00。") }
            return value.amount?.fen
        }
        return value.count.map(Int64.init)
    }

    /// `today`, a day such as `2025-01-01`, or `{days: -30}`, `{months: 6}`, `{years: -4}` from the day of application.
    private func dayBound(_ value: YAMLValue) -> DayBound? {
        if value.scalar == "today" { return .today }
        guard value.isMapping else { return value.day.map(DayBound.day) }
        return value.object { object -> DayBound? in
            let spans = ["days", "months", "years"].compactMap { unit in
                object[unit].flatMap(\.count).map { (unit: unit, count: $0) }
            }
            guard let span = spans.first, spans.count == 1, (-100_000...100_000).contains(span.count)
            else {
                value.fail("theme.day_bound", "请写一种：days、months 或 years，例如 {days: 30}；负数表示申请当天以前。")
                return nil
            }
            switch span.unit {
            case "days": return .days(span.count)
            case "months": return .months(span.count)
            default: return .months(12 * span.count)
            }
        } ?? nil
    }
}
