import Foundation
import Testing

@Suite("Architecture")
struct ArrowTests {
    @Test("imports follow the allowed arrows and no others")
    func arrows() throws {
        for file in try SourceTree.files() {
            let forbidden = file.imports.intersection(Arrows.modules).subtracting(Arrows.allowed(for: file.module))
                .subtracting([file.module])
            #expect(forbidden.isEmpty, "\(file) must not import \(forbidden.sorted())")
        }
    }

    @Test("each third-party library has one keeper")
    func keepers() throws {
        for file in try SourceTree.files() {
            for (library, keepers) in Arrows.keepers where file.imports.contains(library) {
                #expect(keepers.contains(file.module), "\(file) must not import \(library)")
            }
        }
    }

    @Test("no file grows beyond five hundred lines")
    func size() throws {
        for file in try SourceTree.files() { #expect(file.lines <= 500, "\(file) has \(file.lines) lines") }
    }

    @Test("every module of the tree is known to the list of arrows")
    func known() throws {
        let unknown = Set(try SourceTree.files().map(\.module)).subtracting(Arrows.modules)
        #expect(unknown.isEmpty, "give \(unknown.sorted()) its arrows in Arrows.swift")
    }

    @Test("nothing that compiles BoringSSL is depended on")
    func oneCryptographicLibrary() throws {
        let manifest = try String(contentsOf: SourceTree.root.appendingPathComponent("Package.swift"), encoding: .utf8)
        for carrier in ["swift-crypto", "jwt-kit", "swift-certificates", "swift-nio-ssl", "async-http-client"] {
            #expect(!manifest.contains("/\(carrier)\""), "\(carrier) carries BoringSSL")
        }
    }
}
