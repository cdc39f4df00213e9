/// The order of a theme's items as a picture: each stands below what must be decided before it.
public struct OrderGraph: Sendable, Hashable {
    public struct Box: Sendable, Hashable {
        public let id: String
        public let title: String
        /// The step in which it is worked on, counted from 0; circles don't count.
        public let row: Int
        public let column: Int
    }

    /// An edge from an item to one that waits for it.
    public struct Edge: Sendable, Hashable {
        public let from: Box
        public let to: Box
    }

    public let boxes: [Box]
    public let edges: [Edge]
    public var rows: Int { (boxes.map(\.row).max() ?? -1) + 1 }
    public var columns: Int { (boxes.map(\.column).max() ?? -1) + 1 }

    /// The items of a theme that may still have faults: unknown names and circles draw no edge that can't be drawn.
    public init(_ tree: YAMLTree) {
        let items = (tree["items"]?.elements ?? []).map { item in
            (id: item["id"]?.text ?? "", title: item["title"]?.text ?? "", after: item["after"]?.texts ?? [])
        }
        let known = Dictionary(items.map { ($0.id, $0.after) }, uniquingKeysWith: { first, _ in first })
        var rows: [String: Int] = [:]
        func row(_ id: String, _ on: Set<String>) -> Int {
            if let row = rows[id] { return row }
            let before = (known[id] ?? []).filter { known[$0] != nil && !on.contains($0) }
            let result = before.map { row($0, on.union([id])) + 1 }.max() ?? 0
            if on.isEmpty { rows[id] = result }
            return result
        }
        for item in items { rows[item.id] = row(item.id, []) }
        var filled: [Int: Int] = [:]
        boxes = items.map { item in
            let row = rows[item.id] ?? 0
            defer { filled[row, default: 0] += 1 }
            return Box(id: item.id, title: item.title, row: row, column: filled[row] ?? 0)
        }
        let byID = Dictionary(boxes.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        edges = items.flatMap { item in
            item.after.compactMap { name in
                guard let from = byID[name], let to = byID[item.id], from != to else { return nil }
                return Edge(from: from, to: to)
            }
        }
    }
}
