import Foundation
import Kernel
import Testing

@testable import Console

@Suite("The folder of a new deployment")
struct StagedPlaceTests {
    let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("yiciban-console-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    private func remove() { try? FileManager.default.removeItem(at: folder) }

    private func contents() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    }

    private func put(_ name: String, in folder: String) throws {
        try Data("x".utf8).write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
    }

    @Test("a folder with other things in it is refused and left as it is")
    func foreignFolder() throws {
        defer { remove() }
        try put("照片.txt", in: folder.path)
        let error = #expect(throws: ConsoleError.self) { try StagedPlace(DeploymentFolder(folder.path)) }
        #expect(error?.code == "console.folder_not_empty")
        #expect(try contents() == ["照片.txt"])
    }

    @Test("nothing looks like a deployment until it is whole")
    func staged() throws {
        defer { remove() }
        let target = DeploymentFolder(folder.path)
        let place = try StagedPlace(target)
        try place.begin(nil)
        for name in ["settings.yaml", "yiciban.db"] { try put(name, in: place.stage.path) }
        #expect(!target.hasDeployment)
        try place.publish()
        #expect(try contents() == ["settings.yaml", "yiciban.db"])
        let error = #expect(throws: KernelError.self) { try StagedPlace(target) }
        #expect(error?.code == .deploymentExists)
    }

    @Test("what a try left that was killed is cleared by the next one, wherever it was killed")
    func killed() throws {
        defer { remove() }
        let target = DeploymentFolder(folder.path)
        let first = try StagedPlace(target)
        try first.begin("dbname=one")
        try put("settings.yaml", in: first.stage.path)
        // Killed while it was put in its place.
        try put("yiciban.db", in: folder.path)

        let second = try StagedPlace(target)
        #expect(second.hasBegun("dbname=one") && !second.hasBegun("dbname=two") && !second.hasBegun(nil))
        try second.begin(nil)
        #expect(try contents() == [StagedPlace.stageName])
        #expect(try FileManager.default.contentsOfDirectory(atPath: second.stage.path).isEmpty)
    }

    @Test("after a failure a folder that was there stays, and is empty again")
    func restoreExisting() throws {
        defer { remove() }
        let place = try StagedPlace(DeploymentFolder(folder.path))
        try place.begin(nil)
        try put("yiciban.db", in: place.stage.path)
        place.restore()
        #expect(try contents() == [])
    }

    @Test("after a failure a folder that was made is gone")
    func restoreMissing() throws {
        defer { remove() }
        let inner = folder.appendingPathComponent("data")
        let place = try StagedPlace(DeploymentFolder(inner.path))
        try place.begin(nil)
        place.restore()
        #expect(!FileManager.default.fileExists(atPath: inner.path))
    }
}
