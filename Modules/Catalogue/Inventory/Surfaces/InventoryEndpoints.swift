import Extension
import Standards
import Storage

extension InventoryService {
    /// The inventory over HTTP: reading for anyone, since every item is public (R02.4, R02.10).
    var endpoints: [any Contribution] {
        [
            Endpoint(.get, "items", summary: "现行事项，按编码分页，或按名称查找", access: .anyone) {
                (input: ItemQuery, call) in
                try await list(input, on: call.act.now.day)
            },
            Endpoint(
                .get, "items/{code}", summary: "一个事项的全部要素", access: .anyone,
                problems: ["catalogue.item_not_found"]
            ) { (input: ItemPath, call) in
                PublishedItemView(try await item(input.code, on: input.on ?? call.act.now.day))
            },
            Endpoint(
                download: "item-lists/{id}", summary: "一份已发布的行政许可事项清单（签名文件）", access: .anyone,
                contentTypes: ["application/json"], problems: ["catalogue.list_not_found"]
            ) { (input: ItemListPath, _) in
                let list = try await listFile(input.id)
                return FileReply(
                    bytes: Array(list.json.canonical.utf8), contentType: "application/json",
                    name: "行政许可事项清单.json")
            },
            Endpoint(.get, "item-lists", summary: "已发布的行政许可事项清单，新的在前", access: .anyone) { (_: Nothing, _) in
                ItemListIndex(lists: try await lists().map(ItemListEntry.init))
            },
        ]
    }

    private func list(_ input: ItemQuery, on day: LegalDay) async throws -> CursorPage<ItemSummary> {
        if let text = input.text, !text.isEmpty {
            let found = try await search(text, on: day, limit: input.limit)
            return CursorPage(found.map(ItemSummary.init), limit: input.limit, cursor: \.code)
        }
        let filter = ItemFilter(
            division: input.division, department: input.department, kind: input.kind, way: input.way)
        let page = try await items(filter, on: day, after: input.after, limit: input.limit)
        var answer = CursorPage(page.items.map(ItemSummary.init), limit: input.limit, cursor: \.code)
        answer.next = page.next
        return answer
    }
}

struct ItemQuery: SchemaType {
    var text: String?
    var division: String?
    var department: String?
    var kind: CatalogueItem.Kind?
    var way: CatalogueItem.HandlingWay?
    var after: String?
    var limit = 20
    static let schema = Schema<Self> {
        Field("q", \.text, .optional(.text(max: 60)), doc: "要找的词", in: .query)
        Field("division", \.division, .optional(.text(max: 20)), doc: "区划", in: .query)
        Field("department", \.department, .optional(.text(max: 40)), doc: "部门", in: .query)
        Field("kind", \.kind, .optional(.choice), doc: "事项类型", in: .query)
        Field("way", \.way, .optional(.choice), doc: "五个“办”之一", in: .query)
        Field("after", \.after, .optional(.text(max: 40)), doc: "上一页给出的 next", in: .query)
        Field("limit", \.limit, .integer(in: 1...100).withDefault, doc: "每页条数", in: .query)
    }
}

struct ItemPath: SchemaType {
    var code = ""
    var on: LegalDay?
    static let schema = Schema<Self> {
        Field("code", \.code, .text(min: 1, max: 40), doc: "实施编码", in: .path)
        Field("on", \.on, .optional(.day), doc: "哪一天有效的版本；不写为今天", in: .query)
    }
}

struct ItemSummary: SchemaType {
    var code = ""
    var title = ""
    var kind = CatalogueItem.Kind.licence
    var department = ""
    var organ = ""
    var division = ""
    var version = 1

    init() {}

    init(_ found: PublishedItem) {
        code = found.item.code
        title = found.item.title
        kind = found.item.kind
        department = found.item.department
        organ = found.item.organ
        division = found.division
        version = found.version
    }

    static let schema = Schema<Self> {
        Field("code", \.code, .text(max: 40), doc: "实施编码")
        Field("title", \.title, .text(max: 200), doc: "事项名称")
        Field("kind", \.kind, .choice, doc: "事项类型")
        Field("department", \.department, .text(max: 40), doc: "部门")
        Field("organ", \.organ, .text(max: 100), doc: "实施机构")
        Field("division", \.division, .text(max: 20), doc: "区划")
        Field("version", \.version, .integer(in: 1...1_000_000), doc: "版本")
    }
}

/// An item as the interface gives it; guides on paper bear the same version and digest (R05.6).
struct PublishedItemView: SchemaType {
    var item = CatalogueItem()
    var division = ""
    var version = 1
    var standing = ItemStanding.inForce
    var effectiveFrom = LegalDay.first
    var effectiveUntil: LegalDay?
    var hash = ""

    init() {}

    init(_ found: PublishedItem) {
        item = found.item
        division = found.division
        version = found.version
        standing = found.standing
        effectiveFrom = found.effectiveFrom
        effectiveUntil = found.effectiveUntil
        hash = found.hash
    }

    static let schema = Schema<Self> {
        Field("item", \.item, .object, doc: "全部要素")
        Field("division", \.division, .text(max: 20), doc: "区划")
        Field("version", \.version, .integer(in: 1...1_000_000), doc: "版本")
        Field("standing", \.standing, .choice, doc: "状态")
        Field("effective_from", \.effectiveFrom, .day, doc: "生效日期")
        Field("effective_until", \.effectiveUntil, .optional(.day), doc: "失效日期（当日起不再有效）")
        Field("hash", \.hash, .text(max: 64), doc: "内容的 SM3 散列值")
    }
}

struct ItemListPath: SchemaType {
    var id = Identifier(at: Instant(milliseconds: 0), random: [UInt8](repeating: 0, count: Identifier.randomLength))
    static let schema = Schema<Self> { Field("id", \.id, .identifier, doc: "清单编号", in: .path) }
}

struct ItemListIndex: SchemaType {
    var lists: [ItemListEntry] = []
    static let schema = Schema<Self> { Field("lists", \.lists, .list(of: .object), doc: "清单") }
}

struct ItemListEntry: SchemaType {
    var id = ""
    var division = ""
    var level = ""
    var title = ""
    var day = LegalDay.first
    var count = 0
    var digest = ""

    init() {}

    init(_ list: ItemListPublication) {
        id = list.id.text
        division = list.division
        level = list.level.chinese
        title = list.title
        day = list.day
        count = list.count
        digest = list.digest
    }

    static let schema = Schema<Self> {
        Field("id", \.id, .text(max: 40), doc: "清单编号")
        Field("division", \.division, .text(max: 20), doc: "区划")
        Field("level", \.level, .text(max: 20), doc: "层级")
        Field("title", \.title, .text(max: 200), doc: "名称")
        Field("day", \.day, .day, doc: "发布日期")
        Field("count", \.count, .integer(in: 0...1_000_000), doc: "事项数")
        Field("digest", \.digest, .text(max: 64), doc: "内容的 SM3 散列值")
    }
}
