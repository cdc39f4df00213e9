/// The cells that hold lists, such as materials: a line for each entry, its parts beside each other.
extension ItemSheet {
    /// One part of an entry.
    public struct Part: Sendable, Hashable {
        public let title: String
        /// The words that may stand in it; empty for free text.
        public let words: [String]

        init(_ title: String, words: [String] = []) {
            self.title = title
            self.words = words
        }
    }

    /// The entries that a field's cell holds, each with all its parts.
    public func entries(of column: Column) -> [[String]] {
        CellList.lines(cells[column.field] ?? "").map { line in column.parts.indices.map { line.part($0) } }
    }

    /// Takes entries as a field's cell; entries without any content are left out.
    public mutating func take(_ entries: [[String]], as field: String) {
        cells[field] = CellList.cell(entries.filter { !$0.allSatisfy(\.isEmpty) })
    }

    static let parts: [String: [Part]] = [
        "materials": [
            Part("名称"), Part("形式"), Part("份数"), Part("必要性", words: ["必要", "非必要"]), Part("来源"), Part("依据"),
        ],
        "steps": [Part("环节"), Part("类型", words: ItemStep.Kind.allCases.map(\.rawValue)), Part("时限")],
        "fees": [Part("项目"), Part("标准"), Part("依据"), Part("减免")],
        "answers": [Part("问题"), Part("回答")],
    ]

    /// Where a field stands in the editor.
    static let groups: [(title: String, fields: Set<String>)] = [
        (
            "这是什么事项",
            [
                "code", "local_code", "title", "kind", "department", "organ", "delegated_by", "legal_basis", "handling",
                "audiences",
            ]
        ),
        ("条件和材料", ["conditions", "materials"]),
        ("流程和时限", ["steps", "statutory_limit", "promised_limit", "special_procedures", "visits"]),
        ("收费", ["is_free", "fees"]),
        ("监管", ["supervisor", "supervision_points", "supervision_rules"]),
        ("怎么办、结果是什么", ["result", "ways", "online_depth", "reform_mode", "scope"]),
        ("到哪里办、问谁", ["contact", "complaints", "place", "hours", "answers"]),
    ]

    /// The columns as the editor shows them; what no group names stands last.
    public static let sections: [(title: String, columns: [Column])] = {
        let named = groups.map { group in (group.title, columns.filter { group.fields.contains($0.field) }) }
        let rest = columns.filter { column in !groups.contains { $0.fields.contains(column.field) } }
        return named + (rest.isEmpty ? [] : [("其他", rest)])
    }()
}
