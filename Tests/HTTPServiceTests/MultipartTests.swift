import PluginKit
import Testing

@testable import HTTPService

/// The multipart parser against hostile and merely unusual forms.
@Suite struct MultipartTests {
    private static let limits = FormLimits(total: 1 << 20, field: 100, parts: 5)

    private func parse(_ bytes: [UInt8], boundary: String = "B", chunk: Int = .max) throws -> FormContent {
        var parser = try MultipartParser(boundary: boundary, limits: Self.limits)
        var rest = bytes[...]
        while !rest.isEmpty {
            let piece = rest.prefix(chunk)
            try parser.feed(piece)
            rest = rest.dropFirst(piece.count)
        }
        return try parser.finish()
    }

    private func field(_ name: String, _ value: String) -> String {
        "--B\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n"
    }

    @Test("the result does not depend on how the bytes are cut", arguments: [1, 2, 3, 5, 7, 64, 1_000])
    func cuts(_ chunk: Int) throws {
        let file = (0..<600).map { UInt8(truncatingIfNeeded: $0 &* 7) } + Array("\r\n--".utf8) + Array("\r\n-".utf8)
        let bytes =
            Array(field("a", "一\r\n二").utf8)
            + Array("--B\r\ncontent-disposition: form-data; name=f; filename=\"x.bin\"\r\n\r\n".utf8) + file
            + Array("\r\n--B\r\nContent-Disposition: form-data; name=\"empty\"\r\n\r\n\r\n--B--".utf8)
        let form = try parse(bytes, chunk: chunk)
        #expect(form.fields == ["a": ["一\n二"], "empty": [""]])
        #expect(form.files["f"]?.map(\.bytes) == [file])
    }

    @Test("a file input left empty is no file")
    func emptyFile() throws {
        let text =
            "--B\r\nContent-Disposition: form-data; name=\"f\"; filename=\"\"\r\nContent-Type: application/octet-stream\r\n\r\n\r\n--B--\r\n"
        #expect(try parse(Array(text.utf8)).files.isEmpty)
    }

    @Test("names are cleaned of paths, control and formatting characters")
    func names() throws {
        let text =
            "--B\r\nContent-Disposition: form-data; name=\"f\"; filename=\"C:\\\\dir\\\\\u{202E}gpj.exe\"\r\n\r\nx\r\n--B--\r\n"
        #expect(try parse(Array(text.utf8)).files["f"]?.first?.name == "gpj.exe")
        #expect(FileName.sanitise("../../..") == FileName.unnamed)
        #expect(FileName.sanitise(".bashrc") == "bashrc")
        #expect(FileName.sanitise(String(repeating: "长", count: 300) + ".pdf").count == 120)
    }

    @Test(
        "what breaks RFC 7578 or 2046 is refused",
        arguments: [
            "", "--B", "--B--x", "preamble\r\n--B\r\n", "--B\r\n\r\nno headers\r\n--B--",
            "--B\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\nx\r\n--B--",
            "--B\r\nContent-Disposition: form-data\r\n\r\nx\r\n--B--",
            "--B\r\nContent-Disposition: form-data; name=\"a\"; name=\"b\"\r\n\r\nx\r\n--B--",
            "--B\r\nContent-Disposition: form-data; name=\"a\"\r\nContent-Disposition: form-data; name=\"b\"\r\n\r\nx\r\n--B--",
            "--B\r\nContent-Disposition: form-data; name=\"a\"; filename*=UTF-8''x\r\n\r\nx\r\n--B--",
            "--B\r\nContent-Disposition: form-data; name=\"a\"\r\nContent-Transfer-Encoding: base64\r\n\r\neA==\r\n--B--",
            "--B\r\nContent-Disposition: form-data; name=\"a\"\r\nContent-Type: multipart/mixed; boundary=C\r\n\r\nx\r\n--B--",
            "--B\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nnever ends", "--B--\r\nafter",
            "--B\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\0y\r\n--B--",
            "--B\nContent-Disposition: form-data; name=\"a\"\n\nx\n--B--",
        ])
    func refused(_ text: String) {
        let error = #expect(throws: Problem.self) { _ = try self.parse(Array(text.utf8)) }
        #expect(error?.code == "http.malformed_form")
    }

    @Test("a form of nothing but its end is an empty form")
    func nothing() throws { #expect(try parse(Array("--B--\r\n".utf8)).fields.isEmpty) }

    @Test("limits hold: parts, fields, headers, the whole")
    func limits() throws {
        #expect(throws: Problem.self) {
            _ = try self.parse(Array((0..<6).map { field("\($0)", "x") }.joined().utf8) + Array("--B--".utf8))
        }
        let long = #expect(throws: Problem.self) {
            _ = try self.parse(Array((field("a", String(repeating: "x", count: 101)) + "--B--").utf8))
        }
        #expect(long?.status == 413)
        let header = "--B\r\nContent-Disposition: form-data; name=\"a\"; x=\"" + String(repeating: "y", count: 9_000)
        #expect(throws: Problem.self) { _ = try self.parse(Array(header.utf8), chunk: 100) }
        let file = Array("--B\r\nContent-Disposition: form-data; name=\"f\"; filename=\"f\"\r\n\r\n".utf8)
        let whole = #expect(throws: Problem.self) {
            _ = try self.parse(file + [UInt8](repeating: 1, count: 2 << 20), chunk: 65_536)
        }
        #expect(whole?.status == 413)
        #expect(
            try parse(file + [UInt8](repeating: 1, count: 500_000) + Array("\r\n--B--".utf8)).files["f"]?.first?.bytes
                .count == 500_000)
    }

    @Test(
        "boundaries must be of RFC 2046's set and length",
        arguments: ["", "a ", String(repeating: "b", count: 71), "a\"b", "ä"])
    func boundaries(_ boundary: String) {
        #expect(throws: Problem.self) { _ = try MultipartParser(boundary: boundary, limits: Self.limits) }
    }

    @Test("fields that are no UTF-8 are refused")
    func encoding() {
        let bytes =
            Array("--B\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n".utf8) + [0xC3, 0x28]
            + Array("\r\n--B--".utf8)
        #expect(throws: Problem.self) { _ = try self.parse(bytes) }
    }
}
