import Yams

/// A YAML file that is changed part by part: what a change doesn't touch keeps its text, with comments, order and
/// quotes.
///
/// Every change is proved by reading its outcome: where that doesn't say what was meant, the change is refused, and the
/// author is sent to the text.
public struct YAMLSource: Sendable {
    public let text: String
    public let tree: YAMLTree
    private let scalars: [Unicode.Scalar]
    private let root: YAMLPart
    private let reader: YAMLPartReader

    /// Why a change can't be made in the text as it is written, in Chinese.
    public struct Refusal: Error, Sendable, Equatable {
        public let message: String
    }

    /// Reads a file; nil when it is not valid YAML, is no mapping, or hides parts behind anchors.
    public init?(_ text: String) {
        guard let parser = try? Parser(yaml: text), let node = try? parser.singleRoot(), case .mapping = node,
            withExtendedLifetime(parser, { !Self.hasAnchor(node) })
        else { return nil }
        self.text = text
        scalars = Array(text.unicodeScalars)
        reader = YAMLPartReader(scalars)
        root = reader.part(node, indent: -1, inFlow: false)
        tree = root.tree
    }

    private static func hasAnchor(_ node: Node) -> Bool {
        if node.anchor != nil { return true }
        switch node {
        case .scalar: return false
        case .mapping(let mapping): return mapping.contains { hasAnchor($0.key) || hasAnchor($0.value) }
        case .sequence(let sequence): return sequence.contains(where: hasAnchor)
        case .alias: return true
        }
    }

    /// The part that stands at a place, counted from 1 as findings count.
    public func path(line: Int, column: Int) -> YAMLPath { root.path(at: reader.offset(line: line, column: column)) }

    /// The line at which a part begins, counted from 1; nil when it is not there.
    public func line(of path: YAMLPath) -> Int? {
        root[path].map { part in reader.lines.lastIndex { $0 <= part.range.lowerBound }.map { $0 + 1 } ?? 1 }
    }

    // MARK: Changes

    /// Gives a key of a mapping a value, or takes the key away.
    ///
    /// - Parameters:
    ///   - order: the keys in the order in which authors write them, so that a new one finds its place.
    public func setting(
        _ path: YAMLPath, to value: YAMLTree?, order: [String] = []
    ) throws(Refusal) -> YAMLSource {
        if tree[path] == value { return self }
        guard let step = path.steps.last else { throw Refusal(message: "整个文件不能这样替换。") }
        switch step {
        case .index(let index):
            guard let list = root[path.parent], list.elements.indices.contains(index) else { throw gone(path) }
            guard let value else { return try removing(path) }
            let element = list.elements[index]
            let written =
                list.isFlow || element.isFlow || isOneLine(element.range)
                ? YAMLWriting.flow(value)
                : YAMLWriting.element(value, indent: reader.column(try dash(of: element)))
            return try replaced(element.range, written, expecting: tree.changing(path) { _ in value })
        case .key(let key):
            guard let mapping = root[path.parent], case .map(let members) = mapping.content else { throw gone(path) }
            guard let value else { return try removing(path) }
            if let member = members.first(where: { $0.key == key }) {
                return try replaceValue(of: member, in: mapping, with: value, path)
            }
            return try insert(key, value, into: mapping, at: path, order: order)
        }
    }

    /// Adds an element at the end of a list; a list that is not there is begun.
    public func appending(_ element: YAMLTree, to path: YAMLPath, order: [String] = []) throws(Refusal) -> YAMLSource {
        guard let list = root[path], !list.elements.isEmpty, let last = list.elements.last else {
            return try setting(path, to: .list([element]), order: order)
        }
        let expected = tree.changing(path) { .list($0.elements + [element]) }
        if list.isFlow {
            return try replaced(
                last.range.upperBound..<last.range.upperBound, ", " + YAMLWriting.flow(element), expecting: expected)
        }
        let column = reader.column(try dash(of: last))
        let end = reader.lineEnd(last.range.upperBound)
        let written =
            "\n" + String(repeating: " ", count: column) + "- " + Self.text(of: element, like: last, at: column)
        return try replaced(end..<end, written, expecting: expected)
    }

    /// A new element as its neighbour is written: over several lines, or in braces where those suffice.
    private static func text(of element: YAMLTree, like neighbour: YAMLPart, at column: Int) -> String {
        guard !element.members.isEmpty, !neighbour.members.isEmpty else {
            return YAMLWriting.element(element, indent: column)
        }
        if neighbour.isFlow, YAMLWriting.isInline(element) { return YAMLWriting.flow(element) }
        return String(YAMLWriting.block(element, indent: column + 2).dropFirst(column + 2))
    }

    /// Takes a part away; a list or mapping that would be empty goes with it.
    public func removing(_ path: YAMLPath) throws(Refusal) -> YAMLSource {
        guard let step = path.steps.last, let parent = root[path.parent], root[path] != nil else { return self }
        let expected = tree.changing(path) { _ in nil }
        switch step {
        case .index(let index):
            if parent.elements.count == 1 { return try removing(path.parent) }
            if parent.isFlow { return try removeInline(parent.elements.map(\.range), index, expecting: expected) }
            let region = try region(of: index, in: parent)
            return try replaced(region, "", expecting: expected)
        case .key(let key):
            guard let index = parent.members.firstIndex(where: { $0.key == key }) else { return self }
            if parent.members.count == 1 { throw Refusal(message: "“\(path.parent)”里只剩这一项，不能单独删去。") }
            if parent.isFlow {
                let ranges = parent.members.map {
                    $0.keyRange.lowerBound..<max($0.value.range.upperBound, $0.keyRange.upperBound + 1)
                }
                return try removeInline(ranges, index, expecting: expected)
            }
            let member = parent.members[index]
            let start = reader.lineStart(member.keyRange.lowerBound)
            if index == 0, start + indentation(of: start) != member.keyRange.lowerBound {
                // It shares its line with the dash of a list, where the next key takes its place.
                let next = parent.members[1].keyRange.lowerBound
                return try replaced(member.keyRange.lowerBound..<next, "", expecting: expected)
            }
            let end = reader.lineEnd(max(member.value.range.upperBound, member.keyRange.upperBound))
            return try replaced(start..<min(end + 1, scalars.count), "", expecting: expected)
        }
    }

    /// Lets an element of a list change places with its neighbour.
    ///
    /// - Parameter offset: -1 for the one before it, 1 for the one after it.
    public func moving(_ path: YAMLPath, by offset: Int) throws(Refusal) -> YAMLSource {
        guard case .index(let index) = path.steps.last, let list = root[path.parent],
            list.elements.indices.contains(index), list.elements.indices.contains(index + offset)
        else { return self }
        let (first, second) = (min(index, index + offset), max(index, index + offset))
        let regions: (Range<Int>, Range<Int>) =
            list.isFlow
            ? (list.elements[first].range, list.elements[second].range)
            : (try region(of: first, in: list), try region(of: second, in: list))
        func text(_ range: Range<Int>) -> String { String(String.UnicodeScalarView(scalars[range])) }
        let below = text(regions.1)
        // The last line of the file may lack its line feed.
        let ending = list.isFlow || below.hasSuffix("\n") ? "" : "\n"
        let swapped = below + ending + text(regions.0.upperBound..<regions.1.lowerBound) + text(regions.0)
        let expected = tree.changing(path.parent) { list in
            var elements = list.elements
            elements.swapAt(first, second)
            return .list(elements)
        }
        return try replaced(regions.0.lowerBound..<regions.1.upperBound, swapped, expecting: expected)
    }

    /// Gives a key of a mapping another name, as conditions need when a question is called otherwise.
    public func renamingKey(_ path: YAMLPath, to name: String) throws(Refusal) -> YAMLSource {
        guard case .key(let key) = path.steps.last, let mapping = root[path.parent],
            let member = mapping.members.first(where: { $0.key == key })
        else { throw gone(path) }
        let expected = tree.changing(path.parent) { map in
            .map(map.members.map { $0.key == key ? YAMLTree.Member(name, $0.value) : $0 })
        }
        return try replaced(member.keyRange, YAMLWriting.scalar(name), expecting: expected)
    }

    // MARK: Text

    private func replaceValue(
        of member: YAMLPart.Member, in mapping: YAMLPart, with value: YAMLTree, _ path: YAMLPath
    ) throws(Refusal) -> YAMLSource {
        let expected = tree.changing(path) { _ in value }
        let old = member.value.range
        let isInline = mapping.isFlow || YAMLWriting.isInline(value)
        // What stands in one line is replaced where it stands, and a comment behind it stays.
        if !old.isEmpty, isInline, isOneLine(member.keyRange.lowerBound..<old.lowerBound) {
            return try replaced(old, YAMLWriting.flow(value), expecting: expected)
        }
        let written =
            mapping.isFlow
            ? " " + YAMLWriting.flow(value)
            : YAMLWriting.value(value, indent: reader.column(member.keyRange.lowerBound))
        guard let colon = (member.keyRange.upperBound..<scalars.count).first(where: { scalars[$0] == ":" }) else {
            throw gone(path)
        }
        return try replaced(colon + 1..<max(colon + 1, old.upperBound), written, expecting: expected)
    }

    private func insert(
        _ key: String, _ value: YAMLTree, into mapping: YAMLPart, at path: YAMLPath, order: [String]
    ) throws(Refusal) -> YAMLSource {
        let before = order.prefix { $0 != key }.last { known in mapping.members.contains { $0.key == known } }
        let position =
            before.flatMap { name in mapping.members.firstIndex { $0.key == name } } ?? mapping.members.count - 1
        let expected = tree.changing(path.parent) { map in
            var members = map.members
            members.insert(YAMLTree.Member(key, value), at: position + 1)
            return .map(members)
        }
        let name = YAMLWriting.scalar(key)
        guard position >= 0 else {
            let start = mapping.range.lowerBound + 1
            return try replaced(start..<start, "\(name): \(YAMLWriting.flow(value))", expecting: expected)
        }
        let previous = mapping.members[position]
        let end = max(previous.value.range.upperBound, previous.keyRange.upperBound + 1)
        if mapping.isFlow {
            return try replaced(end..<end, ", \(name): \(YAMLWriting.flow(value))", expecting: expected)
        }
        let column = reader.column(previous.keyRange.lowerBound)
        let stop = reader.lineEnd(end)
        let isOwnParagraph = path.steps.count == 1 && !YAMLWriting.isInline(value)
        let written =
            "\n" + (isOwnParagraph ? "\n" : "") + String(repeating: " ", count: column) + name + ":"
            + YAMLWriting.value(value, indent: column)
        return try replaced(stop..<stop, written, expecting: expected)
    }

    private func removeInline(
        _ ranges: [Range<Int>], _ index: Int, expecting expected: YAMLTree?
    ) throws(Refusal) -> YAMLSource {
        let range =
            index + 1 < ranges.count
            ? ranges[index].lowerBound..<ranges[index + 1].lowerBound
            : ranges[index - 1].upperBound..<ranges[index].upperBound
        return try replaced(range, "", expecting: expected)
    }

    /// The whole lines of an element, with comments that stand directly above it.
    private func region(of index: Int, in list: YAMLPart) throws(Refusal) -> Range<Int> {
        let dash = try dash(of: list.elements[index])
        var start = reader.lineStart(dash)
        guard start + indentation(of: start) == dash else { throw Refusal(message: "这一处写在同一行里，请在 YAML 里改。") }
        while start > 0 {
            let above = reader.lineStart(start - 1)
            let first = above + indentation(of: above)
            guard reader.character(first) == "#", first - above == reader.column(dash) else { break }
            start = above
        }
        let end = reader.lineEnd(list.elements[index].range.upperBound)
        return start..<min(end + 1, scalars.count)
    }

    private func dash(of element: YAMLPart) throws(Refusal) -> Int {
        var position = element.range.lowerBound - 1
        while let character = reader.character(position), character == " " || character == "\n" { position -= 1 }
        guard reader.character(position) == "-" else { throw Refusal(message: "这一处的写法特别，请在 YAML 里改。") }
        return position
    }

    private func indentation(of lineStart: Int) -> Int {
        scalars[lineStart...].prefix { $0 == " " }.count
    }

    private func isOneLine(_ range: Range<Int>) -> Bool { !scalars[range].contains("\n") }

    private func gone(_ path: YAMLPath) -> Refusal { Refusal(message: "“\(path)”已经不在了，请刷新后重试。") }

    private func replaced(_ range: Range<Int>, _ written: String, expecting expected: YAMLTree?) throws(Refusal)
        -> YAMLSource
    {
        var view = String.UnicodeScalarView(scalars[..<range.lowerBound])
        view.append(contentsOf: written.unicodeScalars)
        view.append(contentsOf: scalars[range.upperBound...])
        guard let source = YAMLSource(String(view)), source.tree == expected else {
            throw Refusal(message: "这一处的写法特别，表单改不了，请在 YAML 里改。")
        }
        return source
    }
}
