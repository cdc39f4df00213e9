import Cryptography

/// Writes the files of a backup one after the other and notes the digest of each.
struct BackupWriter {
    private let file: PartialFile
    private let time: Int64
    private(set) var parts: [BackupManifest.Part] = []

    /// Rows are gathered up to this size, in bytes.
    static let pieceLength = 4 << 20

    init(_ file: PartialFile, time: Int64) {
        self.file = file
        self.time = time
    }

    mutating func add(_ path: String, _ bytes: [UInt8]) throws {
        try append(path, bytes)
        parts.append(BackupManifest.Part(path: path, size: bytes.count, sm3: Hex.encode(SM3.hash(bytes))))
    }

    /// Adds the last files, which no digest covers.
    func close(manifest: [UInt8], signature: [UInt8]) throws {
        try append(BackupPath.manifest, manifest)
        try append(BackupPath.signature, signature)
        try file.write([UInt8](repeating: 0, count: 2 * TarHeader.blockLength))
    }

    private func append(_ path: String, _ bytes: [UInt8]) throws {
        guard let header = TarHeader(path: path, size: bytes.count, time: time).block else {
            throw StorageError(.backup, "文件名 \(path) 太长，不能放进备份。请改短它的文件名或所在目录的名称。")
        }
        try file.write(header)
        try file.write(bytes)
        try file.write([UInt8](repeating: 0, count: TarHeader.padding(after: bytes.count)))
    }
}
