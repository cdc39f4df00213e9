import Catalogue
import Documents
import Extension
import Standards
import Storage

extension CaseworkService {
    /// Everything that figures are shown with.
    public func figureNames() async throws -> FigureReport.Names {
        try await database.read { [self] snapshot in
            var names = FigureReport.Names()
            for (id, theme) in try titles(in: snapshot) {
                names.themes[id] = theme.title
                names.items[id] = Dictionary(
                    theme.items.map { ($0.id, $0.item.title) }, uniquingKeysWith: { first, _ in first })
            }
            let ids = try snapshot.rows("SELECT DISTINCT agency FROM case_figure").map {
                try $0.get("agency", as: Identifier.self)
            }
            let divisions = try snapshot.rows("SELECT DISTINCT division FROM case_figure").map {
                try $0.get("division", as: String.self)
            }
            for division in divisions {
                names.divisions[division] = try presence?.title(ofDivision: division, in: snapshot)
            }
            names.agencies = try agencies.names(of: Set(ids), in: snapshot)
            return names
        }
    }

    /// Writes figures with every key as a table.
    ///
    /// - Parameter path: `.xlsx` or CSV.
    public func writeFigures(
        _ rows: [(key: FigureKey, figures: CaseFigures)], names: FigureReport.Names, to path: String
    ) throws {
        do {
            var writer = try TableWriter(path: path, sheet: "办件统计")
            try writer.heading(["月份", "区划", "单位", "一件事", "事项", "渠道"] + FigureReport.headings)
            for (key, figures) in rows {
                let words = [
                    String(key.month.text.prefix(7)), names.divisions[key.division] ?? key.division,
                    names.agencies[key.agency] ?? key.agency.text, names.themes[key.theme] ?? key.theme,
                    names.items[key.theme]?[key.item] ?? key.item, key.channel.chinese,
                ]
                try writer.row(words + FigureReport.cells(figures.ofWholeCases), numbersFrom: words.count)
            }
            try writer.finish()
        } catch let error as DocumentsError {
            throw Problem(422, error.code.rawValue, "文件写不进去", error.message)
        }
    }
}
