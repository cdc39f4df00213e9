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
