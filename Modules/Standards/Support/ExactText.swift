/// A text that is the same as another only when its bytes are.
///
/// Swift compares texts as people do, whatever their composition, and brings each to one form for every look into a
/// dictionary; for Chinese that costs more than what is looked for. Where texts come from one source, bytes do.
public struct ExactText: Hashable, Comparable, Sendable {
    public let text: String

    public init(_ text: String) { self.text = text }

    public static func == (first: ExactText, second: ExactText) -> Bool {
        first.text.utf8.count == second.text.utf8.count && compare(first, second) == 0
    }

    /// By bytes, which for UTF-8 is by scalars.
    public static func < (first: ExactText, second: ExactText) -> Bool {
        let order = compare(first, second)
        return order < 0 || (order == 0 && first.text.utf8.count < second.text.utf8.count)
    }

    public func hash(into hasher: inout Hasher) {
        var text = text
        text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }

    /// Compares as many bytes as both have.
    private static func compare(_ first: ExactText, _ second: ExactText) -> Int {
        var (first, second) = (first.text, second.text)
        return first.withUTF8 { first in
            second.withUTF8 { second in
                for (one, other) in zip(first, second) where one != other { return one < other ? -1 : 1 }
                return 0
            }
        }
    }
}
