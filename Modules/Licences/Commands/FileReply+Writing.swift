import Extension
import Foundation

extension FileReply {
    /// Writes the file where an operator asked for it; personal content is readable by its owner alone.
    ///
    /// - Throws: ``LicenceError`` when the file is there already or can't be written.
    func write(to path: String) throws {
        let manager = FileManager.default
        guard !manager.fileExists(atPath: path),
            manager.createFile(atPath: path, contents: Data(bytes), attributes: [.posixPermissions: 0o600])
        else {
            throw LicenceError(.unreadable, "不能写入 \(path)：文件已存在，或目录不可写。请换一个文件名。")
        }
    }
}
