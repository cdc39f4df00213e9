import CLibZip

/// Opens a ZIP archive from outside and gives its members within limits.
final class ZipReader {
    private let archive: OpaquePointer
    private let path: String

    init(path: String) throws {
        var code: Int32 = 0
        guard let archive = zip_open(path, ZIP_RDONLY | ZIP_CHECKCONS, &code) else {
            throw DocumentsError(.damaged, "\(path) 不是完好的 .xlsx 文件。请用表格软件打开检查后另存。")
        }
        self.archive = archive
        self.path = path
    }

    deinit { zip_discard(archive) }

    /// Whether there is a member with a name.
    func contains(_ name: String) -> Bool { zip_name_locate(archive, name, 0) >= 0 }

    /// A member, opened for reading.
    ///
    /// - Throws: ``DocumentsError`` when there is none, or when it unpacks to more than `limit` bytes.
    func open(_ name: String, limit: Int) throws -> ZipMember {
        var status = zip_stat_t()
        zip_stat_init(&status)
        guard zip_stat(archive, name, 0, &status) == 0, let file = zip_fopen(archive, name, 0) else {
            throw DocumentsError(.damaged, "\(path) 缺少 \(name)，不是完好的 .xlsx 文件。请用表格软件打开检查后另存。")
        }
        let member = ZipMember(file, in: self, name: "\(path) 的 \(name)", limit: limit)
        guard status.size <= UInt64(limit) else { throw member.tooLarge }
        return member
    }
}

/// A member of an archive as a stream of bytes.
final class ZipMember {
    private let file: OpaquePointer
    /// The archive must not be closed before its members.
    private let archive: ZipReader
    private let name: String
    private var left: Int

    init(_ file: OpaquePointer, in archive: ZipReader, name: String, limit: Int) {
        self.file = file
        self.archive = archive
        self.name = name
        left = limit
    }

    deinit { zip_fclose(file) }

    var tooLarge: DocumentsError { DocumentsError(.tooLarge, "\(name) 展开后过大。请删去多余的工作表和格式，或拆成几个文件。") }

    /// The next bytes; none at the end. Sizes that the archive states are not trusted.
    func read(upTo count: Int) throws -> [UInt8] {
        let bytes = try [UInt8](unsafeUninitializedCapacity: count) { buffer, initialised in
            let read = zip_fread(file, buffer.baseAddress, UInt64(count))
            guard read >= 0 else { throw DocumentsError(.damaged, "\(name) 已损坏。请用表格软件打开检查后另存。") }
            initialised = Int(read)
        }
        left -= bytes.count
        guard left >= 0 else { throw tooLarge }
        return bytes
    }
}
