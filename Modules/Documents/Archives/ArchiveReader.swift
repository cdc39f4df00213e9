import CLibZip

/// A ZIP archive from outside, read from memory within limits: whatever it claims, it costs no more than they allow.
///
/// Opening refuses what a sound archive never has: two members of one name, names that lead outside, links, encryption,
/// and more members or bytes than allowed. One thread at a time may use it.
public final class ArchiveReader {
    /// How much an archive may hold.
    public struct Limits: Sendable, Hashable {
        /// Members, folders included.
        public var members: Int
        /// Bytes of all members that are read, unpacked.
        public var unpacked: Int
        /// Bytes of a member that is held in memory.
        public var held: Int

        public init(members: Int = 2000, unpacked: Int = 128 << 20, held: Int = 8 << 20) {
            self.members = members
            self.unpacked = unpacked
            self.held = held
        }
    }

    /// The files in the archive's order, without folders.
    public let names: [String]
    private let archive: OpaquePointer
    private let memory: UnsafeMutableRawBufferPointer
    private let limits: Limits
    private var left: Int

    /// - Throws: ``DocumentsError`` with `document.damaged`, `document.too_large`, `document.unsafe_path`,
    ///   `document.duplicate` or `document.unsafe`.
    public init(_ bytes: [UInt8], limits: Limits = Limits()) throws {
        // The end of a directory alone has 22 bytes; what is empty would pass for an archive without members.
        guard bytes.count >= 22 else { throw Self.damaged }
        let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: max(bytes.count, 1), alignment: 1)
        memory.copyBytes(from: bytes)
        var error = zip_error_t()
        guard let source = zip_source_buffer_create(memory.baseAddress, UInt64(bytes.count), 0, &error) else {
            memory.deallocate()
            throw Self.damaged
        }
        guard let archive = zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &error) else {
            zip_source_free(source)
            memory.deallocate()
            throw error.zip_err == ZIP_ER_EXISTS ? Self.duplicate("成员") : Self.damaged
        }
        do {
            names = try Self.names(of: archive, limits)
        } catch {
            zip_discard(archive)
            memory.deallocate()
            throw error
        }
        self.archive = archive
        self.memory = memory
        self.limits = limits
        left = limits.unpacked
    }

    deinit {
        zip_discard(archive)
        memory.deallocate()
    }

    /// Whether there is a file of a name.
    public func contains(_ name: String) -> Bool { zip_name_locate(archive, name, 0) >= 0 }

    /// A whole file.
    ///
    /// - Throws: ``DocumentsError`` with `document.missing`, `document.damaged` or `document.too_large`.
    public func bytes(of name: String) throws -> [UInt8] {
        var all: [UInt8] = []
        try read(name) { piece in
            guard all.count + piece.count <= limits.held else { throw Self.tooLarge(name) }
            all += piece
        }
        return all
    }

    /// Gives a file piece by piece; the sizes that the archive states are not trusted.
    ///
    /// - Throws: as ``bytes(of:)``, and what `take` throws.
    public func read(_ name: String, _ take: ([UInt8]) throws -> Void) throws {
        guard contains(name), let file = zip_fopen(archive, name, 0) else {
            throw DocumentsError(.missing, "文件里缺少“\(name)”，不完整。请向出具单位索取完整的文件。")
        }
        defer { zip_fclose(file) }
        while true {
            let piece = try [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, initialised in
                let count = zip_fread(file, buffer.baseAddress, UInt64(1 << 16))
                guard count >= 0 else {
                    throw DocumentsError(.damaged, "文件里的“\(name)”已损坏。请重新下载后再试。")
                }
                initialised = Int(count)
            }
            if piece.isEmpty { return }
            left -= piece.count
            guard left >= 0 else { throw Self.tooLarge(name) }
            try take(piece)
        }
    }

    private static func names(of archive: OpaquePointer, _ limits: Limits) throws -> [String] {
        let count = zip_get_num_entries(archive, 0)
        guard count >= 0, count <= limits.members else {
            throw DocumentsError(.tooLarge, "文件里有 \(count) 个成员，超过 \(limits.members) 个，没有读取。请核对是不是所要的文件。")
        }
        var names: [String] = []
        var seen: Set<String> = []
        var stated: UInt64 = 0
        for index in 0..<UInt64(count) {
            var status = zip_stat_t()
            zip_stat_init(&status)
            guard zip_stat_index(archive, index, 0, &status) == 0, let raw = status.name,
                let name = String(validatingCString: raw)
            else { throw Self.damaged }
            guard isSafe(name), !isLink(archive, index) else {
                throw DocumentsError(.unsafePath, "文件里的“\(name.prefix(80))”指向文件之外，可能有害，没有读取。请不要使用这个文件。")
            }
            // Programs that ignore case would take one for the other.
            guard seen.insert(name.lowercased()).inserted else {
                throw duplicate("“\(name.prefix(80))”")
            }
            guard status.encryption_method == UInt16(ZIP_EM_NONE), [0, 8].contains(status.comp_method) else {
                throw DocumentsError(.unsafe, "文件里的“\(name.prefix(80))”加了密，或用了少见的压缩方法，没有读取。请向出具单位索取普通的文件。")
            }
            let sum = stated.addingReportingOverflow(status.size)
            guard !sum.overflow, sum.partialValue <= UInt64(limits.unpacked) else { throw tooLarge(name) }
            stated = sum.partialValue
            if !name.hasSuffix("/") { names.append(name) }
        }
        return names
    }

    private static func isSafe(_ name: String) -> Bool {
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        let steps = name.hasSuffix("/") ? parts.dropLast() : parts[...]
        return !name.isEmpty && name.utf8.count <= 240
            && steps.allSatisfy { !$0.isEmpty && $0 != "." && $0 != ".." }
            && !name.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F || $0 == "\\" || $0 == ":" }
    }

    /// Whether a member is a symbolic link, as archives of Unix state it.
    private static func isLink(_ archive: OpaquePointer, _ index: UInt64) -> Bool {
        var system: UInt8 = 0
        var attributes: UInt32 = 0
        guard zip_file_get_external_attributes(archive, index, 0, &system, &attributes) == 0 else { return true }
        return system == UInt8(ZIP_OPSYS_UNIX) && attributes >> 28 == 0xA
    }

    private static let damaged = DocumentsError(.damaged, "不是完好的压缩包。请重新下载后再试。")

    private static func duplicate(_ what: String) -> DocumentsError {
        DocumentsError(.duplicate, "文件里有两个同名的\(what)，可能被动过手脚，没有读取。请不要使用这个文件。")
    }

    private static func tooLarge(_ name: String) -> DocumentsError {
        DocumentsError(.tooLarge, "“\(name.prefix(80))”展开后过大，没有读取。请核对是不是所要的文件。")
    }
}
