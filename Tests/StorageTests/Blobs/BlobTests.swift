import Cryptography
import Standards
import Storage
import StorageTestSupport
import Testing

@Suite("Files from outside")
struct BlobInspectionTests {
    typealias Sample = (name: String, declared: String, bytes: [UInt8])

    private static func prepare(
        _ sample: Sample, _ limits: BlobLimits = BlobLimits(types: Set(BlobType.allCases))
    ) async throws -> PreparedBlob {
        try await withDatabase(.sqlite) { database in
            let store = BlobStore(cipher: try await Keyring.forTests(database).cipher, limits: limits)
            return try store.prepare(
                sample.bytes, declaredType: sample.declared, fileName: sample.name, division: "4306")
        }
    }

    private static let ofd = SampleFiles.zip([
        .init(name: "OFD.xml", data: Array("<ofd/>".utf8)), .init(name: "Doc_0/Document.xml", data: [1], method: 8),
    ])

    @Test(
        "honest files are taken for what they are",
        arguments: [
            ("a.pdf", "application/pdf", SampleFiles.pdf, BlobType.pdf),
            ("a.PNG", "image/png", SampleFiles.png(width: 10, height: 10), .png),
            ("a.jpg", "image/jpeg", SampleFiles.jpeg, .jpeg),
            ("照片.jpeg", "", SampleFiles.jpeg, .jpeg),
            ("a.ofd", "application/octet-stream", ofd, .ofd),
            ("a.zip", "application/zip", SampleFiles.zip([.init(name: "说明.txt", data: [65])]), .zip),
            ("a.json", "application/json; charset=utf-8", Array("{\"a\": 1}".utf8), .json),
            ("a.xml", "text/xml", Array("<?xml version=\"1.0\"?><a/>".utf8), .xml),
            ("a.txt", "text/plain", Array("岳阳\r\n".utf8), .txt),
        ])
    func honest(_ name: String, _ declared: String, _ bytes: [UInt8], _ type: BlobType) async throws {
        #expect(try await Self.prepare((name, declared, bytes)).type == type)
    }

    @Test(
        "hostile or mistaken files are refused with the reason",
        arguments: [
            ("a.pdf", "application/pdf", [], "empty"),
            ("a.pdf", "application/pdf", [UInt8](repeating: 65, count: 3 << 20), "size"),
            ("a.pdf", "application/pdf", SampleFiles.jpeg, "disguised"),
            ("a.pdf", "image/jpeg", SampleFiles.jpeg, "disguised"),
            ("a.jpg", "application/pdf", SampleFiles.jpeg, "disguised"),
            ("a.jpg", "image/jpeg", Array("<script>alert(1)</script>".utf8), "disguised"),
            ("a.ofd", "application/ofd", SampleFiles.zip([.init(name: "a.txt", data: [65])]), "disguised"),
            ("a.exe", "application/octet-stream", [0x4D, 0x5A, 0x90, 0x00], "unknown"),
            ("a.svg", "image/svg+xml", Array("<svg/>".utf8), "type"),
            ("noending", "application/pdf", SampleFiles.pdf, "type"),
            ("a.pdf", "application/pdf", Array("%PDF-1.7 cut".utf8), "unknown"),
            ("a.png", "image/png", SampleFiles.png(width: 50_000, height: 10), "dimensions"),
            ("a.png", "image/png", SampleFiles.png(width: 15_000, height: 15_000), "dimensions"),
            ("a.png", "image/png", SampleFiles.png(width: 0, height: 10), "unknown"),
            ("a.png", "image/png", SampleFiles.png(width: 9, height: 9, after: [0x50, 0x4B]), "unknown"),
            ("a.jpg", "image/jpeg", SampleFiles.jpeg(width: 60_000, height: 60_000), "dimensions"),
            ("a.jpg", "image/jpeg", [0xFF, 0xD8, 0xFF, 0xE0, 0, 1, 0, 0, 0, 0, 0, 0], "unknown"),
            ("a.xml", "text/xml", Array("<!doctype x [<!ENTITY a \"b\">]><a/>".utf8), "doctype"),
            ("a.txt", "text/plain", [0xB0, 0xA1, 0xFF], "unknown"),
            ("a.txt", "text/plain", Array("a\u{0}b".utf8), "unknown"),
        ] as [(String, String, [UInt8], String)])
    func hostile(_ name: String, _ declared: String, _ bytes: [UInt8], _ reason: String) async throws {
        let limits = BlobLimits(maxBytes: 2 << 20, types: Set(BlobType.allCases))
        let error = await #expect(throws: StorageError.self) { try await Self.prepare((name, declared, bytes), limits) }
        #expect(error?.code == .blobRefused)
        #expect(error?.detail == reason)
        #expect(error?.message.contains("请") == true)
    }

    @Test(
        "hostile archives are refused with the reason",
        arguments: [
            ([.init(name: "a", data: [1], method: 8, claimed: 100 << 20)], "bomb"),
            (
                (0..<5).map {
                    .init(name: "\($0)", data: [UInt8](repeating: 1, count: 300_000), method: 8, claimed: 50 << 20)
                }, "bomb"
            ),
            ([.init(name: "../../etc/passwd", data: [1])], "path"),
            ([.init(name: "/etc/passwd", data: [1])], "path"),
            ([.init(name: "a\\..\\b", data: [1])], "path"),
            ([.init(name: "C:evil", data: [1])], "path"),
            ([.init(name: "inner.zip", data: [1])], "nested"),
            ([.init(name: "inner.bin", data: [0x50, 0x4B, 3, 4, 0, 0])], "nested"),
            ([.init(name: "inner.txt", data: Array("Rar!..".utf8))], "nested"),
            ([.init(name: "a", data: [1], flags: 1)], "encrypted"),
            ([.init(name: "a", data: [1], method: 14)], "archive: method or size"),
            ([.init(name: "a", data: [1]), .init(name: "a", data: [2])], "archive: duplicate names"),
            ([.init(name: "a", data: [1]), .init(name: "b", data: [2], offset: 0)], "archive: overlap"),
            ([.init(name: "a", data: [1], localName: "b")], "archive: local header"),
            ([.init(name: "a", data: [1], claimed: 5)], "archive: stored size"),
            ([.init(name: "a", data: [1], offset: 9999)], "archive: overlap"),
            ((0..<2001).map { .init(name: "\($0)", data: [1]) }, "entries"),
            ([], "unknown"),
        ] as [([SampleFiles.Member], String)])
    func archives(_ members: [SampleFiles.Member], _ reason: String) async throws {
        let error = await #expect(throws: StorageError.self) {
            try await Self.prepare(("a.zip", "application/zip", SampleFiles.zip(members)))
        }
        #expect(error?.detail == reason)
    }

    @Test("an archive with bytes before, after or missing is refused")
    func surroundings() async throws {
        let member = SampleFiles.Member(name: "a.txt", data: Array("abc".utf8))
        let whole = SampleFiles.zip([member])
        let jar: [UInt8] = Array(whole.prefix(4)) + [0, 0, 0]
        for bytes in [SampleFiles.zip([member], before: jar), SampleFiles.zip([member], after: [0])] {
            let error = await #expect(throws: StorageError.self) {
                try await Self.prepare(("a.zip", "application/zip", bytes))
            }
            #expect(error?.detail.hasPrefix("archive") == true)
        }
        for length in stride(from: 4, to: whole.count, by: 7) {
            let cut = Array(whole.prefix(length))
            await #expect(throws: StorageError.self) { try await Self.prepare(("a.zip", "application/zip", cut)) }
        }
    }

    @Test("random damage never crashes the inspection")
    func fuzz() async throws {
        var generator = SeededGenerator(seed: 3)
        try await withDatabase(.sqlite) { database in
            let store = BlobStore(
                cipher: try await Keyring.forTests(database).cipher, limits: BlobLimits(types: Set(BlobType.allCases)))
            let samples = [
                ("a.zip", Self.ofd), ("a.png", SampleFiles.png(width: 3, height: 3)), ("a.jpg", SampleFiles.jpeg),
            ]
            var refused = 0
            for _ in 0..<1500 {
                let name: String
                var bytes: [UInt8]
                (name, bytes) = samples[Int.random(in: 0..<3, using: &generator)]
                for _ in 0..<Int.random(in: 1...4, using: &generator) {
                    bytes[Int.random(in: 0..<bytes.count, using: &generator)] =
                        [0, 1, 0x7F, 0x80, 0xFF]
                        .randomElement(using: &generator) ?? 0
                }
                do {
                    _ = try store.prepare(bytes, declaredType: "", fileName: name, division: "4306")
                } catch let error as StorageError {
                    #expect(error.code == .blobRefused)
                    refused += 1
                }
            }
            #expect(refused > 500)
        }
    }
}

@Suite("Files in the database")
struct BlobStoreTests {
    @Test(
        "a file comes back as it was, encrypted meanwhile, and equal files are kept once", arguments: TestDatabase.all)
    func roundTrip(_ kind: TestDatabaseKind) async throws {
        try await withDatabase(kind) { database in
            let store = BlobStore(cipher: try await Keyring.forTests(database).cipher)
            let bytes = SampleFiles.pdf + [UInt8](repeating: 65, count: 700_000) + SampleFiles.pdf
            let blob = try store.prepare(bytes, declaredType: "", fileName: "a.pdf", division: "4306")
            let again = try store.prepare(bytes, declaredType: "", fileName: "b.pdf", division: "4306")
            let elsewhere = try store.prepare(bytes, declaredType: "", fileName: "a.pdf", division: "4307")
            #expect(blob.id == again.id)
            #expect(blob.id != elsewhere.id)
            try await database.write { transaction in
                for blob in [blob, again, elsewhere] { try store.put(blob, at: TestDatabase.now, in: transaction) }
            }
            try await database.read { snapshot in
                #expect(try store.get(blob.id, division: "4306", in: snapshot) == bytes)
                #expect(try store.get(blob.id, division: "4307", in: snapshot) == nil)
                #expect(try BlobStore.exists(blob.id, division: "4306", in: snapshot))
                #expect(try BlobStore.find(blob.id, division: "4306", in: snapshot)?.size == bytes.count)
                let chunks = try snapshot.rows("SELECT sealed FROM blob_chunk WHERE division = '4306'")
                #expect(chunks.count == 3)
                for chunk in chunks {
                    let text = String(decoding: try chunk.get("sealed", as: [UInt8].self), as: UTF8.self)
                    #expect(!text.contains("AAAAAAAA"))
                }
            }
        }
    }

    @Test(
        "a chunk that was changed, moved or removed is noticed", arguments: TestDatabase.all,
        [
            "UPDATE blob_chunk SET number = 5 WHERE number = 0", "DELETE FROM blob_chunk WHERE number = 1",
            "UPDATE blob SET size = size + 1",
        ])
    func damage(_ kind: TestDatabaseKind, _ statement: String) async throws {
        try await withDatabase(kind) { database in
            let store = BlobStore(cipher: try await Keyring.forTests(database).cipher)
            let blob = try store.prepare(trusted: [UInt8](repeating: 1, count: 600_000), type: .pdf, division: "4306")
            try await database.write { transaction in
                try store.put(blob, at: TestDatabase.now, in: transaction)
                try transaction.execute(statement)
            }
            await #expect(throws: StorageError.self) {
                try await database.read { _ = try store.get(blob.id, division: "4306", in: $0) }
            }
        }
    }

    @Test("files without a reference are deleted, young and referenced ones kept", arguments: TestDatabase.all)
    func cleanUp(_ kind: TestDatabaseKind) async throws {
        let papers = MigrationSet(
            owner: "papers", tablePrefix: nil,
            migrations: [Migration("0001-paper", "CREATE TABLE paper (division TEXT NOT NULL, file TEXT NOT NULL)")])
        try await withDatabase(kind, migrations: [StorageSchema.migrations, papers]) { database in
            let store = BlobStore(cipher: try await Keyring.forTests(database).cipher)
            let blobs = try (0..<4).map { try store.prepare(trusted: [UInt8($0)], type: .pdf, division: "4306") }
            let later = TestDatabase.now.adding(.seconds(3600))
            try await database.write { transaction in
                for blob in blobs { try store.put(blob, at: TestDatabase.now, in: transaction) }
                try store.put(blobs[1], at: later, in: transaction)
                try transaction.execute("INSERT INTO paper (division, file) VALUES ('4306', ?)", blobs[2].id)
                try transaction.execute("INSERT INTO paper (division, file) VALUES ('4307', ?)", blobs[3].id)
            }
            let deleted = try await BlobStore.deleteUnreferenced(
                [BlobReference(table: "paper", column: "file")], before: later, on: database)
            #expect(deleted == 2)
            let kept = try await database.read { snapshot in
                try blobs.map { try store.get($0.id, division: "4306", in: snapshot) != nil }
            }
            #expect(kept == [false, true, true, false])
            let chunks = try await database.read { try $0.rows("SELECT id FROM blob_chunk").count }
            #expect(chunks == 2)
        }
    }
}

@Suite("Files changed behind the program's back")
struct BlobAuditTests {
    @Test(
        "are found by the audit, whichever way", arguments: TestDatabase.all,
        [
            "UPDATE blob SET size = size + 1", "DELETE FROM blob_chunk", "DELETE FROM blob",
            """
            UPDATE blob_chunk SET sealed = (SELECT sealed FROM blob_chunk c WHERE c.id <> blob_chunk.id)
            """,
        ])
    func audit(kind: TestDatabaseKind, statement: String) async throws {
        try await withDatabase(kind) { database in
            let store = BlobStore(cipher: try await Keyring.forTests(database).cipher)
            for text in ["岳阳", "平江"] {
                let blob = try store.prepare(trusted: Array(text.utf8), type: .txt, division: "4306")
                try await database.write { try store.put(blob, at: TestDatabase.now, in: $0) }
            }
            let key = try SM2.PrivateKey.generate().publicKey
            #expect(try await Journal.verify(database, publicKey: key, contents: [store.audit]).isSound)
            try await database.write { _ = try $0.execute(statement) }
            let report = try await Journal.verify(database, publicKey: key, contents: [store.audit])
            #expect(!report.isSound && report.findings.allSatisfy { $0.kind == .deviating && !$0.detail.isEmpty })
        }
    }
}
