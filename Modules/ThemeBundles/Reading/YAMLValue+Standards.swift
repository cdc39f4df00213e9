import Standards

extension YAMLValue {
    /// A time limit such as `5wd`, or `{parameter: name}`.
    var limit: TimeLimit? {
        if let parameter = referredParameter {
            guard case .limit(let limit) = parameter.value else {
                fail("theme.parameter_kind", "“\(parameter.id)”不是时限（kind: limit），不能用在这里。")
                return nil
            }
            return limit
        }
        return isMapping ? nil : standard { (text) throws(StandardsError) in try TimeLimit(text) }
    }

    /// An amount in yuan such as `80.00`, `{parameter: name}`, or `tariff` when it isn't known beforehand.
    var amount: Money? {
        if let parameter = referredParameter {
            guard case .money(let money) = parameter.value else {
                fail("theme.parameter_kind", "“\(parameter.id)”不是金额（kind: money），不能用在这里。")
                return nil
            }
            return money
        }
        if isMapping || scalar == "tariff" { return nil }
        return standard { (text) throws(StandardsError) in try Money(yuan: text) }
    }

    /// A day such as `2025-01-01`.
    var day: LegalDay? { standard { (text) throws(StandardsError) in try LegalDay(text) } }

    /// A whole number such as `12`, or `{parameter: name}`.
    var count: Int? {
        if let parameter = referredParameter {
            if case .int(let number) = parameter.value { return number }
            fail("theme.parameter_kind", "“\(parameter.id)”不是整数（kind: int），不能用在这里。")
            return nil
        }
        if isMapping { return nil }
        if let number = scalar.flatMap({ Int($0) }) { return number }
        fail("theme.type", "这里应当是整数。")
        return nil
    }

    /// A value with a rule of its own; its refusal becomes a finding.
    private func standard<Value>(_ read: (String) throws(StandardsError) -> Value) -> Value? {
        let written = text
        if written.isEmpty { return nil }
        do {
            return try read(written)
        } catch {
            fail("theme.value", error.message)
            return nil
        }
    }

    /// The parameter that `{parameter: name}` names; nil when this is no mapping.
    private var referredParameter: ThemeParameter? {
        guard isMapping else { return nil }
        return object { object in
            object.required("parameter").flatMap { session.parameter($0.text, at: $0.place) }
        } ?? nil
    }
}
