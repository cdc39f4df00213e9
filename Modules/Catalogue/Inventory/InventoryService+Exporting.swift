import Documents
import Extension
import Foundation
public import Standards

extension InventoryService {
    /// Writes the items that hold on a day to a file, with flat memory.
    ///
    /// - Parameter path: `.xlsx`, `.json`, or else CSV.
    /// - Returns: how many were written.
    public func export(
        _ filter: ItemFilter = ItemFilter(), on day: LegalDay, to path: String,
        progress: @Sendable (Int) -> Void = { _ in }
    ) async throws -> Int {
        do {
            return try await write(filter, on: day, to: path, progress: progress)
        } catch let error as DocumentsError {
            throw CatalogueError.file(error)
        }
    }

    private func write(
        _ filter: ItemFilter, on day: LegalDay, to path: String, progress: @Sendable (Int) -> Void
    ) async throws -> Int {
        var count = 0
        if path.lowercased().hasSuffix(".json") {
            // Under its name only when it is complete, so that nobody takes half a list for a whole one.
            let partial = path + ".partial"
            defer { unlink(partial) }
            var writer = try JSONArrayWriter(path: partial)
            try await forEachItem(filter, on: day) { item in
                try writer.append(item.item.json)
                count += 1
                if count.isMultiple(of: 1000) { progress(count) }
            }
            try writer.finish()
            guard rename(partial, path) == 0 else { throw DocumentsError(.unwritable, "文件 \(path) 写不进去。请检查目录权限。") }
        } else {
            var writer = try TableWriter(path: path, sheet: "事项")
            try writer.heading(ItemColumn.all.map(\.title))
            try await forEachItem(filter, on: day) { item in
                try writer.row(ItemColumn.all.map { $0.write(item.item) })
                count += 1
                if count.isMultiple(of: 1000) { progress(count) }
            }
            try writer.finish()
        }
        return count
    }

    /// An empty list with its heading and one example, to be filled in.
    public static func writeTemplate(to path: String) throws {
        try CatalogueError.ofFile {
            var writer = try TableWriter(path: path, sheet: "事项")
            try writer.heading(ItemColumn.all.map { ($0.isRequired ? "*" : "") + $0.title })
            try writer.row(ItemColumn.all.map { $0.write(.example) })
            try writer.finish()
        }
    }

    private func forEachItem(
        _ filter: ItemFilter, on day: LegalDay, _ body: (PublishedItem) throws -> Void
    ) async throws {
        var cursor: String?
        repeat {
            let page = try await items(filter, on: day, after: cursor, limit: 500)
            for item in page.items { try body(item) }
            cursor = page.next
        } while cursor != nil
    }
}

/// Writes a JSON array element by element.
private struct JSONArrayWriter {
    private let handle: FileHandle
    private var isFirst = true

    init(path: String) throws {
        guard FileManager.default.createFile(atPath: path, contents: Data("[".utf8)),
            let handle = FileHandle(forWritingAtPath: path)
        else { throw DocumentsError(.unwritable, "文件 \(path) 写不进去。请检查目录是否存在、是否有写入权限。") }
        self.handle = handle
        try handle.seekToEnd()
    }

    mutating func append(_ element: [UInt8]) throws {
        try handle.write(contentsOf: Data((isFirst ? "\n" : ",\n").utf8) + element)
        isFirst = false
    }

    func finish() throws {
        try handle.write(contentsOf: Data("\n]\n".utf8))
        try handle.close()
    }
}

extension CatalogueItem {
    /// The example of the empty list.
    fileprivate static var example: CatalogueItem {
        var item = CatalogueItem()
        item.code = "11430626MYY000196F4000723001000"
        item.localCode = "P03"
        item.title = "《出生医学证明》签发"
        item.kind = .confirmation
        item.department = "卫健"
        item.organ = "平江县卫生健康局"
        item.legalBasis = "《中华人民共和国母婴保健法》第二十三条"
        item.audiences = [.person]
        item.conditions = "在本机构内出生的新生儿，由其母亲或监护人申请。"
        var material = ItemMaterial()
        material.title = "新生儿父母身份证明"
        material.form = "原件"
        material.source = "申请人自备"
        item.materials = [material]
        item.steps = [("受理", ItemStep.Kind.acceptance), ("签发", .decision)].map { title, kind in
            var step = ItemStep()
            (step.title, step.kind) = (title, kind)
            return step
        }
        item.isFree = true
        item.visits = 1
        item.result = "出生医学证明"
        item.ways = [.online, .crossRegion]
        item.onlineDepth = .endToEnd
        item.contact = "0730-12345"
        item.complaints = "12345"
        item.place = "平江县政务服务中心“一件事”窗口"
        item.hours = "周一至周五 9:00—12:00，13:30—17:00"
        return item
    }
}
