import Cryptography
import Documents
import Extension
import Foundation
import Standards

/// Reads a list of items from CSV, XLSX or JSON into a spool of checked changes, reporting everything that is wrong at
/// once.
struct ItemListReader: Sendable {
    /// Which organ stands behind a credit code.
    let organs: [String: Organ]
    /// Called after every thousand rows.
    let progress: @Sendable (Int) -> Void

    /// An organ of the deployment.
    struct Organ: Sendable {
        let division: String
        let department: String
        let name: String
    }

    /// Reads a file.
    ///
    /// - Throws: ``DocumentsError`` or ``CatalogueError`` when the file as a whole can't be read.
    func read(_ path: String, sheet: String? = nil) throws -> ItemSpool {
        var collector = Collector(organs: organs, spool: try ItemSpool(), progress: progress)
        if path.lowercased().hasSuffix(".json") {
            try readJSON(path, into: &collector)
        } else {
            try readTable(path, sheet: sheet, into: &collector)
        }
        guard collector.spool.count > 0 || !collector.spool.faults.isEmpty else { throw CatalogueError.emptyTable }
        collector.spool.source = try Self.digest(of: path, sheet: sheet)
        return try collector.finished()
    }

    private func readTable(_ path: String, sheet: String?, into collector: inout Collector) throws {
        let file = try TableFile(path: path)
        var heading: ItemHeading?
        try file.forEachRow(sheet: sheet) { row in
            if let heading {
                try collector.add(ItemRow(row, heading: heading))
            } else if row.isTitle {
                // A title above the heading, as lists for print have it.
            } else {
                let found = try ItemHeading(row)
                collector.spool.unknownHeadings = found.unknown
                heading = found
            }
        }
        if heading == nil { throw CatalogueError.emptyTable }
    }

    private func readJSON(_ path: String, into collector: inout Collector) throws {
        var number = 0
        try JSONElements.forEach(in: path) { bytes in
            number += 1
            var findings: [Finding] = []
            var item: CatalogueItem?
            do {
                item = CatalogueItem.schema.decode(try JSONParser.parse(bytes), findings: &findings)
                findings += item?.contradictions ?? []
            } catch let error as JSONError {
                findings = [Finding("", "json", "不是有效的 JSON：\(error)")]
            }
            let faults = findings.map { ImportFault(row: number, column: "", title: $0.field, message: $0.message) }
            try collector.add(ItemRow(number: number, item: faults.isEmpty ? item : nil, faults: faults))
        }
    }

    /// The digest of a file's bytes, by which a second reading is known to be the same list.
    private static func digest(of path: String, sheet: String?) throws -> String {
        guard let handle = FileHandle(forReadingAtPath: path) else {
            throw DocumentsError(.unreadable, "打不开文件 \(path)。请检查路径是否正确、是否有读取权限。")
        }
        defer { try? handle.close() }
        var hasher = SM3.Hasher()
        while let piece = try handle.read(upToCount: 1 << 20), !piece.isEmpty { hasher.update(Array(piece)) }
        if let sheet { hasher.update(Array(sheet.utf8)) }
        return Hex.encode(hasher.finalize())
    }

    /// Puts rows into the spool after the checks that look at more than one row.
    private struct Collector {
        let organs: [String: Organ]
        var spool: ItemSpool
        let progress: (Int) -> Void
        /// In which row a code stands.
        private var rows: [String: Int] = [:]

        init(organs: [String: Organ], spool: ItemSpool, progress: @escaping (Int) -> Void) {
            self.organs = organs
            self.spool = spool
            self.progress = progress
        }

        mutating func add(_ row: ItemRow) throws {
            spool.rows += 1
            if spool.rows.isMultiple(of: 1000) { progress(spool.rows) }
            spool.faults += row.faults
            guard var item = row.item else { return }
            if let first = rows.updateValue(row.number, forKey: item.code) {
                fault(row, "实施编码 \(item.code) 与第 \(first) 行重复，请删去一行。")
                return
            }
            guard let organ = organs[item.organCode] else {
                fault(row, "实施编码的前 18 位 \(item.organCode) 不是本系统里任何单位的统一社会信用代码。请先登记这个单位，或核对编码。")
                return
            }
            if item.department.isEmpty { item.department = organ.department }
            if item.organ.isEmpty { item.organ = organ.name }
            try spool.append(item, division: organ.division)
        }

        private mutating func fault(_ row: ItemRow, _ message: String) {
            spool.faults.append(ImportFault(row: row.number, column: "", title: "实施编码", message: message))
        }

        func finished() throws -> ItemSpool {
            try spool.flush()
            return spool
        }
    }
}
