import CLibZip
import Foundation

/// Writes a ZIP archive of any size in constant memory: members wait in a private folder beside the archive until it is
/// finished, and the archive appears under its name only when it is whole.
public final class ZipWriter {
    private let path: String
    private let folder: URL
    private let archive: OpaquePointer
    private var isOpen = true
    private var count = 0
    private var names: Set<String> = []

    /// - Throws: ``DocumentsError`` when there is a file of this name already, or none can be made.
    public init(path: String) throws {
        self.path = path
        guard !FileManager.default.fileExists(atPath: path) else {
            throw DocumentsError(.unwritable, "\(path) 已经存在，没有覆盖。请换一个文件名。")
        }
        folder = URL(fileURLWithPath: "\(path).part-\(UUID().uuidString)", isDirectory: true)
        do {
            try FileManager.default.createDirectory(
                at: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
        } catch { throw DocumentsError.unwritable(path) }
        var code: Int32 = 0
        guard let archive = zip_open(folder.appendingPathComponent("archive").path, ZIP_CREATE | ZIP_EXCL, &code) else {
            try? FileManager.default.removeItem(at: folder)
            throw DocumentsError.unwritable(path)
        }
        self.archive = archive
    }

    deinit {
        if isOpen { zip_discard(archive) }
        try? FileManager.default.removeItem(at: folder)
    }

    /// Adds a member.
    ///
    /// - Parameters:
    ///   - name: its path in the archive, with `/` between folders.
    ///   - time: the time that the archive states, in seconds since 1970.
    public func add(_ name: String, _ bytes: [UInt8], time: Int) throws {
        let file = folder.appendingPathComponent("\(count + 1)")
        do {
            try Data(bytes).write(to: file)
        } catch { throw DocumentsError.unwritable(path) }
        try add(name, file: file.path, time: time)
    }

    /// Adds a file as a member; it must stay where it is until the archive is finished.
    ///
    /// - Parameters:
    ///   - name: its path in the archive, with `/` between folders.
    ///   - file: where it lies.
    ///   - time: the time that the archive states, in seconds since 1970.
    public func add(_ name: String, file: String, time: Int) throws {
        guard names.insert(name).inserted else { throw DocumentsError.unwritable("\(path) 的 \(name)") }
        count += 1
        guard let source = zip_source_file(archive, file, 0, -1) else { throw DocumentsError.unwritable(path) }
        let index = zip_file_add(archive, name, source, zip_flags_t(ZIP_FL_ENC_UTF_8))
        guard index >= 0 else {
            zip_source_free(source)
            throw DocumentsError.unwritable(path)
        }
        guard zip_file_set_mtime(archive, zip_uint64_t(index), time, 0) == 0 else {
            throw DocumentsError.unwritable(path)
        }
    }

    /// Writes the archive; it can be read by its owner alone.
    public func finish() throws {
        guard isOpen, zip_close(archive) == 0 else { throw DocumentsError.unwritable(path) }
        isOpen = false
        let written = folder.appendingPathComponent("archive")
        do {
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: written.path)
            try FileManager.default.moveItem(at: written, to: URL(fileURLWithPath: path))
        } catch { throw DocumentsError.unwritable(path) }
    }
}
