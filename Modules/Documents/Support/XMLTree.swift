/// A small XML document from outside as a tree: names without prefixes, bounded in depth and number.
public struct XMLTree: Sendable, Hashable {
    public let name: String
    /// Attributes as they are written, prefixes included.
    public let attributes: [String: String]
    /// The text directly within, trimmed.
    public let text: String
    public let children: [XMLTree]

    static let maximumDepth = 64
    static let maximumElements = 50_000

    /// Reads a whole document.
    ///
    /// - Parameter what: what it is, for the error.
    /// - Throws: ``DocumentsError`` with `document.unsafe` for a DOCTYPE, `document.damaged`, `document.too_large`.
    public static func read(_ bytes: [UInt8], _ what: String) throws -> XMLTree {
        let builder = Builder(what)
        let events = XMLEvents(remedy: "请不要使用这个文件，可向出具单位重新索取。")
        events.begins = { builder.begin(String($0), $1) }
        events.ends = { _ in try builder.end() }
        events.characters = { builder.characters($0) }
        var position = 0
        try events.read(
            what,
            from: { count in
                let end = min(position + count, bytes.count)
                defer { position = end }
                return Array(bytes[position..<end])
            })
        guard let root = builder.root else { throw DocumentsError(.damaged, "\(what) 是空的，文件不完整。请向出具单位重新索取。") }
        return root
    }

    /// The first child of a name.
    public func child(_ name: String) -> XMLTree? { children.first { $0.name == name } }

    /// All children of a name.
    public func children(_ name: String) -> [XMLTree] { children.filter { $0.name == name } }

    private final class Builder {
        private struct Open {
            let name: String
            let attributes: [String: String]
            var text = ""
            var children: [XMLTree] = []
        }

        private let what: String
        private var open: [Open] = []
        private var count = 0
        private var isTooLarge = false
        private(set) var root: XMLTree?

        init(_ what: String) { self.what = what }

        func begin(_ name: String, _ attributes: [String: String]) {
            count += 1
            // What is beyond the limit is no longer kept; the next end tag tells so.
            if count > XMLTree.maximumElements || open.count >= XMLTree.maximumDepth { isTooLarge = true }
            if !isTooLarge { open.append(Open(name: name, attributes: attributes)) }
        }

        func characters(_ text: String) {
            if !open.isEmpty { open[open.count - 1].text += text }
        }

        func end() throws {
            guard !isTooLarge, let last = open.popLast() else {
                throw DocumentsError(.tooLarge, "\(what) 的层次或内容过多，没有读取。请不要使用这个文件。")
            }
            let element = XMLTree(
                name: last.name, attributes: last.attributes, text: Self.trimmed(last.text), children: last.children)
            if open.isEmpty { root = element } else { open[open.count - 1].children.append(element) }
        }

        private static func trimmed(_ text: String) -> String {
            let start = text.drop(while: \.isWhitespace)
            return start.lastIndex { !$0.isWhitespace }.map { String(start[...$0]) } ?? ""
        }
    }
}
