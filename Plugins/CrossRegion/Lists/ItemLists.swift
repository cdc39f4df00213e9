public import PluginKit

/// An item that is offered across regions (通办事项).
public struct ListedItem: Sendable, Hashable {
    public let id: Identifier
    public let scope: Scope
    /// The item's key, as catalogue and agreements know it.
    public let code: String
    public let title: String
    public let department: String
    /// Where it may be filed, in words: 全市各级政务服务大厅, 湖南省各市州.
    public let place: String
    public let startsOn: LegalDay
    /// The first day on which it is offered no more; nil while nobody has taken it off.
    public let endsOn: LegalDay?
    /// Why it was taken off; empty while it wasn't.
    public let endReason: String

    /// Whether it is offered on a day.
    public func isOffered(on day: LegalDay) -> Bool { startsOn <= day && endsOn.map { day < $0 } ?? true }
}

/// The lists of items for 市内, 省内 and 跨省 (R13.1–R13.3).
public struct ItemLists: Sendable {
    /// Keep the lists, the partners and the agreements.
    public static let manage = Permission("cross-region.manage", "维护跨域通办的事项清单、合作地区和协议")

    let database: any Database
    let events: EventLog
    let division: String
    let state: RowState

    init(_ host: PluginHost) {
        database = host.database
        events = host.events
        division = host.division
        state = RowState(
            kind: "cross-region.item", title: "跨域通办事项", table: "cross_region_item",
            columns: Self.columns.split(separator: ", ").map(String.init), begins: [ItemListed.name],
            cipher: host.cipher)
    }

    static let columns = "id, scope, code, title, department, place, starts_on, ends_on, end_reason"

    /// Puts an item on a list.
    ///
    /// - Throws: `Problem` 409 when it stands on that list already.
    public func add(_ input: ListedItemInput, by act: Act, in transaction: Transaction) throws -> ListedItem {
        guard act.actor.holds(Self.manage) else { throw Problem.forbidden }
        let known = try transaction.row(
            "SELECT id FROM cross_region_item WHERE scope = ? AND code = ? AND (ends_on IS NULL OR ends_on > ?)",
            input.scope, input.code, input.startsOn)
        if known != nil {
            throw Problem(
                409, "cross-region.listed_already", "已在清单上",
                "“\(input.title)”（\(input.code)）已在\(input.scope.rawValue)通办清单上。要改，请先把原来的撤下。")
        }
        let item = ListedItem(
            id: act.identifier("item/\(input.scope.rawValue)/\(input.code)"), scope: input.scope, code: input.code,
            title: input.title, department: input.department, place: input.place, startsOn: input.startsOn,
            endsOn: nil, endReason: "")
        let row = try transaction.row(
            """
            INSERT INTO cross_region_item (\(Self.columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) \(state.returning)
            """, item.id, item.scope, item.code, item.title, item.department, item.place, item.startsOn, item.endsOn,
            item.endReason)
        try tell(
            ItemListed(item: item.code, scope: item.scope.rawValue, startsOn: item.startsOn), item, row, isNew: true,
            by: act, in: transaction)
        return item
    }

    /// Takes an item off its list; cases under way go on.
    public func remove(
        _ id: Identifier, on day: LegalDay, reason: String, by act: Act, in transaction: Transaction
    ) throws -> ListedItem {
        guard act.actor.holds(Self.manage) else { throw Problem.forbidden }
        guard let found = try item(id, in: transaction) else { throw Problem.notFound("这个通办事项") }
        var findings = Validity.ending(on: day, endsOn: found.endsOn, today: act.now.day)
        if reason.trimmed.isEmpty || reason.count > 500 {
            findings.append(Finding("reason", "field.required", "请写明撤下的理由，不超过 500 个字。"))
        }
        if !findings.isEmpty { throw Problem.invalid(findings) }
        let row = try transaction.row(
            "UPDATE cross_region_item SET ends_on = ?, end_reason = ? WHERE id = ? \(state.returning)", day,
            reason.trimmed, id)
        try tell(
            ItemUnlisted(item: found.code, scope: found.scope.rawValue, endsOn: day), found, row, by: act,
            in: transaction)
        guard let row else { throw Problem.notFound("这个通办事项") }
        return try ListedItem(row)
    }

    /// The items of a list that are offered on a day, in the order of their codes.
    ///
    /// - Parameters:
    ///   - after: the code after which the page begins; empty for the first.
    ///   - limit: how many at most.
    public func items(
        _ scope: Scope, on day: LegalDay, after: String = "", limit: Int, in snapshot: Snapshot
    ) throws -> [ListedItem] {
        try snapshot.rows(
            """
            SELECT \(Self.columns) FROM cross_region_item
            WHERE scope = ? AND code > ? AND starts_on <= ? AND (ends_on IS NULL OR ends_on > ?)
            ORDER BY code LIMIT ?
            """, scope, after, day, day, limit
        ).map(ListedItem.init)
    }

    /// How many items each list offers on a day.
    public func counts(on day: LegalDay, in snapshot: Snapshot) throws -> [Scope: Int] {
        try snapshot.rows(
            """
            SELECT scope, count(DISTINCT code) AS items FROM cross_region_item
            WHERE starts_on <= ? AND (ends_on IS NULL OR ends_on > ?) GROUP BY scope
            """, day, day
        ).reduce(into: [:]) { $0[try $1.get("scope")] = try $1.get("items") }
    }

    private func item(_ id: Identifier, in snapshot: Snapshot) throws -> ListedItem? {
        try snapshot.row("SELECT \(Self.columns) FROM cross_region_item WHERE id = ?", id).map(ListedItem.init)
    }

    private func tell(
        _ event: any Event, _ item: ListedItem, _ row: Row?, isNew: Bool = false, by act: Act,
        in transaction: Transaction
    ) throws {
        try events.record(
            [event], to: StreamID(division: division, kind: state.kind, id: item.id.text), isNew: isNew,
            state: try row.map(state.digest(of:)), by: act, in: transaction)
    }
}

/// The days of things that begin and end.
enum Validity {
    /// What is wrong with an end.
    static func ending(on day: LegalDay, endsOn: LegalDay?, today: LegalDay) -> [Finding] {
        var findings: [Finding] = []
        if day < today { findings.append(Finding("day", "field.day", "不能追溯，请写今天或以后的日期。")) }
        if let endsOn, endsOn <= day { findings.append(Finding("day", "field.day", "\(endsOn.chinese)就已到期或结束。")) }
        return findings
    }
}

extension ListedItem {
    init(_ row: Row) throws {
        self.init(
            id: try row.get("id"), scope: try row.get("scope"), code: try row.get("code"), title: try row.get("title"),
            department: try row.get("department"), place: try row.get("place"), startsOn: try row.get("starts_on"),
            endsOn: try row.get("ends_on"), endReason: try row.get("end_reason"))
    }
}

/// An item was put on a list.
public struct ItemListed: Event, Hashable {
    public static let name = "cross-region.item_listed"
    public let item: String
    public let scope: String
    public let startsOn: LegalDay
}

/// An item was taken off a list; cases under way go on.
public struct ItemUnlisted: Event, Hashable {
    public static let name = "cross-region.item_unlisted"
    public let item: String
    public let scope: String
    public let endsOn: LegalDay
}
