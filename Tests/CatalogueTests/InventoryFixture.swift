import Catalogue
import Cryptography
import Documents
import Extension
import Foundation
import Organisation
import Standards
import Storage
import StorageTestSupport

/// An inventory of one county with two organs.
struct InventoryFixture {
    static let health = "11430626MYY000196F"
    static let police = "11430626MYY0002095"

    let database: any Database
    let service: InventoryService
    let organisation: OrganisationService
    let folder: URL
    let now: Instant

    var today: LegalDay { now.day }
    var system: Act { Act(actor: .system("test"), now: now) }

    static func with(
        _ kind: TestDatabaseKind, also more: [MigrationSet] = [], _ body: (InventoryFixture) async throws -> Void
    ) async throws {
        let migrations =
            [StorageSchema.migrations, OrganisationService.migrations, InventoryService.migrations] + more
        try await withDatabase(kind, migrations: migrations) { database in
            let keyring = try await Keyring.forTests(database)
            let organisation = OrganisationService(database: database, events: EventLog(), cipher: keyring.cipher)
            let layout = try OrganisationLayout(
                json: try JSONValue(
                    parsing: """
                        {"divisions": [
                            {"code": "430600", "name": "岳阳市", "level": "prefecture"},
                            {"code": "430626", "name": "平江县", "level": "county"}],
                         "agencies": [
                            {"key": "health", "name": "平江县卫生健康局", "department": "卫健", "division": "430626",
                             "creditCode": "\(health)"},
                            {"key": "police", "name": "平江县公安局", "department": "公安", "division": "430626",
                             "creditCode": "\(police)"}]}
                        """))
            let act = Act(actor: .system("test"), now: TestDatabase.now)
            try await database.write { _ = try organisation.apply(layout, by: act, in: $0) }
            let folder = FileManager.default.temporaryDirectory
                .appendingPathComponent("yiciban-inventory-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            let key = try SM2.PrivateKey.generate()
            let certificate = try CertificateBuilder(
                subject: DistinguishedName(commonName: "平江县", organization: "岳阳市"), profile: .root(),
                notBefore: TestDatabase.now.milliseconds, notAfter: TestDatabase.now.milliseconds + 86_400_000
            ).selfSigned(by: key)
            defer { try? FileManager.default.removeItem(at: folder) }
            try await body(
                InventoryFixture(
                    database: database,
                    service: InventoryService(
                        database: database, events: EventLog(), cipher: keyring.cipher, organisation: organisation,
                        division: "430600",
                        signer: ItemListSigner(privateKey: key, certificate: certificate)),
                    organisation: organisation, folder: folder, now: TestDatabase.now))
        }
    }

    /// A member of staff with some permissions, at a later time if wanted.
    func staff(
        _ name: String, _ permissions: Permission..., in division: String = "430600", after milliseconds: Int64 = 0
    ) -> Act {
        let at = Instant(milliseconds: now.milliseconds + milliseconds)
        let post = StaffPost(
            id: Seed.random().identifier("post", at: at), agency: Seed.random().identifier("agency", at: at),
            agencyName: "平江县行政审批服务局", division: division, site: nil, permissions: Set(permissions.map(\.id)))
        let account = Seed(bytes: Array((name + String(repeating: "·", count: 32)).utf8.prefix(32))).identifier(
            "account", at: now)
        return Act(actor: .staff(post, account: account, person: nil, name: name, terminal: .portal), now: at)
    }

    /// The rows of a list by heading.
    func list(_ rows: [[String: String]], named name: String = "list.csv") throws -> String {
        let headings = Array(Set(rows.flatMap(\.keys))).sorted()
        let path = folder.appendingPathComponent(name).path
        var writer = try TableWriter(path: path)
        try writer.heading(headings)
        for row in rows { try writer.row(headings.map { row[$0] ?? "" }) }
        try writer.finish()
        return path
    }

    /// A complete row.
    static func row(_ serial: Int, _ changes: [String: String] = [:], organ: String = health) -> [String: String] {
        let digits = String(1000 + serial).suffix(3)
        return [
            "实施编码": "\(organ)4000723001\(digits)", "事项名称": "出生医学证明签发\(serial)", "事项类型": "行政确认",
            "设定依据": "母婴保健法第二十三条", "服务对象": "自然人", "受理条件": "在本县出生", "申请材料": "父母身份证明｜原件｜1｜必要｜申请人自备",
            "办理流程": "受理→决定→送达", "是否收费": "否", "法定办结时限": "3个工作日", "承诺办结时限": "当场办结", "办件类型": "即办件",
            "咨询方式": "0730-1", "监督投诉方式": "12345", "办理地点": "政务中心", "办理时间": "工作日",
        ].merging(changes) { $1 }
    }

    /// Imports a list and publishes it on the word of the authority above.
    @discardableResult
    func publish(_ rows: [[String: String]], from day: LegalDay? = nil, at act: Act? = nil) async throws -> ItemImport {
        let act = act ?? system
        let report = try await service.importList(try list(rows), title: "清单", by: act)
        guard let batch = report.batch else { return report }
        _ = try await service.move(batch.id, .adopt, effectiveFrom: day, basis: "湘政办函〔2026〕1号", by: act)
        try await service.publish(batch.id, by: act)
        return report
    }
}
