import Foundation
import FoundationXML

/// Reads XML from outside as events: UTF-8 only, and no document type declaration, by which entities could be defined.
final class XMLEvents: NSObject, XMLParserDelegate {
    /// An element begins.
    var begins: (_ name: Substring, _ attributes: [String: String]) -> Void = { _, _ in }
    /// An element ends.
    var ends: (_ name: Substring) throws -> Void = { _ in }
    /// Characters between elements; a text may come in several pieces.
    var characters: (String) -> Void = { _ in }
    private var thrown: (any Error)?
    private let remedy: String

    /// - Parameter remedy: what to do with a file that is refused, for the error.
    init(remedy: String = "请用表格软件另存为 .xlsx。") { self.remedy = remedy }

    /// Reads a whole document.
    ///
    /// - Parameters:
    ///   - name: what it is, for the error.
    ///   - source: gives the next bytes; none at the end.
    /// - Throws: ``DocumentsError`` when it is no XML of ours, and what `ends` threw.
    func read(_ name: String, from source: @escaping (Int) throws -> [UInt8]) throws {
        let stream = CheckedStream(name: name, remedy: remedy, source: source)
        let parser = XMLParser(stream: stream)
        parser.delegate = self
        parser.shouldResolveExternalEntities = false
        let isWhole = parser.parse()
        if let thrown { throw thrown }
        if let error = stream.failure { throw error }
        guard isWhole else { throw DocumentsError(.damaged, "\(name) 的内容已损坏。\(remedy)") }
    }

    func parser(
        _ parser: XMLParser, didStartElement elementName: String, namespaceURI: String?, qualifiedName: String?,
        attributes: [String: String]
    ) {
        begins(Self.local(elementName), attributes)
    }

    func parser(_ parser: XMLParser, didEndElement elementName: String, namespaceURI: String?, qualifiedName: String?) {
        do {
            try ends(Self.local(elementName))
        } catch {
            thrown = thrown ?? error
            parser.abortParsing()
        }
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) { characters(string) }

    func parser(_ parser: XMLParser, foundCDATA block: Data) { characters(String(decoding: block, as: UTF8.self)) }

    /// The name without its prefix: office programs choose prefixes as they like.
    private static func local(_ name: String) -> Substring {
        name.utf8.lastIndex(of: UInt8(ascii: ":")).map { name[name.index(after: $0)...] } ?? name[...]
    }
}

/// The bytes of an XML document on their way to the parser, looked through for what is refused.
private final class CheckedStream: InputStream {
    private(set) var failure: (any Error)?
    private let name: String
    private let remedy: String
    private let source: (Int) throws -> [UInt8]
    private var tail: [UInt8] = []
    private var unfinished: [UInt8] = []
    private var isFirst = true
    private var isAtEnd = false
    private var state = Stream.Status.notOpen

    init(name: String, remedy: String, source: @escaping (Int) throws -> [UInt8]) {
        self.name = name
        self.remedy = remedy
        self.source = source
        super.init(data: Data())
    }

    override func open() { state = .open }
    override func close() { state = .closed }
    override var streamStatus: Stream.Status { isAtEnd ? .atEnd : state }
    override var hasBytesAvailable: Bool { !isAtEnd }

    override func read(_ buffer: UnsafeMutablePointer<UInt8>, maxLength: Int) -> Int {
        do {
            let bytes = try source(maxLength)
            try check(bytes)
            if bytes.isEmpty { isAtEnd = true }
            for (index, byte) in bytes.enumerated() { buffer[index] = byte }
            return bytes.count
        } catch {
            failure = failure ?? error
            isAtEnd = true
            return 0
        }
    }

    private func check(_ bytes: [UInt8]) throws {
        try checkEncoding(bytes)
        if isFirst {
            isFirst = false
            let text = String(decoding: bytes.prefix(200), as: UTF8.self).lowercased()
            let declaration = text.prefix { $0 != ">" }
            let isMarked = bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) || bytes.contains(0)
            if isMarked || (declaration.contains("encoding=") && !declaration.contains("utf-8")) {
                throw DocumentsError(.unsafe, "\(name) 不是 UTF-8 编码，没有读取。\(remedy)")
            }
        }
        // A declaration may lie across two pieces.
        let seen = tail + bytes
        if seen.firstRange(of: Array("<!DOCTYPE".utf8)) != nil {
            throw DocumentsError(.unsafe, "\(name) 带有文档类型声明（DOCTYPE），可能有害，没有读取。\(remedy)")
        }
        tail = seen.suffix(8)
    }

    /// FoundationXML stops the whole process at a name that is not UTF-8, so that none may reach it.
    private func checkEncoding(_ bytes: [UInt8]) throws {
        let all = unfinished + bytes
        // A character may lie across two pieces: what its first byte still wants waits for the next one.
        let start = all.indices.suffix(3).last { all[$0] >= 0xC0 }
        let wanted = start.map { all[$0] >= 0xF0 ? 4 : all[$0] >= 0xE0 ? 3 : 2 }
        let end = if let start, let wanted, start + wanted > all.count, !bytes.isEmpty { start } else { all.count }
        guard String(validating: all[..<end], as: UTF8.self) != nil else {
            throw DocumentsError(.unsafe, "\(name) 不是 UTF-8 编码，没有读取。\(remedy)")
        }
        unfinished = Array(all[end...])
    }
}
