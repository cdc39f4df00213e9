public import Cryptography
import Foundation

/// The key that protects all other keys: the one secret that lives outside of the database.
public struct MasterKey: Sendable {
    let wrapping: SM4.Cipher

    /// A master key that is already in memory, for tests and for keys held by a hardware module.
    public init(_ key: SymmetricKey) {
        wrapping = SM4.Cipher(key.derived(label: "yiciban.storage.wrap"))
    }

    private static let header = "yiciban-master-key-1 "

    /// Reads the key from a file that only its owner may read.
    ///
    /// - Throws: ``StorageError`` with code ``StorageError/Code/keys`` when the file is missing, its mode is wider than
    ///   0600, or it holds something else.
    public static func load(_ path: String) throws -> MasterKey {
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: path),
            let mode = (attributes[.posixPermissions] as? NSNumber)?.intValue
        else {
            throw StorageError(.keys, "找不到主密钥文件 \(path)。请核对设置里的路径；新部署请先建立主密钥。")
        }
        guard mode & 0o077 == 0 else {
            let octal = String(mode & 0o777, radix: 8)
            throw StorageError(
                .keys, "主密钥文件 \(path) 的权限是 \(octal)，别的用户也能读到。请执行 chmod 600 \(path) 后重新启动。", detail: octal)
        }
        guard let text = try? String(contentsOfFile: path, encoding: .utf8), text.hasPrefix(header),
            let bytes = try? Hex.decode(text.dropFirst(header.count).trimmingCharacters(in: .newlines)),
            let key = try? SymmetricKey(bytes: bytes)
        else {
            throw StorageError(.keys, "主密钥文件 \(path) 读不出来，内容不完整或没有读取权限。请把另外保管的主密钥副本放回来，不要重新生成：备份里没有它。")
        }
        return MasterKey(key)
    }

    /// Makes a new key in a new file with mode 0600.
    ///
    /// - Throws: ``StorageError`` with code ``StorageError/Code/keys`` when the file exists already or can't be
    ///   written.
    public static func create(_ path: String) throws -> MasterKey {
        let bytes = SecureRandom.bytes(SymmetricKey.length)
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            let reason = String(cString: strerror(errno))
            throw StorageError(.keys, "不能建立主密钥文件 \(path)：文件已存在，或目录不可写。已有的主密钥绝不能覆盖。", detail: reason)
        }
        let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        do {
            try file.write(contentsOf: Data((header + Hex.encode(bytes) + "\n").utf8))
            try file.synchronize()
        } catch {
            throw StorageError(.keys, "主密钥文件 \(path) 没有写完整。请检查磁盘空间，删去它后重试。", detail: "\(error)")
        }
        return MasterKey(try SymmetricKey(bytes: bytes))
    }

    func wrap(_ key: [UInt8], id: Int64, seed: Seed) throws -> [UInt8] {
        try wrapping.seal(key, associated: Self.label(id), nonce: seed.nonce("data_key/\(id)", for: key))
    }

    func unwrap(_ wrapped: [UInt8], id: Int64) throws -> SymmetricKey {
        do {
            return try SymmetricKey(bytes: try wrapping.open(wrapped, associated: Self.label(id)))
        } catch {
            throw StorageError(
                .keys, "主密钥与这个数据库不相配，数据打不开。请找回建立这个数据库时所用的主密钥文件。", detail: "\(error)")
        }
    }

    private static func label(_ id: Int64) -> [UInt8] { Array("yiciban.data_key.\(id)".utf8) }
}
