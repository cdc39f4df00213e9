import Extension

extension ThemeDecoder {
    /// The bundle's parameters with their values in this deployment.
    func readParameters(_ root: YAMLObject) -> [ThemeParameter] {
        let parameters = root.list("parameters") { element in
            element.object { parameter($0) } ?? nil
        }
        for key in settings.keys.sorted() where !parameters.contains(where: { $0.id == key }) {
            session.fail(
                "theme.unknown_setting",
                "部署设置里的“\(key)”不是这个主题的参数\(session.hint(key, parameters.map(\.id)))。", at: nil)
        }
        return parameters
    }

    private func parameter(_ object: YAMLObject) -> ThemeParameter? {
        let id = object.text("id")
        let title = object.text("title")
        let confidence: ThemeParameter.Confidence? = object.choice("confidence", default: nil)
        let kind: ThemeParameter.Kind? = object.choice("kind", default: nil)
        guard let confidence, let kind, let written = object.required("default"),
            let value = value(written.text, kind, refused: { written.fail("theme.value", $0) })
        else {
            session.refusedParameters.insert(id)
            return nil
        }
        return ThemeParameter(
            id: id, title: title, confidence: confidence, defaultValue: value,
            value: override(id, kind) ?? value)
    }

    /// The deployment's value; a malformed one is a finding and never silently the default.
    private func override(_ id: String, _ kind: ThemeParameter.Kind) -> ThemeParameter.Value? {
        guard let setting = settings[id] else { return nil }
        let text = setting.string ?? setting.integer.map { "\($0)" } ?? ""
        return value(text, kind) { reason in
            session.fail("theme.setting", "部署设置里“\(id)”的值不对：\(reason)", at: nil)
        }
    }

    private func value(
        _ text: String, _ kind: ThemeParameter.Kind, refused: (String) -> Void
    ) -> ThemeParameter.Value? {
        do {
            return try ThemeParameter.Value(text, kind: kind)
        } catch {
            refused(error.message)
            return nil
        }
    }
}
