/// Where a part of a file stands, such as `items[2].after`: the same words as the checker's.
public struct YAMLPath: Sendable, Hashable, CustomStringConvertible {
    public enum Step: Sendable, Hashable {
        case key(String)
        case index(Int)
    }

    public var steps: [Step]

    public init(_ steps: [Step]) { self.steps = steps }

    /// Reads `items[2].after`; nil where brackets don't hold a number.
    public init?(_ text: String) {
        var steps: [Step] = []
        for part in text.split(separator: ".") {
            let pieces = part.split(separator: "[", omittingEmptySubsequences: false)
            if let key = pieces.first, !key.isEmpty { steps.append(.key(String(key))) }
            for piece in pieces.dropFirst() {
                guard piece.hasSuffix("]"), let index = Int(piece.dropLast()), index >= 0 else { return nil }
                steps.append(.index(index))
            }
        }
        self.steps = steps
    }

    public static let root = YAMLPath([])

    public var description: String {
        steps.reduce(into: "") { text, step in
            switch step {
            case .key(let key): text += text.isEmpty ? key : ".\(key)"
            case .index(let index): text += "[\(index)]"
            }
        }
    }

    public func key(_ key: String) -> YAMLPath { YAMLPath(steps + [.key(key)]) }
    public func index(_ index: Int) -> YAMLPath { YAMLPath(steps + [.index(index)]) }
    /// The part that encloses it; the root encloses itself.
    public var parent: YAMLPath { YAMLPath(Array(steps.dropLast())) }
    /// Whether it is the other or lies within it.
    public func isWithin(_ outer: YAMLPath) -> Bool { steps.starts(with: outer.steps) }
}
