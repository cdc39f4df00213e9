/// The things of a theme that others name: what may be picked in the editor.
public struct ThemeNames: Sendable, Hashable {
    public let questions: [Question]
    public let items: [EditorField.Word]
    public let fields: [EditorField.Word]
    public let parties: [EditorField.Word]
    /// Parameters by their names.
    public let parameters: [String]
    /// The results of items as `P01/receipt`.
    public let results: [EditorField.Word]
    /// The bundle's other files.
    public let samples: [String]

    /// A question with its options, as conditions name them.
    public struct Question: Sendable, Hashable {
        public let id: String
        public let title: String
        public let options: [String]
    }

    public init(_ tree: YAMLTree, files: [String] = []) {
        func words(_ elements: [YAMLTree]) -> [EditorField.Word] {
            elements.compactMap { element in
                element["id"]?.text.map { EditorField.Word($0, element["title"]?.text ?? $0) }
            }
        }
        let itemTrees = tree["items"]?.elements ?? []
        questions = (tree["questions"]?.elements ?? []).compactMap { question in
            question["id"]?.text.map { id in
                Question(
                    id: id, title: question["title"]?.text ?? id,
                    options: (question["options"]?.elements ?? []).compactMap { $0.text ?? $0["title"]?.text })
            }
        }
        items = words(itemTrees).map { EditorField.Word($0.value, "\($0.value) \($0.label)") }
        var seen: Set<String> = []
        fields = words((tree["form"]?.elements ?? []).flatMap { $0["fields"]?.elements ?? [] })
            .filter { seen.insert($0.value).inserted }
        parties = words(tree["parties"]?.elements ?? [])
        parameters = (tree["parameters"]?.elements ?? []).compactMap { $0["id"]?.text }
        results = itemTrees.flatMap { item in
            words(item["results"]?.elements ?? []).map {
                EditorField.Word("\(item["id"]?.text ?? "")/\($0.value)", $0.label)
            }
        }
        samples = files.sorted()
    }

    /// What may be picked for a kind of name.
    public func choices(_ reference: EditorField.Reference) -> [EditorField.Word] {
        switch reference {
        case .items: items
        case .fields: fields
        case .parties: parties
        case .holders: [EditorField.Word("applicant", "申请人")] + parties
        case .samples: samples.map { EditorField.Word($0) }
        }
    }
}
