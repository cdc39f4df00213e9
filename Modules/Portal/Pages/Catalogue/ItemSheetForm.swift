import PluginKit

/// The editor's form of an item: its sheet in sections, and the cells that hold lists as entries with their parts.
struct ItemSheetForm {
    let sheet: ItemSheet
    let feedback: FormFeedback
    /// The field of which more blank entries are wanted.
    let growing: String?

    private static let blanks = 1
    private static let moreBlanks = 4

    /// The sheet as it was sent.
    static func sheet(_ request: PageRequest) -> ItemSheet {
        var sheet = ItemSheet(cells: request.fields(prefix: "cell."))
        let sent = request.fields(prefix: "entry.")
        for column in ItemSheet.columns where !column.parts.isEmpty {
            // `entry.materials.3.0`: the first part of the fourth entry.
            var entries: [Int: [String]] = [:]
            for (name, value) in sent {
                let path = name.split(separator: ".")
                guard path.count == 3, path[0] == column.field, let entry = Int(path[1]), let part = Int(path[2]),
                    column.parts.indices.contains(part)
                else { continue }
                entries[entry, default: column.parts.map { _ in "" }][part] = value
            }
            if !entries.isEmpty { sheet.take(entries.sorted { $0.key < $1.key }.map(\.value), as: column.field) }
        }
        return sheet
    }

    var sections: [ViewModel] {
        ItemSheet.sections.enumerated().map { place, section in
            .record([
                "title": section.title, "anchor": "section-\(place)",
                "fields": section.columns.map { column -> ViewModel in
                    column.parts.isEmpty ? .record(["single": single(column)]) : .record(["list": list(column)])
                },
            ])
        }
    }

    private func single(_ column: ItemSheet.Column) -> InputField {
        InputField(
            id: "cell-\(column.field)", name: "cell.\(column.field)", label: column.title,
            kind: column.words.isEmpty
                ? column.isLong ? .paragraph : .text()
                : .select(column.words.map { InputField.Choice($0) }, empty: column.isRequired ? nil : "（不填）"),
            values: [sheet.cells[column.field] ?? ""], isOptional: !column.isRequired, hint: column.hint,
            error: feedback.error(column.field))
    }

    private func list(_ column: ItemSheet.Column) -> ViewModel {
        let filled = sheet.entries(of: column)
        let blank = column.parts.map { _ in "" }
        let more = growing == column.field ? Self.moreBlanks : Self.blanks
        let entries = filled + Array(repeating: blank, count: more)
        return .record([
            "field": column.field, "title": column.title, "listID": "cell-\(column.field)",
            "hint": column.listHint ?? "", "error": feedback.error(column.field) ?? "",
            "entries": entries.enumerated().map { entry, values -> ViewModel in
                .record([
                    "label": "\(column.title) \(entry + 1)",
                    "parts": column.parts.enumerated().map { part, kind in
                        InputField(
                            id: "entry-\(column.field)-\(entry)-\(part)",
                            name: "entry.\(column.field).\(entry).\(part)",
                            label: kind.title,
                            kind: kind.words.isEmpty
                                ? .text() : .select(kind.words.map { InputField.Choice($0) }, empty: "（不填）"),
                            values: [values[part]], isOptional: true)
                    },
                ])
            },
        ])
    }
}
