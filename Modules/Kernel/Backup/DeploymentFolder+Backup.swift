public import Cryptography
import Foundation
public import PluginKit

extension DeploymentFolder {
    /// Under which name the signing key travels in a backup, sealed by the master key.
    private static let sealedKey = "keys/deployment.key.sealed"
    private static let purpose = "deployment-key"
    private static let longest = 64 << 20

    /// The files of the folder that belong into a backup: settings without the database's address, certificates,
    /// themes, and the signing key, sealed. The master key is never among them.
    ///
    /// - Throws: ``KernelError`` or ``StorageError`` when one of them can't be read.
    func attachments() throws -> [Backup.Attachment] {
        var attachments = [
            Backup.Attachment(path: "settings.yaml", bytes: Array(try settingsText().withoutDatabase().utf8)),
            Backup.Attachment(
                path: Self.sealedKey,
                bytes: try masterKey().sealed(Array(try deploymentKey().pem().utf8), purpose: Self.purpose)),
        ]
        for file in files() where Self.isCarried(file) {
            guard let data = FileManager.default.contents(atPath: "\(path)/\(file)"), data.count <= Self.longest else {
                throw StorageError(
                    .backup, "\(path)/\(file) 读不出来，或超过 64 MB，不能放进备份。请检查它的权限，或把它移出部署的目录。")
            }
            attachments.append(Backup.Attachment(path: file, bytes: Array(data)))
        }
        return attachments
    }

    func settingsText() throws -> SettingsText {
        guard let text = try? String(contentsOfFile: settingsPath, encoding: .utf8) else {
            throw KernelError(.noDeployment, "读不到 \(settingsPath)。请检查文件的权限。")
        }
        return SettingsText(text)
    }

    /// All plain files by their path in the folder; links are not followed.
    private func files() -> [String] {
        guard let walk = FileManager.default.enumerator(atPath: path) else { return [] }
        var files: [String] = []
        while let name = walk.nextObject() as? String {
            if walk.fileAttributes?[.type] as? FileAttributeType == .typeRegular { files.append(name) }
        }
        return files.sorted()
    }

    /// Whether a file of the folder goes into a backup as it is, and may come back out of one.
    static func isCarried(_ file: String) -> Bool {
        let parts = file.split(separator: "/", omittingEmptySubsequences: false)
        guard !parts.isEmpty, parts.allSatisfy({ !$0.isEmpty && !$0.hasPrefix(".") }), let name = parts.last else {
            return false
        }
        // Only certificates: whatever else lies among the keys is a secret.
        if parts[0] == "keys" { return name.hasSuffix(".pem") }
        if parts.count == 1, name == "settings.yaml" || name == "sample-accounts.json" || name == restoreMark {
            return false
        }
        if parts.count == 1, name.hasPrefix("yiciban.db") { return false }
        return !name.hasSuffix(".tar") && !name.hasSuffix(".partial")
    }

    /// The key that must have signed a backup with these files.
    public static func signer(of attachments: [Backup.Attachment]) -> SM2.PublicKey? {
        attachments.first { $0.path == "keys/deployment.pem" }
            .flatMap { try? Certificate(pem: String(decoding: $0.bytes, as: UTF8.self)) }?.publicKey
    }

    /// The key with which this deployment signs its backups.
    ///
    /// - Throws: ``KernelError`` when it is missing or damaged.
    public func signer() throws -> SM2.PublicKey { try deploymentKey().publicKey }

    /// Checks that the certificate in a backup belongs to the signing key that only the master key opens: whoever holds a
    /// stolen backup can put a certificate and a signature of their own into it, but not that key.
    ///
    /// - Throws: ``KernelError`` when it does not; ``StorageError`` when the master key is another deployment's.
    public static func checkSigner(of attachments: [Backup.Attachment], master: MasterKey) throws {
        let pem = String(decoding: try deploymentKey(in: attachments, master: master), as: UTF8.self)
        guard let key = try? SM2.PrivateKey(pem: pem), key.publicKey == signer(of: attachments) else {
            throw KernelError(.backup, "备份里的签名证书与部署的签名密钥不是一对，备份被改造过，没有恢复任何内容。请换一份备份，并查清它经过谁的手。")
        }
    }

    /// Opens the signing key that a backup carries.
    ///
    /// - Throws: ``StorageError`` when the master key is another deployment's; ``KernelError`` when there is none.
    static func deploymentKey(in attachments: [Backup.Attachment], master: MasterKey) throws -> [UInt8] {
        guard let sealed = attachments.first(where: { $0.path == sealedKey }) else {
            throw KernelError(.backup, "备份里没有部署的签名密钥。请换一份备份。")
        }
        return try master.opened(sealed.bytes, purpose: purpose)
    }
}
