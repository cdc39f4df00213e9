import Foundation
import PluginKit
import Testing

@testable import Kernel

/// The folder of a deployment.
@Suite struct FolderTests {
    @Test("a folder without a deployment says what to run")
    func missing() async throws {
        try await Booting.inFolder { folder in
            let error = #expect(throws: KernelError.self) { try folder.check() }
            #expect(error?.code == .noDeployment)
            #expect(error?.message.contains("yiciban init --from yueyang --data \(folder.path)") == true)
        }
    }

    @Test("a new deployment has keys that only its owner can read, and is not made twice")
    func create() async throws {
        try await Booting.inFolder { folder in
            try folder.create(settings: "name: 测试\n")
            try folder.check()
            for path in [folder.masterKeyPath, folder.deploymentKeyPath] {
                let attributes = try FileManager.default.attributesOfItem(atPath: path)
                #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
            }
            for path in [folder.path, folder.keysPath] {
                let attributes = try FileManager.default.attributesOfItem(atPath: path)
                #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o700)
            }
            _ = try folder.masterKey()
            _ = try folder.deploymentKey()
            let error = #expect(throws: KernelError.self) { try folder.create(settings: "") }
            #expect(error?.code == .deploymentExists)
        }
    }

    @Test("the database can be read by its owner alone, also one that an earlier program made")
    func database() async throws {
        try await Booting.inFolder { folder in
            try folder.create(settings: "name: 测试\ndivision: 430600\n")
            func boot() async throws {
                let kernel = try await Kernel.boot(
                    folder: folder, plugins: [], composition: Booting.bare, logger: Booting.logger)
                let mode = try FileManager.default.attributesOfItem(atPath: folder.databasePath)[.posixPermissions]
                #expect((mode as? NSNumber)?.intValue == 0o600)
                try await kernel.close()
            }
            try await boot()
            try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: folder.databasePath)
            try await boot()
        }
    }

    @Test("a key that others can read stops the start with the command that mends it")
    func openKey() async throws {
        try await Booting.inFolder { folder in
            try folder.create(settings: "name: 测试\n")
            try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: folder.masterKeyPath)
            let error = #expect(throws: KernelError.self) { try folder.check() }
            #expect(error?.code == .openKey)
            #expect(error?.message.contains("chmod 600") == true)
        }
    }
}
