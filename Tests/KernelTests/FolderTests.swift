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
            _ = try folder.masterKey()
            _ = try folder.deploymentKey()
            let error = #expect(throws: KernelError.self) { try folder.create(settings: "") }
            #expect(error?.code == .deploymentExists)
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
