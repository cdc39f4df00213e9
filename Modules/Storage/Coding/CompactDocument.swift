/// A document of ``CompactCoding``, checked once and laid out so that any value is found without reading the others.
final class CompactDocument {
    /// One value.
    struct Node {
        let tag: UInt8
        /// The number of the name under which it is a member; 0 elsewhere.
        let name: Int32
        /// Where its content begins in the bytes; for a whole number, a real or a truth value the content itself.
        let content: Int64
        /// How many bytes its content takes, or how many values lie directly in it.
        var count: Int32
        /// The node after it and all that lies in it.
        var next: Int32
    }

    private let bytes: [UInt8]
    let nodes: [Node]
    let names: [String]
    /// For each record, the member after the one that was last found: members are mostly read in the order in which they
    /// were written.
    private var resume: [Int32]

    /// - Throws: `DecodingError` when the bytes are no such document.
    init(_ bytes: [UInt8]) throws {
        self.bytes = bytes
        (nodes, names) = try CompactScanner.scan(bytes)
        resume = [Int32](repeating: 0, count: nodes.count)
    }

    /// The member of a record with a name.
    func member(_ name: String, of record: Int) -> Int? {
        let (first, end) = (record + 1, Int(nodes[record].next))
        let start = resume[record] == 0 ? first : Int(resume[record])
        guard let found = find(name, from: start, to: end) ?? find(name, from: first, to: start) else { return nil }
        resume[record] = nodes[found].next
        return found
    }

    private func find(_ name: String, from start: Int, to end: Int) -> Int? {
        nodes.withUnsafeBufferPointer { nodes in
            var member = start
            while member < end {
                if names[Int(nodes[member].name) - 1] == name { return member }
                member = Int(nodes[member].next)
            }
            return nil
        }
    }

    static func corrupt(_ reason: String) -> DecodingError {
        DecodingError.dataCorrupted(.init(codingPath: [], debugDescription: reason))
    }

    func text(_ node: Node) throws -> String {
        let range = Int(node.content)..<Int(node.content) + Int(node.count)
        guard let text = String(validating: bytes[range], as: UTF8.self) else { throw Self.corrupt("not UTF-8") }
        return text
    }

    func content(_ node: Node) -> [UInt8] {
        Array(bytes[Int(node.content)..<Int(node.content) + Int(node.count)])
    }
}
