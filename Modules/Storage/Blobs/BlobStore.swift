import Cryptography
public import Standards

/// A file that was checked, named and encrypted, ready to be put into the database.
public struct PreparedBlob: Sendable {
    /// HMAC-SM3 of the plain text in hexadecimal: equal files of a division have one name, and nobody without the key
    /// can tell from the name what a file holds.
    public let id: String
    public let division: String
    /// What the file really is.
    public let type: BlobType
    /// Size of the plain file, in bytes.
    public let size: Int
    let chunks: [[UInt8]]
}

/// Files in the database, in encrypted chunks, so that one backup holds everything and several servers see it.
public struct BlobStore: Sendable {
    private let cipher: FieldCipher
    private let limits: BlobLimits

    static let chunkLength = 256 << 10

    /// - Parameters:
    ///   - cipher: seals the chunks and names the files.
    ///   - limits: what is accepted.
    public init(cipher: FieldCipher, limits: BlobLimits = BlobLimits()) {
        self.cipher = cipher
        self.limits = limits
    }

    /// Checks a file, names it and encrypts it, outside of any transaction.
    ///
    /// - Parameters:
    ///   - bytes: the file.
    ///   - declaredType: the client's media type; empty or `application/octet-stream` declares nothing.
    ///   - fileName: the file's name, whose ending must fit the content.
    ///   - division: whose file it is.
    ///   - seed: from which the nonces are made.
    /// - Throws: ``StorageError`` with code ``StorageError/Code/blobRefused``: what is wrong with the file and what
    ///   to do.
    public func prepare(
        _ bytes: [UInt8], declaredType: String, fileName: String, division: String, seed: Seed = .random()
    ) throws -> PreparedBlob {
        let type = try BlobInspection(limits: limits).type(
            of: bytes, declaredType: declaredType, fileName: fileName)
        return try prepare(trusted: bytes, type: type, division: division, seed: seed)
    }

    /// Names and encrypts a file of our own making, such as a sealed licence, without the checks for files from
    /// outside.
    public func prepare(
        trusted bytes: [UInt8], type: BlobType, division: String, seed: Seed = .random()
    ) throws -> PreparedBlob {
        let id = name(bytes, division)
        let chunks = try stride(from: 0, to: bytes.count, by: Self.chunkLength).enumerated().map { number, start in
            try cipher.seal(
                Array(bytes[start..<min(start + Self.chunkLength, bytes.count)]),
                context: Self.context(division, id, number), seed: seed)
        }
        return PreparedBlob(id: id, division: division, type: type, size: bytes.count, chunks: chunks)
    }

    /// Puts a prepared file in; one that is there already is kept and counts as used anew.
    ///
    /// - Parameters:
    ///   - blob: the prepared file.
    ///   - instant: now; ``deleteUnreferenced(_:before:on:)`` spares what was used lately.
    ///   - transaction: the transaction of the row that refers to the file.
    public func put(_ blob: PreparedBlob, at instant: Instant, in transaction: Transaction) throws {
        // Touching the row first makes a clean-up that runs at the same time wait and then spare it.
        let isKnown =
            try transaction.execute(
                "UPDATE blob SET used_at = ? WHERE division = ? AND id = ?", instant, blob.division, blob.id) == 1
        guard !isKnown else { return }
        let isNew =
            try transaction.execute(
                """
                INSERT INTO blob (division, id, type, size, chunks, used_at) VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT (division, id) DO NOTHING
                """, blob.division, blob.id, blob.type, blob.size, blob.chunks.count, instant) == 1
        guard isNew else { return }
        for (number, chunk) in blob.chunks.enumerated() {
            try transaction.execute(
                "INSERT INTO blob_chunk (division, id, number, sealed) VALUES (?, ?, ?, ?)",
                blob.division, blob.id, number, chunk)
        }
    }

    /// A file's bytes; nil if there is no such file.
    ///
    /// - Throws: ``StorageError`` with code ``StorageError/Code/keys`` or ``StorageError/Code/corrupt`` when the file
    ///   was changed behind the program's back.
    public func get(_ id: String, division: String, in snapshot: Snapshot) throws -> [UInt8]? {
        guard let blob = try snapshot.row("SELECT size FROM blob WHERE division = ? AND id = ?", division, id) else {
            return nil
        }
        var bytes: [UInt8] = []
        let chunks = try snapshot.rows(
            "SELECT number, sealed FROM blob_chunk WHERE division = ? AND id = ? ORDER BY number", division, id)
        for chunk in chunks {
            bytes += try cipher.open(
                try chunk.get("sealed"), context: Self.context(division, id, try chunk.get("number")))
        }
        guard try bytes.count == blob.get("size"), ConstantTime.equal(Array(name(bytes, division).utf8), Array(id.utf8))
        else { throw StorageError.known(.corrupt, detail: "blob \(id)") }
        return bytes
    }

    /// What a file is and how large, without reading it; nil if there is no such file.
    public static func find(
        _ id: String, division: String, in snapshot: Snapshot
    ) throws -> (type: BlobType, size: Int)? {
        try snapshot.row("SELECT type, size FROM blob WHERE division = ? AND id = ?", division, id)
            .map { (try $0.get("type"), try $0.get("size")) }
    }

    /// Whether a file is there.
    public static func exists(_ id: String, division: String, in snapshot: Snapshot) throws -> Bool {
        try find(id, division: division, in: snapshot) != nil
    }

    static let encryptedChunk = EncryptedColumn(
        table: "blob_chunk", keys: ["division", "id", "number"], column: "sealed"
    ) { row in
        context(try row.get("division"), try row.get("id"), try row.get("number"))
    }

    private static func context(_ division: String, _ id: String, _ number: Int) -> String {
        "blob_chunk.sealed/\(division)/\(id)/\(number)"
    }

    private func name(_ bytes: [UInt8], _ division: String) -> String {
        Hex.encode(cipher.digest(bytes, purpose: "blob/\(division)"))
    }
}
