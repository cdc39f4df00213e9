import ArgumentParser
import Extension
import Foundation

/// The file in which an import leaves first passwords, for its owner's eyes.
///
/// It gets its name only once the accounts are there; until then it stands beside it as `….partial`, so that whoever is
/// stopped in the middle loses none.
struct PasswordFile {
    private let path: String
    private var partial: String { path + ".partial" }

    /// - Throws: a usage error when something is in the way.
    init(_ path: String) throws {
        self.path = path
        if FileManager.default.fileExists(atPath: path) {
            throw ValidationError("文件 \(path) 已经存在。密码文件不能覆盖，请换一个文件名。")
        }
        if FileManager.default.fileExists(atPath: partial) {
            throw ValidationError(
                "上次导入中断了，留下了 \(partial)。请先用 account list 看看里面的账号：已经建立的，初始密码就在这个文件里；没有建立的，删去这个文件再导入。")
        }
    }

    /// Keeps the passwords before the accounts are opened.
    func keep(_ accounts: [OrganisationImport.NewAccount]) throws {
        let lines = ["登录名,姓名,初始密码"] + accounts.map { "\($0.login),\($0.name),\($0.password)" }
        let isMade = FileManager.default.createFile(
            atPath: partial, contents: Data((lines.joined(separator: "\n") + "\n").utf8),
            attributes: [.posixPermissions: 0o600])
        if !isMade { throw Problem(422, "document.unwritable", "写不进去", "文件 \(path) 写不进去，没有导入。请检查目录和权限。") }
    }

    /// Gives the file its name.
    func finish() throws {
        guard rename(partial, path) == 0 else {
            throw Problem(422, "document.unwritable", "改不了名", "账号已经建立，初始密码在 \(partial)，没能改名为 \(path)。")
        }
    }

    func discard() { try? FileManager.default.removeItem(atPath: partial) }
}
