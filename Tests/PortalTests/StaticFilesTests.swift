import Testing

@testable import Portal

@Suite("Static files")
struct StaticFilesTests {
    let files: StaticFiles

    init() throws { files = try StaticFiles(try ResourceFolder.bundled()) }

    @Test("each file has the type that browsers need")
    func types() throws {
        #expect(try #require(files.files["portal.css"]).contentType == "text/css; charset=utf-8")
        #expect(try #require(files.files["portal.js"]).contentType == "text/javascript; charset=utf-8")
        #expect(try #require(files.files["logo.svg"]).contentType == "image/svg+xml")
    }

    @Test(
        "no path climbs out of the folder",
        arguments: ["../templates/home.mustache", "./portal.css", "/portal.css", "..\\portal.css", "portal.css/", ""])
    func traversal(path: String) { #expect(files.files[path] == nil) }

    @Test("the version changes with the content")
    func version() {
        #expect(files.version.count == 16)
        #expect(ContentDigest(of: [1, 2]).text != ContentDigest(of: [2, 1]).text)
        // The published vector of FNV-1a for "a".
        #expect(ContentDigest(of: Array("a".utf8)).text == "af63dc4c8601ec8c")
    }
}
