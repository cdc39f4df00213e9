import PluginKit

extension PageRequest {
    /// An identifier in the path.
    ///
    /// - Throws: `StorageError`, which the reader sees as "not found".
    func identifier(_ name: String = "id") throws -> Identifier { try Identifier(path[name] ?? "") }

    /// Where a list goes on; nil for its beginning.
    ///
    /// - Throws: `StorageError` for what is no cursor of ours.
    func cursor(_ name: String = "after") throws -> Identifier? {
        let text = parameter(name)
        return text.isEmpty ? nil : try Identifier(text)
    }

    /// The version on which a form was based; nil when the form carried none.
    ///
    /// - Throws: a finding when it is no number.
    func expectedVersion() throws -> Int? {
        let text = field("version")
        if text.isEmpty { return nil }
        guard let version = Int(text) else {
            throw Problem(400, "portal.malformed_version", "页面内容不完整", "提交的内容不完整，没有办理。请刷新页面后重新提交。")
        }
        return version
    }

    /// The fields of the form whose names begin with a prefix, by what follows it.
    func fields(prefix: String) -> [String: String] {
        var values: [String: String] = [:]
        for (name, sent) in form where name.hasPrefix(prefix) {
            values[String(name.dropFirst(prefix.count))] = sent.last ?? ""
        }
        return values
    }

    /// The answers to a theme's questions, from the form or the query; other parameters are none of the theme's.
    func answers(for theme: Theme) -> Answers {
        var answers: Answers = [:]
        for question in theme.questions {
            let answer = form[question.id]?.last ?? query[question.id]?.last ?? ""
            if !answer.isEmpty { answers[question.id] = answer }
        }
        return answers
    }
}
