import Extension
import Foundation

/// Checks exchange files on their own, whoever wrote them.
public struct ExchangeFileCheck: Sendable {
    /// What was found.
    public struct Report: Sendable {
        /// The rows by table.
        public internal(set) var rows: [String: Int] = [:]
        /// All faults, up to ``maximum``.
        public internal(set) var findings: [ExchangeFinding] = []
        public internal(set) var count = 0

        /// The most faults that are listed; the rest are counted.
        public static let maximum = 1_000

        mutating func add(_ findings: [ExchangeFinding]) {
            count += findings.count
            self.findings += findings.prefix(max(0, Self.maximum - self.findings.count))
        }
    }

    private let schemas: ExchangeSchemas

    public init(_ schemas: ExchangeSchemas) { self.schemas = schemas }

    /// Checks one file, or all files of a folder with one another.
    ///
    /// - Parameter path: a file such as `up_pro_accept.csv`, or a folder of them.
    /// - Throws: ``ExchangeError`` when nothing can be read.
    public func check(_ path: String) throws -> Report {
        let files = try files(at: path)
        // A delivery holds what changed: what a row belongs to may have been sent long ago.
        var related = RelatedRows(schemas, mayBeElsewhere: true)
        for file in files {
            try ExchangeFileReader(path: file.path).forEachRow { related.note($0.values, of: file.table) }
        }
        var report = Report()
        for (table, path) in files.map({ ($0.table, $0.path) }) {
            report.rows[table.name] = 0
            var seen: Set<String> = []
            var unknown: Set<String> = []
            try ExchangeFileReader(path: path).forEachRow { line in
                report.rows[table.name, default: 0] += 1
                var check = RowCheck(table, row: "第 \(line.number) 行", subject: line.values["row_guid"] ?? "")
                if let malformed = line.malformed { check.find("", "row", malformed) }
                check.check(line.values, isDeletion: line.values["cd_operation"] == "D")
                if let guid = line.values["row_guid"], !seen.insert(guid).inserted {
                    check.find("row_guid", "repeated", "同一个文件里有两行的行唯一标识相同，请只留一行。")
                }
                related.check(line.values, &check)
                // A column that nobody knows stands in every line; once is enough.
                report.add(
                    check.findings.filter {
                        $0.code != "exchange.unknown_column" || unknown.insert($0.field).inserted
                    })
            }
        }
        return report
    }

    private struct File {
        let table: ExchangeTable
        let path: String
    }

    private func files(at path: String) throws -> [File] {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw ExchangeError.file("没有 \(path) 这个文件或目录，请核对路径。")
        }
        let names =
            isFolder.boolValue
            ? try FileManager.default.contentsOfDirectory(atPath: path).sorted().map { "\(path)/\($0)" } : [path]
        let found = names.compactMap { name -> File? in
            let file = name.split(separator: "/").last.map(String.init) ?? name
            let stem = file.split(separator: ".").first.map(String.init) ?? file
            guard ["csv", "json"].contains(file.split(separator: ".").last?.lowercased()) else { return nil }
            return schemas[stem].map { File(table: $0, path: name) }
        }
        guard !found.isEmpty else {
            throw ExchangeError.file(
                "\(path) 里没有交换表文件。文件要以表名命名，例如 up_pro_accept.csv；可以是：\(schemas.tables.map(\.name).joined(separator: "、"))。"
            )
        }
        let order = schemas.tables.map(\.name)
        return found.sorted { (order.firstIndex(of: $0.table.name) ?? 0) < (order.firstIndex(of: $1.table.name) ?? 0) }
    }
}
