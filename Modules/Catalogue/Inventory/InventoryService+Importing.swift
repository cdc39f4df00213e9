public import Extension
import Organisation
public import Standards
public import Storage

/// What an import would change, or has put into its batch.
public struct ItemImport: Sendable {
    /// How many rows were read.
    public var rows = 0
    public var added = 0
    public var changed = 0
    public var unchanged = 0
    /// Items in force of the same organs that the list no longer names.
    public var missing: [String] = []
    /// Everything that is wrong; with a single fault nothing is imported.
    public var faults: [ImportFault] = []
    /// Headings that nobody knows.
    public var unknownHeadings: [String] = []
    /// Items of which something is still missing before review.
    public var incomplete = 0
    /// The batch into which the changes went; nil for a dry run or when nothing changed.
    public var batch: ItemBatch?

    /// The changes of one item, at most ``maximumDifferences`` are kept.
    public var differences: [ItemDifference] = []
    public static let maximumDifferences = 200
}

extension InventoryService {
    /// Reads a list of items and puts what is new or changed into a batch (R02.8, R02.9).
    ///
    /// The list is read and checked as a whole first. The same file again does nothing, or goes on with what was
    /// interrupted.
    ///
    /// - Parameters:
    ///   - path: CSV, XLSX or JSON.
    ///   - sheet: which sheet of a workbook.
    ///   - cancelsMissing: whether items of the same organs that the list no longer names are to be cancelled.
    ///   - isDryRun: only tell what would change.
    ///   - progress: gets what is being done, and how many rows are done.
    public func importList(
        _ path: String, sheet: String? = nil, title: String, basis: String? = nil, cancelsMissing: Bool = false,
        isDryRun: Bool = false, by act: Act, progress: @escaping @Sendable (String, Int) -> Void = { _, _ in }
    ) async throws -> ItemImport {
        try require(.editItems, act)
        let organs = try await organs(on: act.now.day)
        let spool = try await onOwnThread {
            try CatalogueError.ofFile {
                try ItemListReader(organs: organs, progress: { progress("已检查", $0) }).read(path, sheet: sheet)
            }
        }
        var report = ItemImport()
        report.rows = spool.rows
        report.faults = spool.faults
        report.unknownHeadings = spool.unknownHeadings
        if !report.faults.isEmpty { return report }
        var seen: Set<String> = []
        var touched: Set<String> = []
        try await spool.forEachPart(of: 500) { part in
            let current = try await currents(of: part.map(\.item.code), on: act.now.day)
            for (item, _) in part {
                seen.insert(item.code)
                touched.insert(item.organCode)
                report.note(item, after: current[item.code])
            }
        }
        report.missing = try await missing(from: seen, of: touched, on: act.now.day)
        let isChanging = report.added + report.changed > 0 || (cancelsMissing && !report.missing.isEmpty)
        if isDryRun || !isChanging { return report }
        let batch = try await openBatch(title: title, source: spool.source, basis: basis, by: act)
        var done = 0
        try await spool.forEachPart(of: 200) { part in
            let current = try await currents(of: part.map(\.item.code), on: act.now.day)
            let changes = part.compactMap { Self.change($0.item, $0.division, after: current[$0.item.code]) }
            _ = try await put(changes, into: batch.id, by: act)
            done += part.count
            progress("已写入", done)
            try Task.checkCancellation()
        }
        if cancelsMissing { try await cancel(report.missing, in: batch.id, by: act) }
        report.batch = batch
        return report
    }

    /// The change that brings an item from where it is to what a list says; nil when they are the same.
    static func change(_ item: CatalogueItem, _ division: String, after current: PublishedItem?) -> ItemChange? {
        guard let current else { return ItemChange(item, .add, division: division, base: 0) }
        if current.standing == .inForce, current.hash == item.hash { return nil }
        // A list that names a suspended or cancelled item brings it back.
        let kind = current.standing == .inForce ? ItemChangeKind.change : .resume
        return ItemChange(item, kind, division: division, base: current.version)
    }

    /// Puts the cancellation of items into a batch.
    public func cancel(_ codes: [String], in batch: Identifier, by act: Act) async throws {
        try await end(codes, .cancel, in: batch, by: act)
    }

    /// Puts the suspension of items into a batch.
    public func suspend(_ codes: [String], in batch: Identifier, by act: Act) async throws {
        try await end(codes, .suspend, in: batch, by: act)
    }

    private func end(_ codes: [String], _ kind: ItemChangeKind, in batch: Identifier, by act: Act) async throws {
        for start in stride(from: 0, to: codes.count, by: 200) {
            let part = Array(codes[start..<min(start + 200, codes.count)])
            let current = try await currents(of: part, on: act.now.day)
            if let unknown = part.first(where: { current[$0] == nil }) { throw CatalogueError.itemNotFound(unknown) }
            let changes = part.compactMap { current[$0] }.map {
                ItemChange($0.item, kind, division: $0.division, base: $0.version)
            }
            _ = try await put(changes, into: batch, by: act)
        }
    }

    /// The items of some codes as they hold on a day.
    public func currents(of codes: [String], on day: LegalDay) async throws -> [String: PublishedItem] {
        if codes.isEmpty { return [:] }
        let marks = Array(repeating: "?", count: codes.count).joined(separator: ", ")
        return try await database.read { snapshot in
            try snapshot.rows(
                """
                SELECT \(PublishedItem.columns) FROM inventory_item_version
                WHERE code IN (\(marks)) AND effective_from <= ? AND effective_until > ?
                """, arguments: codes.map { .text($0) } + [day.sql, day.sql]
            ).map(PublishedItem.init).reduce(into: [:]) { $0[$1.item.code] = $1 }
        }
    }

    /// The codes in force of some organs that are not among those seen.
    private func missing(from seen: Set<String>, of organs: Set<String>, on day: LegalDay) async throws -> [String] {
        var missing: [String] = []
        for organ in organs.sorted() {
            let codes = try await database.read { snapshot in
                try snapshot.rows(
                    """
                    SELECT code FROM inventory_item_version WHERE code >= ? AND code < ? AND standing = ?
                        AND effective_from <= ? AND effective_until > ? ORDER BY code
                    """, organ, organ + "~", ItemStanding.inForce.rawValue, day, day
                ).map { try $0.get("code", as: String.self) }
            }
            missing += codes.filter { !seen.contains($0) }
        }
        return missing
    }

    func organs(on day: LegalDay) async throws -> [String: ItemListReader.Organ] {
        try await organisation.snapshot().agencies.values.reduce(into: [:]) { organs, agency in
            guard let code = agency.creditCode, agency.validity.contains(day) else { return }
            organs[code] = ItemListReader.Organ(
                division: agency.division, department: agency.department, name: agency.name(on: day))
        }
    }
}

extension InventoryService {
    /// Puts one item as it was edited into a batch; unchanged, it is taken out of it.
    ///
    /// - Throws: ``CatalogueError`` when the organ is none of this deployment.
    public func put(_ item: CatalogueItem, into batch: Identifier, by act: Act) async throws {
        guard let organ = try await organs(on: act.now.day)[item.organCode] else {
            throw Problem.invalid([
                Finding("code", "item.organ", "前 18 位 \(item.organCode) 不是本系统里任何单位的统一社会信用代码。请先登记这个单位，或核对编码。")
            ])
        }
        var item = item
        if item.department.isEmpty { item.department = organ.department }
        if item.organ.isEmpty { item.organ = organ.name }
        let current = try await currents(of: [item.code], on: act.now.day)[item.code]
        guard let change = Self.change(item, organ.division, after: current) else {
            return try await removeChange(item.code, from: batch, by: act)
        }
        _ = try await put([change], into: batch, by: act)
    }
}

extension ItemImport {
    fileprivate mutating func note(_ item: CatalogueItem, after current: PublishedItem?) {
        guard let change = InventoryService.change(item, "", after: current) else {
            unchanged += 1
            return
        }
        if !change.gaps.isEmpty { incomplete += 1 }
        if current == nil { added += 1 } else { changed += 1 }
        if differences.count < Self.maximumDifferences {
            differences.append(ItemDifference(from: current?.item, to: item))
        }
    }
}
