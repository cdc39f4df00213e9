import CLibZip

/// Makes a small ZIP archive in memory, the same bytes for the same members.
enum ArchiveBytes {
    static func make(_ members: [(name: String, bytes: [UInt8])]) throws -> [UInt8] {
        var error = zip_error_t()
        guard let target = zip_source_buffer_create(nil, 0, 0, &error) else { throw failed }
        defer { zip_source_free(target) }
        // Once for the archive, which gives up its own when it is closed.
        zip_source_keep(target)
        guard let archive = zip_open_from_source(target, ZIP_TRUNCATE, &error) else {
            zip_source_free(target)
            throw failed
        }
        // The members' memory must live until the archive is written.
        let copies = members.map { member in
            let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: max(member.bytes.count, 1), alignment: 1)
            copy.copyBytes(from: member.bytes)
            return copy
        }
        defer { for copy in copies { copy.deallocate() } }
        for (member, copy) in zip(members, copies) {
            guard let source = zip_source_buffer(archive, copy.baseAddress, UInt64(member.bytes.count), 0) else {
                zip_discard(archive)
                throw failed
            }
            let index = zip_file_add(archive, member.name, source, zip_flags_t(ZIP_FL_ENC_UTF_8))
            if index < 0 { zip_source_free(source) }
            // A day that any program can show; what the time of the sealing is stands in the signature.
            guard index >= 0, zip_file_set_mtime(archive, UInt64(index), 946_684_800, 0) == 0 else {
                zip_discard(archive)
                throw failed
            }
        }
        guard zip_close(archive) == 0 else {
            zip_discard(archive)
            throw failed
        }
        return try content(of: target)
    }

    private static func content(of source: OpaquePointer) throws -> [UInt8] {
        guard zip_source_open(source) == 0 else { throw failed }
        defer { zip_source_close(source) }
        var all: [UInt8] = []
        while true {
            let piece = [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, initialised in
                initialised = max(0, Int(zip_source_read(source, buffer.baseAddress, UInt64(1 << 16))))
            }
            if piece.isEmpty { return all }
            all += piece
        }
    }

    private static let failed = DocumentsError(.unwritable, "文件没有打包成功。请重试；仍不成功的，把这条信息告诉管理员。")
}
