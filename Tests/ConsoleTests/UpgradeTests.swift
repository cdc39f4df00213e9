import Cryptography
import Foundation
import PluginKit
import SamplePlugin
import StandardDistribution
import StorageTestSupport
import Testing

@testable import Composition
@testable import Console

@Suite("An upgrade and the way back")
struct UpgradeTests {
    /// The earlier program.
    enum Old: Distribution { static let plugins = Standard.plugins }
    /// The later one, which brings a migration more.
    enum New: Distribution { static let plugins = Standard.plugins + [SamplePlugin.self] }

    private func old(_ arguments: String...) async -> Int32 { await Console<Old>(Programs.parts).run(arguments) }
    private func new(_ arguments: String...) async -> Int32 { await Console<New>(Programs.parts).run(arguments) }

    @Test(
        "the new program backs the old database up before it migrates it, and restores it for the old program",
        arguments: TestDatabase.all)
    func thereAndBack(_ kind: TestDatabaseKind) async throws {
        try await Place.with(kind) { place in
            let (data, back, file, key) = (place["data"], place["back"], place["a.tar"], place["data/keys/master.key"])
            #expect(await old("init", "--data", data, "--database", place.database("first")) == 0)
            // A sample would have nothing to lose.
            try FileManager.default.removeItem(atPath: place["data/sample-accounts.json"])
            #expect(await new("audit", "verify", "--data", data) == 3)
            #expect(await old("audit", "verify", "--data", data) == 0)
            #expect(await new("backup", "--to", file, "--data", data) == 0)
            #expect(await new("audit", "verify", "--data", data) == 0)
            #expect(await old("audit", "verify", "--data", data) == 3)
            #expect(
                await new(
                    "restore", file, "--data", back, "--master-key", key, "--database", place.database("second")) == 0)
            #expect(await old("audit", "verify", "--data", back) == 0)
            #expect(await new("audit", "verify", "--data", back) == 0)
        }
    }

    /// A folder, and on PostgreSQL schemas, of the test's own.
    private struct Place {
        private let kind: TestDatabaseKind
        private let path: String
        private let server: String
        private let name: String

        subscript(file: String) -> String { "\(path)/\(file)" }

        /// What `--database` takes.
        func database(_ which: String) -> String {
            kind == .sqlite ? "sqlite" : "\(server) options='-csearch_path=\(name)_\(which)'"
        }

        static func with(_ kind: TestDatabaseKind, _ body: (Place) async throws -> Void) async throws {
            let name = "yiciban_upgrade_" + Hex.encode(SecureRandom.bytes(6))
            let path = FileManager.default.temporaryDirectory.path + "/" + name
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(atPath: path) }
            let server = try #require(ProcessInfo.processInfo.environment["YICIBAN_TEST_POSTGRES"])
            let place = Place(kind: kind, path: path, server: server, name: name)
            if kind == .sqlite { return try await body(place) }
            let root = try PostgreSQLDatabase(server, connections: 1)
            try await root.write { transaction in
                for which in ["first", "second"] { try transaction.execute("CREATE SCHEMA \(name)_\(which)") }
            }
            try await body(place)
            try await root.write { transaction in
                for which in ["first", "second"] { try transaction.execute("DROP SCHEMA \(name)_\(which) CASCADE") }
            }
            try await root.close()
        }
    }
}
