import Catalogue

/// Materials and what can serve in place of papers.
extension ThemeDecoder {
    func material(_ value: YAMLValue) -> MaterialSlot? {
        value.object { object in
            MaterialSlot(
                id: object.text("id"), title: object.text("title"), hint: object.optionalProse("hint"),
                when: object.condition("when"), items: object.required("items")?.elements { $0.text } ?? [],
                sources: object.required("sources")?.elements(\.source) ?? [],
                mayBeMissing: object.flag("gap", default: false), commitment: object.optionalProse("commitment"),
                isOptional: object.flag("optional", default: false), sample: sample(object))
        }
    }

    private func sample(_ object: YAMLObject) -> String? {
        guard let value = object["sample"] else { return nil }
        _ = session.text(value.text, at: value.place)
        return value.text
    }
}

extension YAMLValue {
    /// The words that stand for a source without further particulars.
    private enum Word: String, CaseIterable {
        case upload, form, identity
    }

    /// `upload`, `form`, `identity`, `{licence: 结婚证, of: applicant, matches: …}`, `{check: …}` or `{result: P01/name}`.
    var source: MaterialSlot.Source? {
        guard isMapping else {
            return choice(Word.self).map { word in
                switch word {
                case .upload: .upload
                case .form: .form
                case .identity: .identity
                }
            }
        }
        return object { object in
            if object.keys.contains("check") { return .dataCheck(source: object.text("check")) }
            if object.keys.contains("result") { return object.result }
            return .licence(
                type: object.text("licence"), party: object.optionalText("of") ?? MaterialSlot.Source.applicant,
                matches: object["matches"]?.object(\.match))
        } ?? nil
    }
}

extension YAMLObject {
    /// `{holders: [other-parent], fields: {坐落: company_address}}`
    fileprivate var match: LicenceMatch {
        let fields = self["fields"]?.object { object in
            Dictionary(object.keys.map { ($0, object.text($0)) }) { first, _ in first }
        }
        return LicenceMatch(holders: texts("holders"), fields: fields ?? [:])
    }

    /// A result as `P01/birth-certificate`.
    fileprivate var result: MaterialSlot.Source? {
        let parts = text("result").split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2 else {
            value.fail("theme.type", "result 应当写成“事项/结果”，如“P01/birth-certificate”。")
            return nil
        }
        return .result(item: String(parts[0]), result: String(parts[1]))
    }
}
