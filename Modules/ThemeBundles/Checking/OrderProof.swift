import Catalogue

/// The `after:` graph has no cycle.
enum OrderProof: ThemeProof {
    static func findings(in bundle: ThemeBundle) -> [ThemeFinding] {
        let items = bundle.theme.items
        var remaining = items
        // Taking away what waits for nothing, and then what nothing waits for, leaves the cycles alone.
        while let index = remaining.firstIndex(where: { item in
            !item.after.contains { after in remaining.contains { $0.id == after } }
                || !remaining.contains { $0.after.contains(item.id) }
        }) { remaining.remove(at: index) }
        guard let first = remaining.first, let position = items.firstIndex(where: { $0.id == first.id }) else {
            return []
        }
        let cycle = remaining.map(\.id).joined(separator: "、")
        return [
            bundle.finding(
                "items[\(position)].after", "theme.cycle", "\(cycle) 互相等待，谁也办不成。请去掉其中一条 after。")
        ]
    }
}
