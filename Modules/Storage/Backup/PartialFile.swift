import Foundation

/// A file that appears under its name only when it is whole: written beside it as `.partial`, flushed, then renamed.
///
/// What a killed program leaves is a `.partial` that the next one writes anew. A lock on it keeps two programs apart.
final class PartialFile: Sendable {
    private let descriptor: Int32
    private let path: String
    private let partialPath: String

    /// - Parameters:
    ///   - path: where the whole file shall be; nothing may be there.
    ///   - partialPath: where it is written; in the same folder.
    /// - Throws: ``StorageError`` with code ``StorageError/Code/backup`` when the place is taken, can't be written, or
    ///   another program is writing there.
    init(_ path: String, partialPath: String) throws {
        self.path = path
        self.partialPath = partialPath
        guard !FileManager.default.fileExists(atPath: path) else { throw Self.taken(path) }
        let descriptor = open(partialPath, O_WRONLY | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw StorageError(
                .backup, "不能写入 \(partialPath)。请检查目录是否存在、是否可写。", detail: String(cString: strerror(errno)))
        }
        self.descriptor = descriptor
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            throw StorageError(.backup, "另一个备份正在写 \(partialPath)。请等它做完再试。")
        }
        guard fchmod(descriptor, 0o600) == 0, ftruncate(descriptor, 0) == 0 else { throw failure() }
    }

    deinit { close(descriptor) }

    func write(_ bytes: [UInt8]) throws {
        try bytes.withUnsafeBytes { buffer in
            var rest = buffer[...]
            while !rest.isEmpty {
                let written = Foundation.write(
                    descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                if written < 0, errno == EINTR { continue }
                guard written > 0 else { throw failure() }
                rest = rest.dropFirst(written)
            }
        }
    }

    /// Lets the file appear under its name, whole and on the disk.
    func finish() throws {
        guard fsync(descriptor) == 0 else { throw failure() }
        guard !FileManager.default.fileExists(atPath: path) else { throw Self.taken(path) }
        guard rename(partialPath, path) == 0 else { throw failure() }
        let folder = open((path as NSString).deletingLastPathComponent.orCurrent, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { throw failure() }
        defer { close(folder) }
        guard fsync(folder) == 0 else { throw failure() }
    }

    /// Removes what was written so far.
    func discard() { unlink(partialPath) }

    private func failure() -> StorageError {
        let reason = String(cString: strerror(errno))
        return errno == ENOSPC || errno == EDQUOT
            ? StorageError(.diskFull, "磁盘已满，\(partialPath) 没有写完。请清理磁盘空间，或换一个目录。", detail: reason)
            : StorageError(.backup, "\(partialPath) 没有写成。请检查目录和所在磁盘。", detail: reason)
    }

    private static func taken(_ path: String) -> StorageError {
        StorageError(.backup, "\(path) 已经存在，没有改动它。请换一个文件名。")
    }
}

extension String {
    fileprivate var orCurrent: String { isEmpty ? "." : self }
}
