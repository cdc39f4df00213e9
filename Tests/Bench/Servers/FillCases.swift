import ArgumentParser
import Cryptography
import Foundation
import Kernel
import PluginKit
import Storage

/// `yiciban-bench fill`: copies the first case of a deployment until there are many, each sealed for its own row.
struct FillCases: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fill", abstract: "把库里的办件复制到指定件数（供测速）", shouldDisplay: false)

    @Option(help: "数据目录")
    var data: String

    @Option(help: "共要多少件")
    var cases: Int

    @Option(help: "把一部分编号写到哪个文件")
    var identifiers: String

    /// How many cases one write inserts.
    private static let batch = 2_000
    /// How many identifiers are written down at most.
    private static let sample = 20_000

    func run() async throws {
        let kernel = try await BenchKernel.boot(DeploymentFolder(data))
        let template = try await CaseTemplate.load(kernel)
        let start = ContinuousClock.now
        var written: [String] = []
        let stride = max(1, cases / Self.sample)
        var next = 0
        var sealed = try template.copies(next..<min(next + Self.batch, cases))
        while !sealed.isEmpty {
            let batch = sealed
            next += batch.count
            for (index, copy) in batch.enumerated() where (next + index) % stride == 0 { written.append(copy.id) }
            let coming = next..<min(next + Self.batch, max(next, cases))
            // One batch is sealed while the one before it is written.
            async let inserted: Void = template.insert(batch, kernel.database)
            sealed = try template.copies(coming)
            try await inserted
        }
        try Data(written.joined(separator: "\n").utf8).write(to: URL(fileURLWithPath: identifiers))
        try await kernel.close()
        print("已建 \(cases) 件，用时 \(start.duration(to: .now))")
    }
}

/// A stored case from which others are made.
private struct CaseTemplate: Sendable {
    /// A copy of it, ready to be stored.
    struct Copy: Sendable {
        let id: String
        let number: String
        let body: [UInt8]
    }

    let division: String
    let person: String
    let cipher: FieldCipher
    let first: Identifier
    private let plain: [UInt8]
    /// Where the identifier stands in the plain text.
    private let places: [Int]

    static func load(_ kernel: Kernel) async throws -> CaseTemplate {
        let row = try await kernel.database.read { snapshot in
            try snapshot.row("SELECT division, id, party, body FROM case_file ORDER BY id LIMIT 1")
        }
        guard let row else { throw BenchError("库里还没有办件，没有可以复制的。") }
        let id: Identifier = try row.get("id")
        let division: String = try row.get("division")
        let plain = try kernel.cipher.open(try row.get("body"), context: context(division, id.text))
        let wanted = Array(id.text.utf8)
        let places = plain.indices.filter { plain[$0...].starts(with: wanted) }
        guard !places.isEmpty else { throw BenchError("办件里没有自己的编号，测速所用的复制办法要跟着更新。") }
        return CaseTemplate(
            division: division, person: try row.get("party"), cipher: kernel.cipher, first: id, plain: plain,
            places: places)
    }

    func copies(_ range: Range<Int>) throws -> [Copy] {
        let seed = Seed.random()
        return try range.map { index in
            let id = Identifier(
                at: first.instant.adding(.milliseconds(index + 1)),
                random: SecureRandom.bytes(Identifier.randomLength))
            var body = plain
            for place in places { body.replaceSubrange(place..<place + id.text.utf8.count, with: id.text.utf8) }
            return Copy(
                id: id.text, number: "BENCH-\(index)",
                body: try cipher.seal(body, context: Self.context(division, id.text), seed: seed))
        }
    }

    func insert(_ copies: [Copy], _ database: any Database) async throws {
        try await database.write { transaction in
            for copy in copies {
                try transaction.execute(
                    """
                    INSERT INTO case_file (division, id, number, theme, state, version, party, accept_by, due,
                        submitted_at, updated_at, body)
                    SELECT division, ?, ?, theme, state, version, party, accept_by, due, submitted_at, updated_at, ?
                    FROM case_file WHERE id = ?
                    """, copy.id, copy.number, copy.body, first)
                try transaction.execute(
                    "INSERT INTO case_involved (person, division, case_id, role) VALUES (?, ?, ?, 'applicant')",
                    person, division, copy.id)
            }
        }
    }

    private static func context(_ division: String, _ id: String) -> String { "case_file.body/\(division)/\(id)" }
}
