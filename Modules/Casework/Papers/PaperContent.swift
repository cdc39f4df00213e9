import Cryptography
import Documents
import Extension
import Standards
import Storage

/// What a paper says, as it was frozen when it was issued: a reprint says the same, whatever became of the template.
struct PaperContent: Sendable, Hashable, Codable {
    let title: String
    let number: String
    let agency: String
    let day: LegalDay
    let blocks: [PageBlock]
    /// Whom one asks, in one line; nil in papers of earlier programs.
    let contact: String?

    /// The pages of the paper.
    var document: PageDocument {
        var document = PageDocument(title: title, author: agency, number: number, date: day.text, blocks: blocks)
        document.contact = contact ?? ""
        return document
    }

    /// SM3 of the stored form, in hex.
    static func digest(_ bytes: [UInt8]) -> String { Hex.encode(SM3.hash(bytes)) }
}

extension PaperTemplate {
    /// The paper for what a case says.
    ///
    /// - Parameters:
    ///   - code: what the QR code says, with what stands under it; nil for none.
    ///   - contact: whom one asks, in one line; empty for nothing.
    func content(
        _ facts: PaperFacts, number: String, agency: String, day: LegalDay, code: (text: String, caption: String)?,
        contact: String
    ) -> PaperContent {
        let blocks = blocks.compactMap { block -> PageBlock? in
            if let condition = block.condition, (facts[condition.field] != nil) != condition.isPresent { return nil }
            switch block.shape {
            case .paragraph(let pieces): return Self.paragraph(pieces, facts).map(PageBlock.paragraph)
            case .heading(let pieces): return Self.paragraph(pieces, facts).map(PageBlock.heading)
            case .line(let pieces): return Self.paragraph(pieces, facts).map(PageBlock.line)
            case .note(let pieces): return Self.paragraph(pieces, facts).map(PageBlock.note)
            case .table(let rows):
                let said = rows.compactMap { row in
                    Self.text(row.value, facts).map { PageRow(row.label, $0) }
                }
                return said.isEmpty ? nil : .table(said)
            case .list(let field):
                guard case .grid(let grid)? = facts[field] else { return nil }
                return .grid(grid)
            case .signatures(let labels): return .signatures(labels)
            case .seal:
                return .seal(
                    PageSeal(name: agency, day: day.chineseDate, code: code?.text, caption: code?.caption ?? ""))
            }
        }
        return PaperContent(
            title: Self.paragraph(title, facts) ?? kind.chinese, number: number, agency: agency, day: day,
            blocks: blocks, contact: contact)
    }

    /// The text with what is not known left out; nil when nothing remains.
    private static func paragraph(_ pieces: [Piece], _ facts: PaperFacts) -> String? {
        let text = pieces.map { piece in
            switch piece {
            case .words(let words): words
            case .value(let field): if case .text(let text)? = facts[field] { text } else { "" }
            }
        }.joined()
        return text.isEmpty ? nil : text
    }

    /// The text of a table's cell; nil when what it names is not known, so that the row is left out.
    private static func text(_ pieces: [Piece], _ facts: PaperFacts) -> String? {
        for case .value(let field) in pieces where facts[field] == nil { return nil }
        return paragraph(pieces, facts)
    }
}
