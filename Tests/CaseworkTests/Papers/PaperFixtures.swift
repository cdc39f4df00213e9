import Casework
import Extension
import Foundation
import Standards
import Storage
import Testing

/// Runs the programs with which papers and packets are looked at.
enum Tool {
    static func run(_ command: String...) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = command
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let bytes = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "\(command)")
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// A folder for the files of one test, removed with it.
final class PaperFolder {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appendingPathComponent("yiciban-papers-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    func path(_ name: String) -> String { url.appendingPathComponent(name).path }

    func write(_ bytes: some Sequence<UInt8>, _ name: String) throws -> String {
        try Data(bytes).write(to: URL(fileURLWithPath: path(name)))
        return path(name)
    }
}

extension World {
    func correct(_ id: Identifier, _ faults: [Fault]) async throws -> CaseFile {
        let act = clerk
        return try await write { [casework] in try casework.requestCorrection(id, faults: faults, by: act, in: $0) }
    }

    func refuse(_ item: String, _ id: Identifier) async throws -> CaseFile {
        let act = officer("卫健")
        return try await write { [casework] in
            try casework.refuse(item, of: id, reason: "没有在本市助产机构出生", remedy: "可以补充证明后重新申请", by: act, in: $0)
        }
    }

    func serve(
        _ paper: Identifier, of id: Identifier, by way: PaperService.Way = .inPerson, tracking: String? = nil,
        act: Act? = nil
    ) async throws -> CaseFile {
        let act = act ?? clerk
        return try await write { [casework] in
            try casework.serve(
                paper, of: id, by: way, to: "李晓梅", on: act.now.day, tracking: tracking, by: act, in: $0)
        }
    }

    /// What a paper says, as another program reads it from the PDF.
    func text(_ kind: PaperKind, of file: CaseFile, in folder: PaperFolder) async throws -> String {
        let paper = try #require(file.papers?.last { $0.kind == kind })
        let reply = try await casework.paper(paper.id, of: file.id, by: clerk)
        #expect(reply.contentType == "application/pdf")
        let text = try Tool.run("pdftotext", "-raw", try folder.write(reply.bytes, "paper.pdf"), "-")
        // Lines break where the paper is full.
        return text.filter { !$0.isWhitespace }
    }
}
