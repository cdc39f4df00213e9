import Foundation
import Kernel

/// An account of a sample deployment with its generated password.
struct SampleAccount: Codable, Sendable, Hashable {
    let username: String
    let password: String
    let name: String
    /// What it plays in the sample, such as `mother` or `officer-health`.
    let role: String
    /// The same for people; nil in a sample made by an earlier program.
    var title: String?

    /// The accounts in a deployment's folder; none when it is no sample.
    ///
    /// - Throws: ``ConsoleError`` when the file is there but can't be read.
    static func load(_ folder: DeploymentFolder) throws -> [SampleAccount] {
        guard FileManager.default.fileExists(atPath: folder.sampleAccountsPath) else { return [] }
        do {
            let data = try Data(contentsOf: URL(fileURLWithPath: folder.sampleAccountsPath))
            return try JSONDecoder().decode([SampleAccount].self, from: data)
        } catch {
            throw ConsoleError(
                "console.sample_accounts", "\(folder.sampleAccountsPath) 读不出来。请检查权限；它只供试用，可以删去后重新启动。")
        }
    }

    /// Writes the accounts, readable by their owner alone.
    static func save(_ accounts: [SampleAccount], in folder: DeploymentFolder) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .withoutEscapingSlashes]
        let data = try encoder.encode(accounts)
        guard
            FileManager.default.createFile(
                atPath: folder.sampleAccountsPath, contents: data, attributes: [.posixPermissions: 0o600])
        else { throw KernelError(.folderNotWritable, "不能写入 \(folder.sampleAccountsPath)。请检查目录的权限和磁盘空间。") }
    }
}
