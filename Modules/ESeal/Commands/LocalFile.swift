import Cryptography
import Foundation

/// Files that a command is given.
enum LocalFile {
    static func read(_ path: String, limit: Int) throws -> [UInt8] {
        // An empty file reads as nil.
        guard let handle = FileHandle(forReadingAtPath: path),
            let data = try? handle.read(upToCount: limit + 1) ?? Data()
        else { throw SealError(.unreadable, "读不到文件 \(path)，请核对路径和读取权限。") }
        guard data.count <= limit else {
            throw SealError(.fileSize, "文件 \(path) 超过 \(limit >> 20) MB，没有读取。请核对是不是所要的文件。")
        }
        return Array(data)
    }

    /// Writes a file that nobody else may read; none that exists is replaced.
    static func write(_ bytes: [UInt8], to path: String) throws {
        let manager = FileManager.default
        guard !manager.fileExists(atPath: path),
            manager.createFile(atPath: path, contents: Data(bytes), attributes: [.posixPermissions: 0o600])
        else { throw SealError(.unreadable, "不能写入 \(path)：文件已存在，或目录不可写。请换一个文件名。") }
    }
}

/// Certificates in files.
enum CertificateFile {
    static func all(_ path: String) throws -> [Certificate] {
        guard let text = String(validating: try LocalFile.read(path, limit: 1 << 20), as: UTF8.self),
            let certificates = try? Certificate.all(inPEM: text), !certificates.isEmpty
        else { throw SealError(.unreadable, "\(path) 里没有可用的国密证书（PEM），请换成证书文件。") }
        return certificates
    }

    static func revocationList(_ path: String) throws -> RevocationList {
        guard let text = String(validating: try LocalFile.read(path, limit: 8 << 20), as: UTF8.self),
            let list = try? RevocationList(pem: text)
        else { throw SealError(.unreadable, "\(path) 里没有可用的吊销列表（PEM），请换成 CRL 文件。") }
        return list
    }
}
