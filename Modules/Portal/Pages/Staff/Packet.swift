import PluginKit

/// Everything that a department needs to enter an item into a system of its own: to copy, to print, to export.
struct Packet {
    let sight: CaseSight
    let planned: PlannedItem
    let at: Instant
    /// The licences that serve in place of papers, by material.
    var documents: [String: ServingDocument] = [:]

    private var rows: [(section: String, name: String, value: String)] {
        let fields = sight.plan.form.flatMap { section in
            section.fields.filter { $0.items.isEmpty || $0.items.contains(planned.id) }
                .map { (section.title, $0.title, sight.file.form[$0.id] ?? "") }
        }
        var known = Set(sight.plan.form.flatMap(\.fields).map(\.id))
        let supplied = sight.plan.items.flatMap { item in
            item.item.results.flatMap { result in
                result.supplies.compactMap { supply -> (String, String, String)? in
                    guard let value = sight.file.form[supply.to], !value.isEmpty, known.insert(supply.to).inserted
                    else { return nil }
                    return (result.title, result.fields.first { $0.id == supply.field }?.title ?? supply.field, value)
                }
            }
        }
        return fields + supplied + evidence
    }

    /// What the licences say that serve in place of papers.
    private var evidence: [(section: String, name: String, value: String)] {
        materials.flatMap { material in
            documents[material.id].map { document in
                EvidenceSummary(document: document, base: "").lines.map {
                    ("电子证照《\(document.title)》", $0.title, $0.value)
                }
            } ?? []
        }
    }

    private var materials: [PlannedMaterial] { sight.plan.materials.filter { $0.items.contains(planned.id) } }

    var page: ViewModel {
        .record([
            "pageTitle": "办件资料：\(planned.item.title)",
            "back": ViewModel.back("返回事项", "/staff/tasks/\(sight.file.id)/\(URLText.encode(planned.id))"),
            "item": planned.item.title, "themeTitle": sight.theme.title, "caseNumber": sight.file.number ?? "",
            "printedAt": at.chinaTime,
            "rows": rows.map { row -> ViewModel in
                .record(["section": row.section, "name": row.name, "content": row.value.isEmpty ? "（未填）" : row.value])
            },
            "copyText": rows.map { "\($0.name)\t\($0.value)" }.joined(separator: "\n"),
            "hasMaterials": !materials.isEmpty,
            "materials": materials.map {
                MaterialSummary(material: $0, sight: sight, document: documents[$0.id]).model
            },
            "fileURL": "/staff/tasks/\(sight.file.id)/\(URLText.encode(planned.id))/packet/file",
        ])
    }

    /// The fields as CSV (RFC 4180), with the mark by which spreadsheets know UTF-8.
    var file: FileReply {
        let head = [("办件", "办件编号", sight.file.number ?? ""), ("办件", "事项", planned.item.title)]
        let lines = (head + rows.map { ($0.section, $0.name, $0.value) })
            .map { [$0.0, $0.1, $0.2].map(Self.quoted).joined(separator: ",") }
        let text = "\u{FEFF}栏目,名称,内容\r\n" + lines.joined(separator: "\r\n") + "\r\n"
        return FileReply(
            bytes: Array(text.utf8), contentType: "text/csv; charset=utf-8",
            name: "\(sight.file.number ?? sight.file.id.text)-\(planned.item.title).csv")
    }

    /// A cell in quotes; one that a spreadsheet would compute gets an apostrophe, so that it stays a text.
    private static func quoted(_ text: String) -> String {
        let isFormula = text.first.map { "=+-@\t\r".contains($0) } ?? false
        return "\"\(isFormula ? "'" : "")\(text.replacing("\"", with: "\"\""))\""
    }
}
