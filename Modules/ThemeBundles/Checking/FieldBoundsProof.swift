import Catalogue
import Standards

/// The bounds of each field fit its kind and leave something to fill in, on every day to come.
enum FieldBoundsProof: ThemeProof {
    static func findings(in bundle: ThemeBundle) -> [ThemeFinding] {
        let results = bundle.results.flatMap { path, _, result in
            result.fields.enumerated().map { ("\(path).fields[\($0)]", $1) }
        }
        return (bundle.formFields + results).flatMap { path, field in
            field.bounds.map { misplaced(bundle, path, field, $0) + empty(bundle, path, field, $0) } ?? []
        }
    }

    private static func misplaced(
        _ bundle: ThemeBundle, _ path: String, _ field: FormField, _ bounds: FieldBounds
    ) -> [ThemeFinding] {
        let rules: [(key: String, isWritten: Bool, fits: Bool, kinds: String)] = [
            ("min", bounds.minimum != nil, field.kind.isText || field.kind.isNumber, "数字、金额或文字"),
            ("notBefore", bounds.notBefore != nil, field.kind == .day, "日期（kind: day）"),
            ("notAfter", bounds.notAfter != nil, field.kind == .day, "日期（kind: day）"),
            ("characters", bounds.characters != nil, field.kind.isText, "文字"),
        ]
        return rules.filter { $0.isWritten && !$0.fits }.map { rule in
            bundle.finding(
                "\(path).\(rule.key)", "theme.field_bounds",
                "\(rule.key) 只能用于\(rule.kinds)字段，“\(field.title)”是 \(field.kind.rawValue)，请删去或改 kind。")
        }
    }

    private static func empty(
        _ bundle: ThemeBundle, _ path: String, _ field: FormField, _ bounds: FieldBounds
    ) -> [ThemeFinding] {
        let maximum = field.kind.isNumber ? bounds.maximum : Int64(field.maximumLength)
        if let minimum = bounds.minimum, let maximum, minimum > maximum {
            return [bundle.finding("\(path).min", "theme.field_bounds", "“\(field.title)”的 min 大于 max，什么都填不了。请改正。")]
        }
        guard let first = bounds.notBefore, let last = bounds.notAfter else { return [] }
        if let problem = problem(from: first, to: last) {
            return [bundle.finding("\(path).notBefore", "theme.field_bounds", "“\(field.title)”的\(problem)")]
        }
        return []
    }

    /// Why no day lies between the two, now or one day.
    private static func problem(from first: DayBound, to last: DayBound) -> String? {
        switch (first, last) {
        case (.day(let first), .day(let last)) where first > last: return " notBefore 晚于 notAfter，什么都填不了。请改正。"
        case (.day, _): return nil
        case (_, .day(let last)):
            return " notBefore 随申请日期往后推，到\(last.chineseDate)以后就什么都填不了。请把两头都写成固定日期，或都从申请当天起算。"
        case (_, _):
            // Months differ in length, so every day of a cycle of the leap years is tried.
            let days = (0..<1461).map { LegalDay(ordinal: 20_454 + $0) }
            return days.contains { first.day(on: $0) > last.day(on: $0) } ? " notBefore 晚于 notAfter，什么都填不了。请改正。" : nil
        }
    }
}
