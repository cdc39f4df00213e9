import Catalogue

/// Questions, outcomes and advice.
extension ThemeDecoder {
    /// The questions. Their conditions are read after all their names are known.
    func readQuestions(_ root: YAMLObject) -> [Question] {
        guard let value = root["questions"] else { return [] }
        session.questions = questionNames(value)
        return value.elements { element in
            element.object { object in
                Question(
                    id: object.text("id"), title: object.prose("title"), hint: object.optionalProse("hint"),
                    options: object.required("options")?.elements(option) ?? [], when: object.condition("when"))
            }
        }
    }

    private func questionNames(_ value: YAMLValue) -> [String: [String]] {
        guard value.isSequence else { return [:] }
        let pairs = value.elements { question -> (String, [String])? in
            let members = question.members
            guard let id = members.first(where: { $0.key.scalar == "id" })?.value.scalar else { return nil }
            let options = members.first { $0.key.scalar == "options" && $0.value.isSequence }?.value.elements {
                option in
                option.scalar ?? option.members.first { $0.key.scalar == "title" }?.value.scalar
            }
            return (id, options ?? [])
        }
        return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
    }

    private func option(_ value: YAMLValue) -> Question.Option? {
        if value.scalar != nil { return Question.Option(title: value.text) }
        return value.object { Question.Option(title: $0.text("title"), hint: $0.optionalProse("hint")) }
    }

    func outcome(_ value: YAMLValue) -> Outcome? {
        value.object { object in
            Outcome(
                when: object.requiredCondition("when"), title: object.prose("title"), text: object.prose("text"),
                theme: object.optionalText("theme"))
        }
    }

    func advice(_ value: YAMLValue) -> Advice? {
        value.object { Advice(when: $0.condition("when"), text: $0.prose("text")) }
    }
}

extension YAMLObject {
    /// A condition; always where it is absent.
    func condition(_ key: String) -> Condition { self[key]?.condition ?? .always }

    /// A condition that must be there.
    func requiredCondition(_ key: String) -> Condition { required(key)?.condition ?? .always }
}
