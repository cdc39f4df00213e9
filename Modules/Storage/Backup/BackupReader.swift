import Foundation

/// Reads the files of a backup one after the other.
struct BackupReader {
    private let file: FileHandle
    private let path: String
    private var position: UInt64 = 0

    /// What no file of a backup may exceed, so that a hostile one can't fill the memory.
    static let longest = 512 << 20

    init(_ path: String) throws {
        self.path = path
        guard let file = FileHandle(forReadingAtPath: path) else {
            throw StorageError(.backup, "读不到备份 \(path)。请检查路径和权限。")
        }
        self.file = file
    }

    /// The next file; nil at the end of the archive.
    ///
    /// - Throws: ``StorageError`` when the archive is cut off or none of ours.
    mutating func next() throws -> (path: String, bytes: [UInt8])? {
        let block = try read(TarHeader.blockLength)
        if block.allSatisfy({ $0 == 0 }), !block.isEmpty { return nil }
        guard let header = TarHeader(block), header.size <= Self.longest else { throw broken() }
        let bytes = try read(header.size)
        _ = try read(TarHeader.padding(after: header.size))
        return (header.path, bytes)
    }

    private mutating func read(_ count: Int) throws -> [UInt8] {
        if count == 0 { return [] }
        let data: Data
        do { data = try file.read(upToCount: count) ?? Data() } catch {
            throw StorageError(.backup, "备份 \(path) 读到一半出错。请检查它所在的磁盘。", detail: "\(error)")
        }
        guard data.count == count else { throw broken() }
        position += UInt64(count)
        return Array(data)
    }

    private func broken() -> StorageError {
        StorageError(
            .backup,
            position == 0
                ? "\(path) 不是 yiciban backup 做的备份。请核对文件名。"
                : "备份 \(path) 不完整或已损坏，读到第 \(position) 字节为止。请换一份备份。")
    }
}
