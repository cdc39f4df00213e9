import Catalogue

extension YAMLValue {
    /// How deep conditions may lie in each other; deeper ones nobody can read.
    private static let maximumDepth = 8

    /// A condition: `{婚姻状况: [婚内, 收养]}` with `all:`, `any:` and `not:` around it. `always` says so outright.
    var condition: Condition { condition(depth: 0) }

    private func condition(depth: Int) -> Condition {
        if scalar == "always" { return .always }
        guard isMapping else {
            fail("theme.condition", "条件应当写成“问题: [选项]”，或用 all、any、not 组合。")
            return .always
        }
        let members = members
        if members.isEmpty || depth > Self.maximumDepth {
            fail("theme.condition", members.isEmpty ? "条件是空的；不需要条件时请删去 when。" : "条件嵌套太深，请拆开来写。")
            return .always
        }
        let conditions = members.map { key, value -> Condition in
            switch key.scalar ?? "" {
            case "all": return .all(value.elements { $0.condition(depth: depth + 1) })
            case "any": return .any(value.elements { $0.condition(depth: depth + 1) })
            case "not": return .not(value.condition(depth: depth + 1))
            default: return value.answer(to: key)
            }
        }
        return conditions.count == 1 ? conditions[0] : .all(conditions)
    }

    /// The options after a question's name; one may stand without brackets.
    private func answer(to key: YAMLValue) -> Condition {
        let question = key.text
        let values: [YAMLValue] = scalar == nil ? elements { $0 } : [self]
        let condition = Condition.answer(question: question, options: values.map(\.text))
        guard let known = session.questions[question] else {
            session.note(
                "theme.unknown_question",
                "questions 里没有“\(question)”\(session.hint(question, session.questions.keys))。", at: key.place)
            return condition
        }
        for value in values where !known.contains(value.text) {
            session.note(
                "theme.unknown_option",
                "“\(question)”没有“\(value.text)”这个选项\(session.hint(value.text, known))。"
                    + "可以写：\(known.joined(separator: "、"))。",
                at: value.place)
        }
        return condition
    }
}
