public import Cryptography
import Foundation
public import PluginKit

extension DeploymentFolder {
    /// The key that protects the data keys.
    ///
    /// - Throws: ``StorageError`` with code `storage.keys` when it is missing, damaged or readable by others.
    public func masterKey() throws -> MasterKey { try MasterKey.load(masterKeyPath) }

    /// The key with which this deployment signs (SM2).
    ///
    /// - Throws: ``KernelError`` when it is missing or damaged.
    public func deploymentKey() throws -> SM2.PrivateKey {
        guard let text = try? String(contentsOfFile: deploymentKeyPath, encoding: .utf8),
            let key = try? SM2.PrivateKey(pem: text)
        else {
            throw KernelError(
                .damagedKey, "部署签名密钥 \(deploymentKeyPath) 读不出来。请从备份恢复这个文件，不要重新生成。")
        }
        return key
    }

    func createKeys() throws {
        if !FileManager.default.fileExists(atPath: masterKeyPath) { _ = try MasterKey.create(masterKeyPath) }
        if FileManager.default.fileExists(atPath: deploymentKeyPath) { return }
        let key = try SM2.PrivateKey.generate()
        try createCertificates(for: key, at: SystemClock().now())
        let pem = try key.pem()
        guard
            FileManager.default.createFile(
                atPath: deploymentKeyPath, contents: Data(pem.utf8), attributes: [.posixPermissions: 0o600])
        else { throw KernelError(.folderNotWritable, "不能写入 \(deploymentKeyPath)。请检查目录的权限和磁盘空间。") }
    }
}
