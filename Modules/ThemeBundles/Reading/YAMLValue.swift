import Yams

/// A place in a YAML tree that is being read strictly: every refusal goes into the session, and reading goes on.
struct YAMLValue {
    let node: Node
    let path: String
    let session: ReadingSession
    /// Where it stands.
    let place: SourceMap.Place?

    init(node: Node, path: String, session: ReadingSession) {
        self.node = node
        self.path = path
        self.session = session
        place = SourceMap.Place(node.mark)
        if let place { session.places.record(path, place) }
    }

    var isMapping: Bool { if case .mapping = node { true } else { false } }
    var isSequence: Bool { if case .sequence = node { true } else { false } }

    /// The members of a mapping in their order; none when this is no mapping.
    var members: [(key: YAMLValue, value: YAMLValue)] {
        guard case .mapping(let mapping) = node else { return [] }
        return mapping.map { key, node in
            let name = key.string ?? ""
            return (
                YAMLValue(node: key, path: path, session: session),
                YAMLValue(node: node, path: path.isEmpty ? name : "\(path).\(name)", session: session)
            )
        }
    }

    /// Reports that this is not what belongs here.
    func fail(_ code: String, _ message: String) { session.fail(code, message, at: place) }

    /// The scalar as it is written, whatever YAML makes of `off` or `1.0`.
    var scalar: String? {
        guard case .scalar(let scalar) = node else { return nil }
        return scalar.string
    }

    /// A text that is not empty; an empty one with a finding otherwise.
    var text: String {
        if let scalar, !scalar.isEmpty { return scalar }
        fail("theme.type", "这里应当是一段文字。")
        return ""
    }

    /// Reads a mapping; keys that `body` didn't ask for are findings.
    func object<Value>(_ body: (YAMLObject) -> Value) -> Value? {
        guard case .mapping(let mapping) = node else {
            fail("theme.type", "这里应当是“名称: 值”的形式。")
            return nil
        }
        let object = YAMLObject(mapping, self)
        let value = body(object)
        object.reportUnknownKeys()
        return value
    }

    /// Reads the elements of a list.
    func elements<Value>(_ body: (YAMLValue) -> Value?) -> [Value] {
        guard case .sequence(let sequence) = node else {
            fail("theme.type", "这里应当是列表，每行以“- ”开头。")
            return []
        }
        return sequence.enumerated().compactMap { index, element in
            body(YAMLValue(node: element, path: "\(path)[\(index)]", session: session))
        }
    }

    /// Reads one of a closed list of words.
    func choice<Choice: RawRepresentable & CaseIterable>(_ type: Choice.Type) -> Choice?
    where Choice.RawValue == String {
        let word = text
        if let choice = Choice(rawValue: word) { return choice }
        let words = Choice.allCases.map(\.rawValue)
        if !word.isEmpty {
            fail(
                "theme.unknown_word",
                "不认识“\(word)”\(session.hint(word, words))。这里可以写：\(words.joined(separator: "、"))。")
        }
        return nil
    }
}
