import Extension
import Foundation

/// All exchange tables, from the files of the program and those that a deployment puts in their place.
public struct ExchangeSchemas: Sendable {
    /// The tables in the order in which the receiver takes them: what others refer to comes first.
    public let tables: [ExchangeTable]
    private let byName: [String: ExchangeTable]

    public subscript(_ name: String) -> ExchangeTable? { byName[name] }

    /// The tables in their order of loading.
    private static let order = [
        "up_zone_organization", "up_task_general_basic", "up_task_general_material", "up_pro_accept",
        "up_pro_process", "up_pro_special_procedure", "up_pro_result", "up_pro_material",
    ]

    /// Loads the tables.
    ///
    /// - Parameter folder: where the deployment keeps files of its own, such as `up_pro_accept.json`; nil for none.
    /// - Throws: ``ExchangeError`` with everything that is wrong in all of them.
    public static func load(_ folder: String? = nil) throws -> ExchangeSchemas {
        var findings: [Finding] = []
        let own = "\(Bundle.module.bundlePath)/Tables"
        func read(_ name: String) -> JSONValue? {
            let local = folder.map { "\($0)/\(name).json" }
            let isLocal = local.map { FileManager.default.fileExists(atPath: $0) } ?? false
            let path = isLocal ? local ?? "" : "\(own)/\(name).json"
            let place = isLocal ? "exchange/\(name).json" : "\(name).json"
            guard let data = FileManager.default.contents(atPath: path) else {
                findings.append(Finding(place, "exchange.schema", "读不到这个表结构文件。"))
                return nil
            }
            do { return try JSONParser.parse(Array(data)) } catch {
                findings.append(Finding(place, "exchange.schema", "不是有效的 JSON：\(error)"))
                return nil
            }
        }
        let names = folder.flatMap { try? FileManager.default.contentsOfDirectory(atPath: $0) } ?? []
        for name in names.sorted() where name.hasSuffix(".json") {
            let stem = String(name.dropLast(5))
            if stem == "batch" || order.contains(stem) { continue }
            let hint = nearest(to: stem, among: order).map { "，是否想写 \($0).json" } ?? ""
            findings.append(Finding("exchange/\(name)", "exchange.schema", "没有这张交换表\(hint)。"))
        }
        let batch = (read("batch")?["fields"]?.array ?? []).compactMap {
            ExchangeField($0, place: "batch.json", findings: &findings)
        }
        let tables = order.compactMap { name in
            read(name).flatMap { ExchangeTable($0, batch: batch, place: "\(name).json", findings: &findings) }
        }
        if !findings.isEmpty { throw ExchangeError.faultySchema(findings) }
        return ExchangeSchemas(tables: tables)
    }

    init(tables: [ExchangeTable]) {
        self.tables = tables
        byName = Dictionary(tables.map { ($0.name, $0) }, uniquingKeysWith: { $1 })
    }
}
