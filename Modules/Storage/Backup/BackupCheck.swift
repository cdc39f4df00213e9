public import Cryptography

/// A backup that was read through once: what it holds, and what is wrong with it.
public struct BackupCheck: Sendable {
    public let header: BackupHeader
    public let manifest: BackupManifest
    /// The deployment's files.
    public let attachments: [Backup.Attachment]
    /// What is wrong, in Chinese; empty for a sound backup.
    public let findings: [String]
    let path: String
    let dataKeys: [(id: Int64, wrapped: [UInt8])]

    /// Reads a backup through: every digest, the signature, the counts and the journal's chains.
    ///
    /// - Parameters:
    ///   - path: the file.
    ///   - signer: gives the key that must have signed, from the deployment's files in the backup; nil when there is
    ///     none.
    ///   - progress: told how many bytes were read, now and then.
    /// - Throws: ``StorageError`` with code ``StorageError/Code/backup`` when the file is no whole backup of ours.
    public static func read(
        _ path: String, signer: ([Backup.Attachment]) -> SM2.PublicKey?, progress: (Int) -> Void = { _ in }
    ) throws -> BackupCheck {
        var pass = BackupPass()
        var reader = try BackupReader(path)
        var bytes = 0
        while let (name, content) = try reader.next() {
            try pass.take(name, content)
            bytes += content.count
            progress(bytes)
        }
        return try pass.finish(path, signer: signer)
    }

    /// Checks that a master key opens the data keys of the backup.
    ///
    /// - Throws: ``StorageError`` with code ``StorageError/Code/keys`` when it is another deployment's.
    public func check(_ master: MasterKey) throws {
        for key in dataKeys { _ = try master.unwrap(key.wrapped, id: key.id) }
    }
}

/// Gathers what passes by while a backup is read.
private struct BackupPass {
    private var header: BackupHeader?
    private var parts: [BackupManifest.Part] = []
    private var rows: [String: Int] = [:]
    private var journal = JournalPass()
    private var attachments: [Backup.Attachment] = []
    private var manifest: (value: BackupManifest, bytes: [UInt8])?
    private var signature: [UInt8]?
    private var dataKeys: [(id: Int64, wrapped: [UInt8])] = []
    private var findings: [String] = []

    mutating func take(_ name: String, _ content: [UInt8]) throws {
        switch name {
        case BackupPath.manifest:
            guard let value = BackupCoding.decode(BackupManifest.self, content) else {
                throw StorageError(.backup, "备份的清单读不出来。请换一份备份。")
            }
            manifest = (value, content)
            return
        case BackupPath.signature:
            signature = content
            return
        case BackupPath.header:
            header = BackupCoding.decode(BackupHeader.self, content)
            if let format = header?.format, format != BackupHeader.currentFormat {
                throw StorageError(.backup, "这份备份的格式是 \(format)，本程序只认识 \(BackupHeader.currentFormat)。请用做这份备份的程序恢复。")
            }
        case let name where name.hasPrefix(BackupPath.folder):
            attachments.append(Backup.Attachment(path: String(name.dropFirst(BackupPath.folder.count)), bytes: content))
        default: count(name, content)
        }
        parts.append(BackupManifest.Part(path: name, size: content.count, sm3: Hex.encode(SM3.hash(content))))
    }

    private mutating func count(_ name: String, _ content: [UInt8]) {
        guard let position = BackupPath.table(of: name), let tables = header?.tables, tables.indices.contains(position)
        else { return }
        let table = tables[position]
        guard let decoded = RowCoding.rows(content, columns: table.columns.count) else {
            findings.append("\(name) 的内容读不出来")
            return
        }
        rows[table.name, default: 0] += decoded.count
        for values in decoded {
            journal.take(values, of: table)
            let row = Row(columns: Columns(table.columns), values: values)
            if table.name == "data_key", let id: Int64 = try? row.get("id"),
                let wrapped: [UInt8] = try? row.get("wrapped")
            {
                dataKeys.append((id, wrapped))
            }
        }
    }

    mutating func finish(_ path: String, signer: ([Backup.Attachment]) -> SM2.PublicKey?) throws -> BackupCheck {
        guard let header else { throw StorageError(.backup, "\(path) 不是 yiciban backup 做的备份。请核对文件名。") }
        guard let manifest else { throw StorageError(.backup, "备份 \(path) 没有写完，缺少清单。请换一份备份。") }
        compare(manifest.value)
        let state = journal.finish()
        findings += journal.findings
        if state != manifest.value.journal { findings.append("日志的条数、链头或检查点与清单不符") }
        if let key = signer(attachments), let signature, key.verify(signature, for: manifest.bytes) {
        } else {
            findings.append("清单的签名无效，或缺少签名证书：备份被改动过，或不是这个部署做的")
        }
        return BackupCheck(
            header: header, manifest: manifest.value, attachments: attachments, findings: findings, path: path,
            dataKeys: dataKeys)
    }

    private mutating func compare(_ manifest: BackupManifest) {
        let expected = Dictionary(manifest.parts.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
        let found = Dictionary(parts.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
        for part in manifest.parts where found[part.path] == nil { findings.append("缺少 \(part.path)") }
        for part in parts {
            guard let wanted = expected[part.path] else {
                findings.append("多出 \(part.path)")
                continue
            }
            if wanted != part { findings.append("\(part.path) 的内容与摘要不符") }
        }
        if parts.count != found.count { findings.append("有的部分出现了两次") }
        for (table, count) in manifest.rows.sorted(by: { $0.key < $1.key }) where rows[table, default: 0] != count {
            findings.append("表 \(table) 应有 \(count) 行，实有 \(rows[table, default: 0]) 行")
        }
    }
}
