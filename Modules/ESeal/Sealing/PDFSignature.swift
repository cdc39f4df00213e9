import Cryptography

/// Adds a signature to a PDF of ours as an incremental update (ISO 32000-1 §12.8): nothing before it is changed, and it
/// covers every byte but its own value.
struct PDFSignature {
    /// The room for the CMS signature, in bytes.
    private static let room = 8192

    private let original: [UInt8]
    private let trailer: Trailer

    /// - Throws: ``SealError`` when the file is not one of those that our renderer writes.
    init(_ pdf: [UInt8]) throws {
        original = pdf
        trailer = try Trailer(pdf)
    }

    /// The signed file.
    ///
    /// - Parameters:
    ///   - name: who signs, for readers to show.
    ///   - time: in milliseconds since 1970 (UTC).
    func signed(by signer: DocumentSigner, name: String, at time: Int64) throws -> [UInt8] {
        let signature = trailer.size
        let field = trailer.size + 1
        let catalog = try object(trailer.root)
        let page = try firstPage(catalog)
        let pageText = try object(page)
        var file = original
        if file.last != UInt8(ascii: "\n") { file.append(UInt8(ascii: "\n")) }
        var offsets: [(number: Int, offset: Int)] = []
        func add(_ number: Int, _ text: String) {
            offsets.append((number, file.count))
            file += Array("\(number) 0 obj\n\(text)\nendobj\n".utf8)
        }
        add(trailer.root, try Self.adding("/AcroForm << /Fields [ \(field) 0 R ] /SigFlags 3 >>", to: catalog))
        add(page, try Self.adding("/Annots [ \(field) 0 R ]", to: pageText))
        add(
            field,
            "<< /Type /Annot /Subtype /Widget /FT /Sig /T (Seal) /V \(signature) 0 R /F 132 /P \(page) 0 R /Rect [ 0 0 0 0 ] >>"
        )
        let day = Self.date(time)
        let hole = "[0 0000000000 0000000000 0000000000]"
        let head =
            "<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /adbe.pkcs7.detached /Name \(Self.text(name)) /M (\(day)) /ByteRange "
        let start = file.count + "\(signature) 0 obj\n".utf8.count
        add(
            signature,
            head + hole + " /Contents <" + String(repeating: "0", count: Self.room * 2) + "> >>")
        let rangeAt = start + head.utf8.count
        let contentsAt = rangeAt + hole.utf8.count + " /Contents ".utf8.count
        let contentsEnd = contentsAt + 2 + Self.room * 2
        appendTable(offsets, to: &file)
        let range =
            "[0 \(Self.padded(contentsAt)) \(Self.padded(contentsEnd)) \(Self.padded(file.count - contentsEnd))]"
        file.replaceSubrange(rangeAt..<(rangeAt + hole.utf8.count), with: Array(range.utf8))
        let value = try signer.sign(Array(file[..<contentsAt]) + Array(file[contentsEnd...]))
        guard value.count <= Self.room else { throw Self.unfit }
        let hex = Array(Hex.encode(value).utf8)
        file.replaceSubrange((contentsAt + 1)..<(contentsAt + 1 + hex.count), with: hex)
        return file
    }

    private func appendTable(_ offsets: [(number: Int, offset: Int)], to file: inout [UInt8]) {
        let start = file.count
        var text = "xref\n"
        for (number, offset) in offsets.sorted(by: { $0.number < $1.number }) {
            text += "\(number) 1\n\(Self.padded(offset)) 00000 n \n"
        }
        let info = trailer.info.map { " /Info \($0) 0 R" } ?? ""
        text +=
            "trailer\n<< /Size \(trailer.size + 2) /Root \(trailer.root) 0 R\(info) /Prev \(trailer.start) >>\n"
            + "startxref\n\(start)\n%%EOF\n"
        file += Array(text.utf8)
    }

    /// The text of an object between `obj` and `endobj`.
    private func object(_ number: Int) throws -> String {
        guard let offset = trailer.offsets[number], offset < original.count else { throw Self.unfit }
        let rest = original[offset...]
        guard let begin = rest.firstRange(of: Array("obj".utf8)), let end = rest.firstRange(of: Array("endobj".utf8))
        else { throw Self.unfit }
        return String(decoding: rest[begin.upperBound..<end.lowerBound], as: UTF8.self)
    }

    private func firstPage(_ catalog: String) throws -> Int {
        guard let pages = Self.reference("/Pages", in: catalog),
            let kids = try object(pages).split(separator: "/Kids").last?.split(separator: "[").last,
            let first = kids.split(whereSeparator: \.isWhitespace).first.flatMap({ Int($0) })
        else { throw Self.unfit }
        return first
    }

    private static func reference(_ name: String, in text: String) -> Int? {
        guard let place = text.firstRange(of: "\(name) ") else { return nil }
        return Int(text[place.upperBound...].prefix { $0.isNumber })
    }

    private static func adding(_ entry: String, to dictionary: String) throws -> String {
        guard let end = dictionary.ranges(of: ">>").last else { throw unfit }
        return dictionary[..<end.lowerBound] + "\(entry) " + dictionary[end.lowerBound...]
    }

    /// A text in UTF-16, as hexadecimal digits.
    private static func text(_ text: String) -> String {
        let bytes = text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
        return "<FEFF\(Hex.encode(bytes))>"
    }

    private static func date(_ time: Int64) -> String {
        "D:" + String(decoding: DER.time(time).dropFirst(2), as: UTF8.self)
    }

    private static func padded(_ number: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, 10 - text.count)) + text
    }

    private static let unfit = SealError(.unreadable, "PDF 的结构不是本系统写出的样子，没有签名。请把这条信息告诉管理员。")

    /// The table of objects of a PDF in its plain form.
    private struct Trailer {
        let start: Int
        let size: Int
        let root: Int
        let info: Int?
        let offsets: [Int: Int]

        init(_ pdf: [UInt8]) throws {
            guard let mark = pdf.lastRange(of: Array("startxref".utf8)),
                let start = Int(
                    String(decoding: pdf[mark.upperBound...].prefix(40), as: UTF8.self)
                        .split(whereSeparator: \.isWhitespace).first ?? ""), start < mark.lowerBound,
                pdf[start...].starts(with: Array("xref".utf8))
            else { throw PDFSignature.unfit }
            let text = String(decoding: pdf[start..<mark.lowerBound], as: UTF8.self)
            guard let place = text.firstRange(of: "trailer"), let size = PDFSignature.reference("/Size", in: text),
                let root = PDFSignature.reference("/Root", in: text)
            else { throw PDFSignature.unfit }
            var offsets: [Int: Int] = [:]
            let lines = text[..<place.lowerBound].split(separator: "\n").dropFirst(2)
            for (number, line) in lines.enumerated() where line.contains(" n") {
                offsets[number] = Int(line.prefix(10))
            }
            self.start = start
            self.size = size
            self.root = root
            info = PDFSignature.reference("/Info", in: text)
            self.offsets = offsets
        }
    }
}

extension [UInt8] {
    /// The last place of a pattern.
    fileprivate func lastRange(of pattern: [UInt8]) -> Range<Int>? {
        indices.reversed().first { self[$0...].starts(with: pattern) }.map { $0..<($0 + pattern.count) }
    }
}
