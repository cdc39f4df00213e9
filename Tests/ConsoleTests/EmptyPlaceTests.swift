import Foundation
import Kernel
import Testing

@testable import Console

@Suite("The folder of a new deployment")
struct EmptyPlaceTests {
    let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("yiciban-console-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    @Test("a folder with other things in it is refused and left as it is")
    func foreignFolder() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data("x".utf8).write(to: folder.appendingPathComponent("照片.txt"))
        let error = #expect(throws: ConsoleError.self) { try EmptyPlace(DeploymentFolder(folder.path)) }
        #expect(error?.code == "console.folder_not_empty")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["照片.txt"])
    }

    @Test("after a failure a folder that was there stays, and is empty again")
    func restoreExisting() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let place = try EmptyPlace(DeploymentFolder(folder.path))
        try Data("x".utf8).write(to: folder.appendingPathComponent("yiciban.db"))
        place.restore()
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
    }

    @Test("after a failure a folder that was made is gone")
    func restoreMissing() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let inner = folder.appendingPathComponent("data")
        let place = try EmptyPlace(DeploymentFolder(inner.path))
        try FileManager.default.createDirectory(at: inner, withIntermediateDirectories: true)
        place.restore()
        #expect(!FileManager.default.fileExists(atPath: inner.path))
    }
}
