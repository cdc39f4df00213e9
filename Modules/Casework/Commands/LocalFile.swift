import Extension
import Foundation

/// A file that the user named on the command line.
enum LocalFile {
    /// Reads a file; its name and ending stand for what a browser would declare.
    ///
    /// - Parameter limit: in bytes; more is refused before it fills the memory.
    /// - Throws: ``Problem`` with the remedy.
    static func read(_ path: String, limit: Int) throws -> UploadedFile {
        guard let handle = FileHandle(forReadingAtPath: path), let data = try? handle.read(upToCount: limit + 1) else {
            throw Problem(422, "input.file_unreadable", "读不到文件", "读不到文件 \(path)，请核对路径和读取权限。")
        }
        guard data.count <= limit else {
            throw Problem(
                413, "input.file_too_large", "文件太大", "文件 \(path) 超过 \(limit >> 20) MB，请压缩或分开后再试。")
        }
        let name = URL(fileURLWithPath: path).lastPathComponent
        return UploadedFile(bytes: Array(data), name: name, contentType: type(ofName: name))
    }

    /// Writes a file that nobody else may read, since papers name people.
    ///
    /// - Throws: ``Problem`` with the remedy.
    static func write(_ bytes: [UInt8], to path: String) throws {
        guard !FileManager.default.fileExists(atPath: path),
            FileManager.default.createFile(
                atPath: path, contents: Data(bytes), attributes: [.posixPermissions: 0o600])
        else {
            throw Problem(422, "input.file_unwritable", "没有写成文件", "不能写入 \(path)：文件已存在，或目录不可写。请换一个文件名。")
        }
    }

    private static func type(ofName name: String) -> String {
        switch name.split(separator: ".").dropFirst().last?.lowercased() {
        case "pdf": "application/pdf"
        case "png": "image/png"
        case "jpg", "jpeg": "image/jpeg"
        case "ofd": "application/ofd"
        default: "application/octet-stream"
        }
    }
}
