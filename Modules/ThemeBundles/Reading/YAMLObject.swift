import Yams

/// A mapping that is being read; it remembers which keys were asked for.
final class YAMLObject {
    let value: YAMLValue
    private let mapping: Node.Mapping
    private var asked: [String] = []

    init(_ mapping: Node.Mapping, _ value: YAMLValue) {
        self.mapping = mapping
        self.value = value
    }

    var session: ReadingSession { value.session }

    /// The keys as written.
    var keys: [String] { mapping.compactMap(\.key.string) }

    /// The value of a key; nil when it is absent.
    subscript(key: String) -> YAMLValue? {
        asked.append(key)
        guard let node = mapping.first(where: { $0.key.string == key })?.value else { return nil }
        return YAMLValue(node: node, path: value.path.isEmpty ? key : "\(value.path).\(key)", session: session)
    }

    /// The value of a key that must be there; reports when it is not.
    func required(_ key: String) -> YAMLValue? {
        if let value = self[key] { return value }
        value.fail("theme.missing_key", "缺少 \(key)，请补上。")
        return nil
    }

    /// A text that must be there.
    func text(_ key: String) -> String { required(key)?.text ?? "" }

    /// A text that may be absent.
    func optionalText(_ key: String) -> String? { self[key]?.text }

    /// A text for people that must be there: with parameters in it, or in a file of its own.
    func prose(_ key: String) -> String { required(key)?.prose ?? "" }

    /// A text for people that may be absent.
    func optionalProse(_ key: String) -> String? { self[key]?.prose }

    /// Yes or no.
    func flag(_ key: String, default fallback: Bool) -> Bool {
        guard let value = self[key] else { return fallback }
        switch value.scalar {
        case "true": return true
        case "false": return false
        default:
            value.fail("theme.type", "\(key) 应当是 true 或 false。")
            return fallback
        }
    }

    /// A whole number within bounds.
    func integer(_ key: String, default fallback: Int, in bounds: ClosedRange<Int>) -> Int {
        guard let value = self[key] else { return fallback }
        if let number = value.scalar.flatMap({ Int($0) }), bounds.contains(number) { return number }
        value.fail("theme.type", "\(key) 应当是 \(bounds.lowerBound) 到 \(bounds.upperBound) 的整数。")
        return fallback
    }

    /// One of a closed list of words; the fallback, or a finding without one, where it is absent.
    func choice<Choice: RawRepresentable & CaseIterable>(_ key: String, default fallback: Choice?) -> Choice?
    where Choice.RawValue == String {
        guard let value = fallback == nil ? required(key) : self[key] else { return fallback }
        return value.choice(Choice.self) ?? fallback
    }

    /// A list that may be absent.
    func list<Value>(_ key: String, _ body: (YAMLValue) -> Value?) -> [Value] { self[key]?.elements(body) ?? [] }

    /// A list of texts that may be absent.
    func texts(_ key: String) -> [String] { list(key) { $0.text } }

    /// Reports every key that nobody asked for.
    func reportUnknownKeys() {
        for (key, _) in mapping where !asked.contains(key.string ?? "") {
            let name = key.string ?? ""
            session.fail(
                "theme.unknown_key", "这里没有名为 \(name) 的字段\(session.hint(name, asked))。",
                at: SourceMap.Place(key.mark))
        }
    }
}
