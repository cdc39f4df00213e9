/// Reads XML from outside as events: UTF-8 only, and no document type declaration, by which entities could be defined.
///
/// A reader of our own over bytes: Foundation's stops the whole process at a name that is not UTF-8 and at `xmlns=""`.
/// It knows what files of other programs hold (elements, attributes, text, CDATA, comments, instructions, the five
/// entities and numeric references), and refuses everything else.
final class XMLEvents {
    /// An element begins.
    var begins: (_ name: Substring, _ attributes: [String: String]) -> Void = { _, _ in }
    /// An element ends.
    var ends: (_ name: Substring) throws -> Void = { _ in }
    /// Characters between elements; a text may come in several pieces.
    var characters: (String) -> Void = { _ in }
    private let remedy: String

    static let maximumDepth = 256
    private static let maximumAttributes = 256
    /// Texts come in pieces of about so many bytes.
    private static let piece = 1 << 16

    /// - Parameter remedy: what to do with a file that is refused, for the error.
    init(remedy: String = "请用表格软件另存为 .xlsx。") { self.remedy = remedy }

    /// Reads a whole document.
    ///
    /// - Parameters:
    ///   - name: what it is, for the error.
    ///   - source: gives the next bytes; none at the end.
    /// - Throws: ``DocumentsError`` when it is no XML of ours, and what `ends` threw.
    func read(_ name: String, from source: @escaping (Int) throws -> [UInt8]) throws {
        var document = Document(input: XMLInput(source: source), name: name, remedy: remedy)
        try document.skipMark()
        while let byte = try document.input.next() {
            if byte == UInt8(ascii: "<") { try markup(&document) } else { try text(byte, &document) }
        }
        guard document.open.isEmpty, document.hasRoot else { throw document.damaged }
    }

    // MARK: Parts

    private struct Document {
        var input: XMLInput
        let name: String
        let remedy: String
        /// The names of the elements that are open.
        var open: [String] = []
        var hasRoot = false

        var damaged: DocumentsError { DocumentsError(.damaged, "\(name) 的内容已损坏。\(remedy)") }
        var encoding: DocumentsError { DocumentsError(.unsafe, "\(name) 不是 UTF-8 编码，没有读取。\(remedy)") }
        var tooLarge: DocumentsError { DocumentsError(.tooLarge, "\(name) 的层次或内容过多，没有读取。\(remedy)") }

        mutating func skipMark() throws {
            guard let first = try input.peek() else { return }
            // The marks of UTF-16, or a zero byte of it.
            if [0xFE, 0xFF, 0x00].contains(first) { throw encoding }
            if first == 0xEF {
                guard try input.next() == 0xEF, try input.next() == 0xBB, try input.next() == 0xBF else {
                    throw encoding
                }
            }
        }

        func string(_ bytes: [UInt8]) throws -> String {
            guard let text = String(validating: bytes, as: UTF8.self) else { throw encoding }
            return text
        }

        /// The next byte, which must be there.
        mutating func byte() throws -> UInt8 {
            guard let byte = try input.next() else { throw damaged }
            return byte
        }

        mutating func skipSpace() throws -> Bool {
            var isSpace = false
            while let byte = try input.peek(), XMLInput.isSpace(byte) {
                isSpace = true
                _ = try input.next()
            }
            return isSpace
        }

        /// Takes what must stand here.
        mutating func expect(_ text: StaticString) throws {
            for index in 0..<text.utf8CodeUnitCount where try byte() != text.utf8Start[index] { throw damaged }
        }

        /// Everything up to an end of three bytes at most, which is taken as well.
        mutating func through(_ end: [UInt8], keep: Bool) throws -> [UInt8] {
            var taken: [UInt8] = []
            let wanted = end.reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
            let mask = UInt32.max >> UInt32(32 - 8 * end.count)
            var last: UInt32 = 0
            while last != wanted {
                let byte = try byte()
                last = (last << 8 | UInt32(byte)) & mask
                if keep { taken.append(byte) }
                if taken.count > 16 << 20 { throw tooLarge }
            }
            return taken.dropLast(keep ? end.count : 0)
        }

        mutating func name(_ first: UInt8? = nil) throws -> String {
            var bytes = first.map { [$0] } ?? []
            while let byte = try input.peek(), XMLInput.isName(byte) {
                bytes.append(byte)
                _ = try input.next()
                if bytes.count > 256 { throw tooLarge }
            }
            guard let start = bytes.first, XMLInput.isName(start), !XMLInput.isLaterName(start) else { throw damaged }
            return try string(bytes)
        }

        /// What follows after `&`.
        mutating func reference() throws -> [UInt8] {
            var bytes: [UInt8] = []
            while true {
                let byte = try byte()
                if byte == UInt8(ascii: ";") { break }
                bytes.append(byte)
                if bytes.count > 10 { throw damaged }
            }
            let text = String(decoding: bytes, as: UTF8.self)
            if let known = XMLInput.entities[text] { return [known] }
            let digits = text.dropFirst(text.hasPrefix("#x") ? 2 : 1)
            guard text.hasPrefix("#"), digits.first.map({ $0 != "+" && $0 != "-" }) == true,
                let number = UInt32(digits, radix: text.hasPrefix("#x") ? 16 : 10),
                number >= 0x20 || [9, 10, 13].contains(number), number & 0xFFFE != 0xFFFE,
                let scalar = Unicode.Scalar(number)
            else { throw damaged }
            return Array(String(Character(scalar)).utf8)
        }

        mutating func attribute() throws -> String {
            let quote = try byte()
            guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else { throw damaged }
            var bytes: [UInt8] = []
            while true {
                let byte = try byte()
                if byte == quote { return try string(bytes) }
                switch byte {
                case UInt8(ascii: "<"): throw damaged
                case UInt8(ascii: "&"): bytes += try reference()
                case 0x09, 0x0A, 0x0D: bytes.append(0x20)
                case 0..<0x20: throw damaged
                default: bytes.append(byte)
                }
                if bytes.count > 4 << 20 { throw tooLarge }
            }
        }
    }

    private func text(_ first: UInt8, _ document: inout Document) throws {
        var bytes: [UInt8] = []
        var next: UInt8? = first
        while let byte = next {
            switch byte {
            case UInt8(ascii: "&"): bytes += try document.reference()
            // The ends of lines are one character, whatever program wrote them.
            case 0x0D: if try document.input.peek() != 0x0A { bytes.append(0x0A) }
            case 0x09, 0x0A: bytes.append(byte)
            case 0..<0x20: throw document.damaged
            default: bytes.append(byte)
            }
            guard let following = try document.input.peek(), following != UInt8(ascii: "<") else { break }
            // A piece ends where a character does.
            if bytes.count >= Self.piece, following & 0xC0 != 0x80 {
                try tell(bytes, document)
                bytes = []
            }
            next = try document.input.next()
        }
        try tell(bytes, document)
    }

    private func tell(_ bytes: [UInt8], _ document: Document) throws {
        if document.open.isEmpty {
            // Around the root stands white space alone.
            guard bytes.allSatisfy(XMLInput.isSpace) else {
                throw String(validating: bytes, as: UTF8.self) == nil ? document.encoding : document.damaged
            }
        } else if !bytes.isEmpty {
            characters(try document.string(bytes))
        }
    }

    private func markup(_ document: inout Document) throws {
        let byte = try document.byte()
        switch byte {
        case UInt8(ascii: "!"): try declaration(&document)
        case UInt8(ascii: "?"): try instruction(&document)
        case UInt8(ascii: "/"):
            let name = try document.name()
            _ = try document.skipSpace()
            try document.expect(">")
            guard document.open.popLast() == name else { throw document.damaged }
            try ends(Self.local(name))
        default: try element(byte, &document)
        }
    }

    private func declaration(_ document: inout Document) throws {
        switch try document.byte() {
        case UInt8(ascii: "-"):
            try document.expect("-")
            _ = try document.through(Array("-->".utf8), keep: false)
        case UInt8(ascii: "["):
            try document.expect("CDATA[")
            guard !document.open.isEmpty else { throw document.damaged }
            characters(try document.string(try document.through(Array("]]>".utf8), keep: true)))
        default:
            throw DocumentsError(
                .unsafe, "\(document.name) 带有文档类型声明（DOCTYPE），可能有害，没有读取。\(document.remedy)")
        }
    }

    private func instruction(_ document: inout Document) throws {
        let text = String(decoding: try document.through(Array("?>".utf8), keep: true), as: UTF8.self).lowercased()
        guard text.hasPrefix("xml"), let place = text.firstRange(of: "encoding") else { return }
        let value = text[place.upperBound...].drop { $0 == "=" || $0.isWhitespace }.dropFirst()
        guard value.hasPrefix("utf-8") else { throw document.encoding }
    }

    private func element(_ first: UInt8, _ document: inout Document) throws {
        let name = try document.name(first)
        if document.open.isEmpty, document.hasRoot { throw document.damaged }
        guard document.open.count < Self.maximumDepth else { throw document.tooLarge }
        document.hasRoot = true
        var attributes: [String: String] = [:]
        while true {
            let hasSpace = try document.skipSpace()
            let byte = try document.byte()
            if byte == UInt8(ascii: ">") {
                document.open.append(name)
                begins(Self.local(name), attributes)
                return
            }
            if byte == UInt8(ascii: "/") {
                try document.expect(">")
                begins(Self.local(name), attributes)
                try ends(Self.local(name))
                return
            }
            guard hasSpace else { throw document.damaged }
            let attribute = try document.name(byte)
            _ = try document.skipSpace()
            try document.expect("=")
            _ = try document.skipSpace()
            let value = try document.attribute()
            guard attributes.updateValue(value, forKey: attribute) == nil else { throw document.damaged }
            guard attributes.count <= Self.maximumAttributes else { throw document.tooLarge }
        }
    }

    /// The name without its prefix: office programs choose prefixes as they like.
    private static func local(_ name: String) -> Substring {
        name.utf8.lastIndex(of: UInt8(ascii: ":")).map { name[name.index(after: $0)...] } ?? name[...]
    }
}

/// The bytes of an XML document, piece by piece.
private struct XMLInput {
    let source: (Int) throws -> [UInt8]
    private var piece: [UInt8] = []
    private var position = 0
    private var isAtEnd = false

    init(source: @escaping (Int) throws -> [UInt8]) { self.source = source }

    static let entities: [String: UInt8] = [
        "lt": UInt8(ascii: "<"), "gt": UInt8(ascii: ">"), "amp": UInt8(ascii: "&"), "quot": UInt8(ascii: "\""),
        "apos": UInt8(ascii: "'"),
    ]

    mutating func peek() throws -> UInt8? {
        while position == piece.count {
            if isAtEnd { return nil }
            piece = try source(1 << 16)
            position = 0
            isAtEnd = piece.isEmpty
        }
        return piece[position]
    }

    mutating func next() throws -> UInt8? {
        guard let byte = try peek() else { return nil }
        position += 1
        return byte
    }

    static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 }

    /// Whether a byte may stand in a name; those beyond ASCII are looked at with the whole.
    static func isName(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"),
            UInt8(ascii: ":"), 0x80...0xFF:
            true
        default: isLaterName(byte)
        }
    }

    /// Whether it may stand in a name, but not at its beginning.
    static func isLaterName(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "-")
            || byte == UInt8(ascii: ".")
    }
}
