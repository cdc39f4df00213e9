/// How two texts differ, line by line, with a little of what is around each difference.
public struct LineDifference: Sendable, Hashable {
    public struct Line: Sendable, Hashable {
        public enum Kind: String, Sendable { case same, removed, added, gap }

        public let kind: Kind
        public let text: String
    }

    public let lines: [Line]
    public var isEmpty: Bool { lines.isEmpty }

    /// How many lines around a difference are shown.
    private static let around = 2

    public init(from old: String, to new: String) {
        let before = old.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let after = new.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        var removed: Set<Int> = []
        var added: Set<Int> = []
        for change in after.difference(from: before) {
            switch change {
            case .remove(let offset, _, _): removed.insert(offset)
            case .insert(let offset, _, _): added.insert(offset)
            }
        }
        var all: [Line] = []
        var (left, right) = (0, 0)
        while left < before.count || right < after.count {
            if left < before.count, removed.contains(left) {
                all.append(Line(kind: .removed, text: before[left]))
                left += 1
            } else if right < after.count, added.contains(right) {
                all.append(Line(kind: .added, text: after[right]))
                right += 1
            } else {
                all.append(Line(kind: .same, text: right < after.count ? after[right] : ""))
                left += 1
                right += 1
            }
        }
        let changed = all.indices.filter { all[$0].kind != .same }
        var lines: [Line] = []
        var last: Int?
        for index in all.indices where changed.contains(where: { abs($0 - index) <= Self.around }) {
            if let last, index > last + 1 { lines.append(Line(kind: .gap, text: "")) }
            lines.append(all[index])
            last = index
        }
        self.lines = lines
    }
}
