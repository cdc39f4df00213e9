import Cryptography
import Extension
import Foundation
import Standards
import Storage
import StorageTestSupport
import TestSupport
import Testing

@testable import Licences

@Suite("Old registers of licences are taken over")
struct CollectionTests {
    static let collector = Seedling.staff(agency: "数据局", [LicenceService.collectRight.id])
    static let holder = "430602199001010021"

    static let heading = "证照类型,证照编号,持证主体,持证主体证件号码,颁发机构,颁发机构代码,颁发日期,有效期至,法定代表人,经营场所,主体业态,经营项目"
    static let sound =
        "食品经营许可证,JY24306020001,李春梅,\(holder),岳阳楼区市场监督管理局,\(LicenceFixture.issuer),2023/5/1,2099-04-30,李春梅,花板桥路1号,食品销售经营者,预包装食品"

    @Test(
        "a sound row lands in the wallet of who is registered, and the same file again changes nothing",
        .covers("R14.5"), arguments: TestDatabase.all)
    func sound(_ kind: TestDatabaseKind) async throws {
        let person = Seedling.identifier("owner")
        try await CollectionFixture.run(kind, known: [Self.holder: person]) { fixture in
            let first = try await fixture.collect([Self.heading, Self.sound])
            #expect(first.added == 1 && first.linked == 1 && first.qualities == [.sound: 1])
            let held = try await fixture.held(by: person)
            #expect(held == ["食品经营许可证"])
            let licence = try #require(try await fixture.licences(of: person).first)
            #expect(licence.isImported && licence.origin == .elsewhere && licence.number == "JY24306020001")
            #expect(licence.fields.map(\.label) == ["法定代表人", "经营场所", "主体业态", "经营项目"])
            #expect(try await fixture.events(of: licence, "licence") == ["licence.recorded"])
            #expect(try await fixture.events(of: licence, "licence-quality") == ["licence.collected"])

            let again = try await fixture.collect([Self.heading, Self.sound])
            #expect(again.added == 0 && again.changed == 0 && again.unchanged == 1)
            #expect(try await fixture.licences(of: person).count == 1)
        }
    }

    @Test("a register that says something else now takes the place of what it said", arguments: TestDatabase.all)
    func changed(_ kind: TestDatabaseKind) async throws {
        let person = Seedling.identifier("owner")
        try await CollectionFixture.run(kind, known: [Self.holder: person]) { fixture in
            try await fixture.collect([Self.heading, Self.sound])
            let moved = Self.sound.replacingOccurrences(of: "花板桥路1号", with: "花板桥路2号")
            let report = try await fixture.collect([Self.heading, moved])
            #expect(report.changed == 1 && report.added == 0)
            let licences = try await fixture.licences(of: person)
            #expect(Set(licences.map(\.status)) == [.valid, .superseded])
            let current = licences.first { $0.status == .valid }
            #expect(current?.fields.contains(LicenceField("经营场所", "花板桥路2号")) == true)
        }
    }

    @Test(
        "what is missing or contradicts itself is told by row, and a doubtful licence serves only once it is confirmed",
        .covers("R14.5"), arguments: TestDatabase.all)
    func quality(_ kind: TestDatabaseKind) async throws {
        let person = Seedling.identifier("owner")
        try await CollectionFixture.run(kind, known: [Self.holder: person]) { fixture in
            let incomplete = "食品经营许可证,JY2,王五,,楼区局,,2023-05-01,,,某路,食品销售经营者,预包装食品"
            let wrongNumber = Self.sound.replacingOccurrences(of: "JY24306020001", with: "JY3")
                .replacingOccurrences(of: Self.holder, with: "430602199001010022")
            let twin = Self.sound.replacingOccurrences(of: "花板桥路1号", with: "别处")
                .replacingOccurrences(of: ",李春梅,\(Self.holder)", with: ",赵六,")
            let report = try await fixture.collect([Self.heading, Self.sound, incomplete, wrongNumber, twin])
            #expect(report.added == 4)
            #expect(report.qualities == [.sound: 1, .incomplete: 1, .doubtful: 2])
            #expect(report.remarks.map(\.row) == [3, 4, 5])
            #expect(report.remarks[0].text == "缺少：法定代表人、颁发机构代码、有效期至、持证主体证件号码")
            #expect(report.remarks[1].text == "持证主体的身份证号码校验码或日期不对")
            #expect(report.remarks[2].text.hasPrefix("同类证照里另有一份编号相同、内容不同"))

            let act = Seedling.act(Self.collector, "look")
            let open = try await fixture.service.collected(.doubtful, by: act)
            #expect(open.map(\.licence.number).sorted() == ["JY24306020001", "JY24306020001", "JY3"])
            let twinFound = try #require(open.first { $0.licence.holders.first?.name == "赵六" })
            try await fixture.confirm(twinFound.licence.id, basis: "底档2023-17")
            let left = try await fixture.service.collected(.doubtful, by: act)
            #expect(
                left.map(\.licence.number).sorted() == ["JY24306020001", "JY3"],
                "the other one is not known to be right")
            #expect(
                try await fixture.events(of: twinFound.licence, "licence-quality") == [
                    "licence.collected", "licence.confirmed",
                ])
            await #expect(throws: LicenceError.self) {
                try await fixture.confirm(twinFound.licence.id, basis: "再来一次")
            }
        }
    }

    @Test("a doubtful licence is no source of an exemption", arguments: TestDatabase.all)
    func doubtful(_ kind: TestDatabaseKind) async throws {
        let person = Seedling.identifier("owner")
        try await CollectionFixture.run(kind, known: [Self.holder: person]) { fixture in
            let wrong = Self.sound.replacingOccurrences(of: "食品经营许可证", with: "食品生产许可证")
            try await fixture.collect([
                Self.heading.replacingOccurrences(of: "经营场所,主体业态,经营项目", with: "生产地址,食品类别,住所"), wrong,
            ])
            #expect(try await fixture.held(by: person) == [])
            let found = try #require(
                try await fixture.service.collected(.doubtful, by: Seedling.act(Self.collector, "look")).first)
            #expect(found.findings == "持证主体应是法人，证件号码却不是")
            try await fixture.confirm(found.licence.id, basis: "个体工商户，底档2023-17")
            #expect(try await fixture.held(by: person) == ["食品生产许可证"])
        }
    }

    @Test("every fault of a table is told at once by its cell, and nothing is written", arguments: TestDatabase.all)
    func faults(_ kind: TestDatabaseKind) async throws {
        try await CollectionFixture.run(kind) { fixture in
            let rows = [
                Self.heading,
                "食品经营许可,JY1,李春梅,\(Self.holder),楼区局,,2023-05-01,,,,,",
                "食品经营许可证,,李春梅,\(Self.holder),楼区局,123,2023-13-01,2020-01-01,,,,",
                "食品经营许可证,JY2,李春梅,,楼区局,,2023-05-01,2020-01-01,,,,", Self.sound,
                Self.sound.replacingOccurrences(of: "花板桥路1号", with: "花板桥路9号"),
            ]
            let problem = await #expect(throws: Problem.self) { try await fixture.collect(rows) }
            #expect(
                problem?.findings.map(\.field) == [
                    "第 2 行 A 列（证照类型）", "第 3 行 B 列（证照编号）", "第 3 行 G 列（颁发日期）", "第 3 行 F 列（颁发机构代码）",
                    "第 4 行 H 列（有效期至）", "第 6 行",
                ])
            #expect(problem?.findings.first?.message.contains("是不是“食品经营许可证”？") == true)
            let count0 = try await fixture.count()
            #expect(count0 == 0)
        }
    }

    @Test("a trial run tells what would happen and writes nothing", arguments: TestDatabase.all)
    func trial(_ kind: TestDatabaseKind) async throws {
        try await CollectionFixture.run(kind) { fixture in
            let report = try await fixture.collect([Self.heading, Self.sound], isDryRun: true)
            #expect(report.added == 1)
            let count0 = try await fixture.count()
            #expect(count0 == 0)
        }
    }

    @Test("an import that was stopped goes on where it ended", arguments: TestDatabase.all)
    func resumed(_ kind: TestDatabaseKind) async throws {
        try await CollectionFixture.run(kind) { fixture in
            let rows = (0..<450).map { Self.sound.replacingOccurrences(of: "JY24306020001", with: "JY9\($0)") }
            await #expect(throws: CancellationError.self) {
                try await fixture.collect([Self.heading] + rows, stopAfter: 200)
            }
            let count200 = try await fixture.count()
            #expect(count200 == 200)
            let report = try await fixture.collect([Self.heading] + rows)
            #expect(report.unchanged == 200 && report.added == 250)
            let count450 = try await fixture.count()
            #expect(count450 == 450)
        }
    }

    @Test("who registers by another name finds the licence doubted, whichever came first", arguments: TestDatabase.all)
    func otherName(_ kind: TestDatabaseKind) async throws {
        let person = Seedling.identifier("owner")
        try await CollectionFixture.run(kind) { fixture in
            try await fixture.collect([Self.heading, Self.sound])
            let (service, act) = (fixture.service, Seedling.act(Self.collector, "claim"))
            let counts = try await fixture.database.write { transaction in
                let party = RegisteredParty(id: person, name: "张冒充")
                return [
                    try service.claim(Self.holder, for: party, by: act, in: transaction),
                    try service.claim(Self.holder, for: party, by: act, in: transaction),
                ]
            }
            #expect(counts == [1, 0])
            #expect(try await fixture.held(by: person) == [])
            let doubted = try #require(try await service.collected(.doubtful, by: act).first)
            #expect(doubted.findings == "持证主体的名称和这个号码登记的不一致")
            let audit = try await fixture.audit()
            #expect(audit == [])
        }
        try await CollectionFixture.run(kind, known: [Self.holder: person]) { fixture in
            let report = try await fixture.collect([
                Self.heading, Self.sound.replacingOccurrences(of: ",李春梅,\(Self.holder)", with: ",张冒充,\(Self.holder)"),
            ])
            #expect(report.qualities == [.doubtful: 1])
            #expect(try await fixture.held(by: person) == [])
        }
    }

    @Test(
        "a licence that somebody confirmed is not doubted again by another with its number, others are",
        arguments: TestDatabase.all)
    func confirmed(_ kind: TestDatabaseKind) async throws {
        try await CollectionFixture.run(kind) { fixture in
            func twin(_ name: String) -> String {
                Self.sound.replacingOccurrences(of: ",李春梅,\(Self.holder)", with: ",\(name),")
            }
            let act = Seedling.act(Self.collector, "look")
            try await fixture.collect([Self.heading, Self.sound, twin("赵六")])
            let open = try await fixture.service.collected(.doubtful, by: act)
            let right = try #require(open.first { $0.licence.holders.first?.name == "李春梅" })
            try await fixture.confirm(right.licence.id, basis: "底档2023-17")
            try await fixture.collect([Self.heading, twin("孙七")])
            let left = try await fixture.service.collected(.doubtful, by: act)
            #expect(Set(left.compactMap { $0.licence.holders.first?.name }) == ["赵六", "孙七"])
            let events = try await fixture.events(of: right.licence, "licence-quality")
            #expect(events == ["licence.collected", "licence.doubted", "licence.confirmed"])
            let audit = try await fixture.audit()
            #expect(audit == [])
        }
    }

    @Test(
        "a doubt that is deleted from the table is found by the audit, also of a licence no register brought",
        arguments: TestDatabase.all)
    func deletedDoubt(_ kind: TestDatabaseKind) async throws {
        try await CollectionFixture.run(kind) { fixture in
            let service = fixture.service
            var seeded = ServiceFixture.marriage()
            seeded.issuer = LicenceIssuer(name: "岳阳楼区民政局", creditCode: nil)
            let draft = seeded
            let licence = try await fixture.database.write {
                try service.importHeld([draft], by: Seedling.act(), in: $0)
            }[0]
            try await fixture.collect([
                "证照类型,证照编号,持证主体,颁发机构,颁发日期,登记日期",
                "结婚证,\(licence.number),赵六,岳阳楼区民政局,2020-05-20,2020-05-20",
            ])
            let doubted = try await service.collected(.doubtful, by: Seedling.act(Self.collector, "look"))
            #expect(Set(doubted.map(\.licence.id)).contains(licence.id) && doubted.count == 2)
            let before = try await fixture.audit()
            #expect(before == [])
            try await fixture.database.write {
                _ = try $0.execute("DELETE FROM licence_quality WHERE licence = ?", licence.id)
            }
            let after = try await fixture.audit()
            #expect(after.count == 1)
        }
    }

    @Test(
        "who looks into doubtful licences of one division turns the pages of all of them and sees no other's",
        arguments: TestDatabase.all)
    func divisions(_ kind: TestDatabaseKind) async throws {
        try await CollectionFixture.run(kind) { fixture in
            let places = ["430602", "430603"].map {
                Seedling.staff(agency: "数据局\($0)", division: $0, [LicenceService.collectRight.id])
            }
            for (index, actor) in places.enumerated() {
                let rows = (0..<5).map { row in
                    Self.sound.replacingOccurrences(of: "JY24306020001", with: "JY\(index)\(row)")
                        .replacingOccurrences(of: Self.holder, with: "430602199001010020")
                }
                try await fixture.collect([Self.heading] + rows, as: actor)
            }
            var seen: [String] = []
            var cursor: Identifier?
            repeat {
                let page = try await fixture.service.collected(
                    .doubtful, after: cursor, limit: 2, by: Seedling.act(places[0], "look"))
                seen += page.map(\.licence.number)
                cursor = page.count == 2 ? page.last?.licence.id : nil
            } while cursor != nil
            #expect(seen.sorted() == (0..<5).map { "JY0\($0)" })
            let city = try await fixture.service.collected(
                .doubtful, by: Seedling.act(Self.collector, "look"))
            #expect(city.count == 10)
        }
    }

    @Test("who has not the right can neither import nor look", arguments: TestDatabase.all)
    func forbidden(_ kind: TestDatabaseKind) async throws {
        try await CollectionFixture.run(kind) { fixture in
            let other = Seedling.staff(agency: "数据局", [LicenceService.read.id])
            await #expect(throws: Problem.self) {
                try await fixture.collect([Self.heading, Self.sound], as: other)
            }
            await #expect(throws: Problem.self) {
                try await fixture.service.collected(.doubtful, by: Seedling.act(other, "look"))
            }
            let count0 = try await fixture.count()
            #expect(count0 == 0)
        }
    }

    @Test("the types that come with the program are forty and well formed, and a county's own take their place")
    func types() throws {
        let shipped = try LicenceTypes.standard()
        #expect(shipped.all.count == 40)
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: "licence-types.csv").path
        let heading = "证照类型,类型代码,定义机构,持证主体,有效期,编号唯一,领域,内容栏目"
        try "\(heading)\n结婚证,,民政部,自然人,长期,否,民政,*登记日期\n君山茶品牌使用证,,岳阳市农业农村局,任何,期限,是,农业,*产地\n"
            .write(toFile: path, atomically: true, encoding: .utf8)
        let own = try LicenceTypes.standard(extendedBy: path)
        #expect(own.all.count == 41 && own["结婚证"]?.hasUniqueNumber == false)
        #expect(own["君山茶品牌使用证"]?.lines == [LicenceType.Line(label: "产地", isRequired: true)])
        try "\(heading)\n,12,,别的,,,,a；a\n".write(toFile: path, atomically: true, encoding: .utf8)
        let problem = #expect(throws: Problem.self) { try LicenceTypes.standard(extendedBy: path) }
        #expect(problem?.findings.count == 7)
    }
}

/// A licence service that knows whose some numbers are.
struct CollectionFixture {
    let database: any Database
    let service: LicenceService

    struct Parties: LicenceParties {
        let known: [String: Identifier]
        func party(withNumber number: String, in snapshot: Snapshot) throws -> RegisteredParty? {
            known[number].map { RegisteredParty(id: $0, name: "李春梅") }
        }
    }

    static func run(
        _ kind: TestDatabaseKind, known: [String: Identifier] = [:], _ body: (CollectionFixture) async throws -> Void
    ) async throws {
        let migrations = [StorageSchema.migrations, LicenceService.migrations]
        try await withDatabase(kind, migrations: migrations) { database in
            let licences = try LicenceFixture()
            let keyring = try await Keyring.forTests(database)
            let service = LicenceService(
                database: database, events: EventLog(), cipher: keyring.cipher,
                blobs: BlobStore(cipher: keyring.cipher), signer: try licences.signer, types: try .standard(),
                parties: Parties(known: known), division: "430600")
            try await body(CollectionFixture(database: database, service: service))
            try await service.flushLookUps()
        }
    }

    @discardableResult
    func collect(
        _ rows: [String], as actor: Actor = CollectionTests.collector, isDryRun: Bool = false, stopAfter: Int = .max
    ) async throws -> LicenceCollection {
        let path = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).csv").path
        try rows.joined(separator: "\n").write(toFile: path, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(atPath: path) }
        let service = service
        let run = Task {
            try await service.collect(path, isDryRun: isDryRun) { count in
                if count >= stopAfter { withUnsafeCurrentTask { $0?.cancel() } }
            } act: {
                Seedling.act(actor, UUID().uuidString)
            }
        }
        return try await run.value
    }

    func confirm(_ id: Identifier, basis: String) async throws {
        let act = Seedling.act(CollectionTests.collector, UUID().uuidString)
        try await database.write { try service.confirm(id, basis: basis, by: act, in: $0) }
    }

    func licences(of party: Identifier) async throws -> [Licence] {
        try await service.licences(of: party, by: Seedling.act())
    }

    func held(by party: Identifier) async throws -> [String] {
        let types = service.types.all.map(\.name)
        return try await database.read {
            try service.held(by: [party], types: types, on: LicenceFixture.now.day, in: $0)[party]?.keys.sorted() ?? []
        }
    }

    func events(of licence: Licence, _ kind: String) async throws -> [String] {
        let stream = StreamID(division: licence.statement.division, kind: kind, id: licence.id.text)
        return try await database.read { try Journal.entries(of: stream, in: $0).map(\.entry.type) }
    }

    /// What the audit finds of the licences and their quality.
    func audit() async throws -> [String] {
        let checks = service.contributions.compactMap { $0 as? StateCheck }
        let key = try SM2.PrivateKey.generate().publicKey
        return try await Journal.verify(database, publicKey: key, checks: checks).findings.map { "\($0)" }
    }

    func count() async throws -> Int {
        try await database.read { try $0.row("SELECT count(*) AS n FROM licence")?.get("n") ?? 0 }
    }
}
