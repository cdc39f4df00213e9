/// One page of a list and where the next begins.
///
/// ```swift
/// Endpoint(.get, "cases", …) { (input: CaseQuery, call) in
///     CursorPage(try await cases.list(after: input.after, limit: input.limit + 1), limit: input.limit, cursor: \.id)
/// }
/// ```
public struct CursorPage<Element: SchemaType>: SchemaType {
    /// The elements of this page.
    public var items: [Element] = []
    /// What to send as `after` to get the next page; nil on the last.
    public var next: String?

    public init() {}

    /// - Parameters:
    ///   - found: one element more than fits on the page, if there are as many.
    ///   - limit: how many fit.
    ///   - cursor: the sort key of an element as text.
    public init(_ found: [Element], limit: Int, cursor: (Element) -> String) {
        items = Array(found.prefix(limit))
        if found.count > limit { next = items.last.map(cursor) }
    }

    public static var schema: Schema<CursorPage> {
        Schema {
            Field("items", \.items, .list(of: .object), doc: "本页内容")
            Field("next", \.next, .optional(.text(max: 200)), doc: "下一页的起点，作为 after 参数再次请求")
        }
    }
}
