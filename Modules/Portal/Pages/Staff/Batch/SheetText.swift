import Foundation
import PluginKit

/// Rows that were copied out of a spreadsheet or exported as CSV (RFC 4180), each with the text it was read from.
struct SheetText {
    /// One row.
    struct Row: Equatable {
        /// The line on which it begins, counted from 1.
        let line: Int
        let cells: [String]
        /// The row as it was typed, so that it can be given back.
        let source: String
    }

    let rows: [Row]

    /// Reads a text; rows without any content are left out.
    ///
    /// Cells copied from a spreadsheet are parted by tabs, those of a CSV file by commas; the first row that has
    /// either tells which it is. A full-width comma is what a Chinese keyboard types. Where a quote is never closed, quotes are plain text.
    init(_ text: String) {
        let text = text.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
        // A title above the heading tells nothing of how the columns are parted.
        let separator = Self.separator(of: text.prefix { $0 != "\n" }) ?? Self.separator(of: text[...]) ?? "，"
        rows = Self.rows(of: text, separator, quotes: true) ?? Self.rows(of: text, separator, quotes: false) ?? []
    }

    private static func separator(of head: Substring) -> Character? {
        var isQuoted = false
        let bare = head.filter { character in
            if character == "\"" { isQuoted.toggle() }
            return !isQuoted
        }
        return ["\t", ",", "，"].first { bare.contains($0) }
    }

    /// The rows; nil when a quote is never closed.
    private static func rows(of text: String, _ separator: Character, quotes: Bool) -> [Row]? {
        var rows: [Row] = []
        var (cells, cell, source) = ([String](), "", "")
        var (line, start, isQuoted, hasClosed) = (1, 1, false, false)
        func endRow() {
            cells.append(cell.withoutOuterSpace)
            if cells.contains(where: { !$0.isEmpty }) { rows.append(Row(line: start, cells: cells, source: source)) }
            (cells, cell, source, hasClosed) = ([], "", "", false)
        }
        for character in text {
            if character == "\n" { line += 1 }
            if character == "\n", !isQuoted {
                endRow()
                start = line
                continue
            }
            source.append(character)
            switch character {
            case "\"" where quotes && isQuoted: (isQuoted, hasClosed) = (false, true)
            // A quote at once after the closing one is a quote inside of the cell.
            case "\"" where quotes && hasClosed:
                cell.append(character)
                (isQuoted, hasClosed) = (true, false)
            case "\"" where quotes && cell.isEmpty: isQuoted = true
            case separator where !isQuoted:
                cells.append(cell.withoutOuterSpace)
                (cell, hasClosed) = ("", false)
            default:
                cell.append(character)
                hasClosed = false
            }
        }
        endRow()
        return isQuoted ? nil : rows
    }

    /// The text of a file: UTF-8, UTF-16 with its mark, or what Chinese spreadsheets write otherwise (GB 18030).
    ///
    /// - Throws: a problem for bytes that are no text in any of them, such as a spreadsheet file itself.
    static func text(of file: UploadedFile) throws -> String {
        let bytes = file.bytes
        let isWide = bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
        let text =
            isWide
            ? String(bytes: bytes, encoding: .utf16)
            : String(validating: bytes, as: UTF8.self) ?? String(bytes: bytes, encoding: .gb18030)
        guard let text, !text.unicodeScalars.contains("\0") else {
            throw Problem.invalid([
                Finding("file", "sheet.not_text", "读不出这个文件。请在表格软件里选“另存为 CSV”，或者直接复制表格粘贴到方框里。")
            ])
        }
        return text.hasPrefix("\u{FEFF}") ? String(text.dropFirst()) : text
    }
}

extension String.Encoding {
    /// GB 18030, which contains GBK and GB 2312.
    fileprivate static let gb18030 = String.Encoding(rawValue: 0x8000_0632)
}
