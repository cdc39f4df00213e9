import Catalogue
import Standards

/// Reads `examples.yaml` strictly.
enum ExampleDecoder {
    /// The examples; nil with findings in the session.
    static func read(_ yaml: String, _ session: ReadingSession) -> [ThemeExample]? {
        let examples = YAMLDocument.parse(yaml, session)?.object { root in
            root.required("examples")?.elements(example) ?? []
        }
        return session.isBroken ? nil : examples
    }

    private static func example(_ value: YAMLValue) -> ThemeExample? {
        value.object { object in
            guard let expected = object.required("expect")?.object(expectation) else { return nil }
            return ThemeExample(
                name: object.text("name"), answers: object["answers"].map(texts) ?? [:],
                available: object.list("available", \.source), consented: object.texts("consented"),
                day: object["day"]?.day, expected: expected)
        } ?? nil
    }

    private static func expectation(_ object: YAMLObject) -> ThemeExample.Expectation {
        let expectation = ThemeExample.Expectation(
            outcome: object.optionalText("outcome"), items: object.optionalTexts("items"),
            upload: object.optionalTexts("upload"), exempt: object["exempt"].map(texts),
            deadline: object["deadline"]?.limit, longest: object["longest"]?.limit,
            fees: object.optionalTexts("fees"), consents: object.optionalTexts("consents"))
        if expectation.outcome == nil, expectation.items == nil {
            object.value.fail("example.empty", "expect 里至少要写 items（办哪些事项）或 outcome（不适用时的去向）。")
        }
        return expectation
    }

    /// A mapping from words to words, whatever the words are.
    private static func texts(_ value: YAMLValue) -> [String: String] {
        value.object { object in
            Dictionary(object.keys.map { ($0, object.text($0)) }) { first, _ in first }
        } ?? [:]
    }
}

extension YAMLObject {
    /// A list of texts; nil where it is absent.
    fileprivate func optionalTexts(_ key: String) -> [String]? { self[key]?.elements { $0.text } }
}
