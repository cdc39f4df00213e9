import Documents
import Foundation

/// A folder for the files of one test, removed with it.
final class Scratch {
    let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("yiciban-documents-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

    func file(_ name: String, _ bytes: [UInt8]) throws -> String {
        try Data(bytes).write(to: URL(fileURLWithPath: path(name)))
        return path(name)
    }

    func rows(of path: String, sheet: String? = nil, limits: TableLimits = TableLimits()) throws -> [TableRow] {
        var rows: [TableRow] = []
        try TableFile(path: path, limits: limits).forEachRow(sheet: sheet) { rows.append($0) }
        return rows
    }

    /// A text in another encoding, by the system's own tool.
    func converted(_ text: String, to encoding: String) throws -> [UInt8] {
        let source = try file("source.txt", Array(text.utf8))
        return try run("iconv", "-f", "UTF-8", "-t", encoding, source)
    }

    /// A ZIP archive made by another program than ours.
    func archive(_ members: [String: String], named name: String = "book.xlsx") throws -> String {
        let script = """
            import sys, zipfile, json
            with zipfile.ZipFile(sys.argv[1], "w", zipfile.ZIP_DEFLATED) as z:
                for name, text in json.load(open(sys.argv[2])).items(): z.writestr(name, text)
            """
        let list = try file("members.json", Array(JSONEncoder().encode(members)))
        _ = try run("python3", "-c", script, path(name), list)
        return path(name)
    }

    /// A workbook with one sheet; style 1 shows dates.
    func workbook(sheet rows: String) throws -> String {
        let main = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\""
        return try archive([
            "xl/workbook.xml": """
            <x:workbook xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main" \
            xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">\
            <x:sheets><x:sheet name="事项" sheetId="1" r:id="rId1"/></x:sheets></x:workbook>
            """,
            "xl/_rels/workbook.xml.rels": """
            <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">\
            <Relationship Id="rId1" Type="worksheet" Target="/xl/worksheets/sheet1.xml"/></Relationships>
            """,
            "xl/styles.xml": """
            <styleSheet \(main)><numFmts><numFmt numFmtId="200" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/>\
            </numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="200"/></cellXfs></styleSheet>
            """,
            "xl/worksheets/sheet1.xml": "<worksheet \(main)><sheetData>\(rows)</sheetData></worksheet>",
        ])
    }

    func run(_ command: String...) throws -> [UInt8] {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = command
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let bytes = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw CocoaError(.executableLoad) }
        return Array(bytes)
    }
}

/// A generator whose numbers depend on its seed alone.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
