import Cryptography
import Kernel
import PluginKit
import StorageTestSupport
import TestSupport
import Testing

@testable import ZoneEmpowerment

@Suite("Delegated powers")
struct ZoneEmpowermentTests {
    private func refusal(_ body: () async throws -> Void) async -> [String] {
        do {
            try await body()
            return []
        } catch let problem as Problem {
            return [problem.code] + problem.findings.map(\.field)
        } catch {
            return ["\(error)"]
        }
    }

    @Test(
        "a power may be used only when power, system and staff are all in place, and what is missing is told",
        .covers("R01.1", "R01.5"), arguments: TestDatabase.all)
    func readiness(kind: TestDatabaseKind) async throws {
        try await ZoneFixture.run(kind) { fixture in
            let next = fixture.day.adding(days: 1)
            try await fixture.delegate(fixture.input("E01"))
            try await fixture.delegate(fixture.input("E02") { $0.startsOn = next })
            try await fixture.delegate(fixture.input("E03") { $0.mode = .entrusted })
            let staff = "人员未到位：承接单位没有审批人员的账号"
            #expect(
                try await fixture.missing() == [
                    "E01": ["系统未到位：承接单位没有可用的印章", staff],
                    "E02": ["权限未到位：\(next.chinese)起才生效", "系统未到位：承接单位没有可用的印章", staff], "E03": [staff],
                ])
            try await fixture.employ()
            try await fixture.seal(powers: ["E02"])
            #expect(
                try await fixture.missing() == [
                    "E01": ["系统未到位：承接单位的印章不能用于这个事项"], "E02": ["权限未到位：\(next.chinese)起才生效"], "E03": [],
                ])
        }
    }

    @Test(
        "the counters know parks, counties and townships", .covers("R01.2", "R01.3", "R01.7", "R01.11"),
        arguments: TestDatabase.all)
    func figures(kind: TestDatabaseKind) async throws {
        try await ZoneFixture.run(kind) { fixture in
            try await fixture.employ()
            try await fixture.employ(at: "town")
            try await fixture.seal()
            try await fixture.delegate(fixture.input("E01"))
            try await fixture.delegate(fixture.input("K01") { $0.field = .construction })
            try await fixture.delegate(
                fixture.input("M01") {
                    $0.field = .market; $0.level = .province
                })
            try await fixture.delegate(fixture.input("E09") { $0.startsOn = fixture.day.adding(days: 9) })
            func town(_ item: String, _ field: DelegatedPower.Field) async throws {
                try await fixture.delegate(
                    fixture.input(item) {
                        ($0.division, $0.agency, $0.mode, $0.field) = ("430626", "town", .window, field)
                    })
            }
            try await town("P01", .convenience)
            try await town("P02", .convenience)
            try await town("R01", .resources)
            let standing = try await fixture.register.standing(at: ZoneFixture.now)
            let settings = try ZoneEmpowermentPlugin.Settings(
                from: SettingsReader(area: "x", values: ["parkTarget": 2]))
            let figures = ZoneFigures.all(standing.powers, standing.places, settings)
            #expect(figures.map(\.division) == ["430600-Z02", "430626", "430626"])
            #expect(figures.map(\.kind) == [.park, .county, .grassRoots])
            #expect(figures.map(\.usable) == [3, 1, 2])
            #expect(
                figures.map(\.counted) == [2, 1, 2],
                "market supervision is usable, but the park's counter leaves it out")
            #expect(figures.map(\.target) == [2, nil, 150])
            #expect(figures.map(\.incomplete) == [1, 0, 0])
        }
    }

    @Test("what can't be given or taken back is refused with every finding", arguments: TestDatabase.all)
    func refusals(kind: TestDatabaseKind) async throws {
        try await ZoneFixture.run(kind) { fixture in
            let power = try await fixture.delegate(fixture.input("E01"))
            #expect(
                await refusal { try await fixture.delegate(fixture.input("E01")) } == ["zone-empowerment.given_already"]
            )
            #expect(
                await refusal {
                    try await fixture.delegate(
                        fixture.input("E02") {
                            $0.agency = "nobody"
                            $0.division = "110000"
                            $0.endsOn = $0.startsOn
                        })
                } == ["input.invalid", "agency", "division", "ends_on"])
            #expect(
                await refusal { try await fixture.delegate(fixture.input("E02") { $0.agency = "market" }) }
                    == ["input.invalid", "agency"])
            let anybody = Act(actor: .anonymous(terminal: .portal), now: ZoneFixture.now)
            #expect(
                await refusal { try await fixture.delegate(fixture.input("E02"), by: anybody) } == ["access.forbidden"])
            let (county, city) = (try await fixture.staff("430626"), try await fixture.staff("430600"))
            #expect(
                await refusal { try await fixture.delegate(fixture.input("E02"), by: county) } == ["access.forbidden"])
            #expect(
                await refusal { try await fixture.takeBack(power.id, on: fixture.day, by: county) } == [
                    "access.forbidden"
                ])
            #expect(await refusal { try await fixture.delegate(fixture.input("E02"), by: city) } == [])
            try await fixture.takeBack(try #require(try await fixture.power("E02")), on: fixture.day, by: city)
            #expect(
                await refusal { try await fixture.takeBack(power.id, on: fixture.day.adding(days: -1), reason: " ") }
                    == ["input.invalid", "day", "reason"])
            try await fixture.takeBack(power.id, on: fixture.day)
            #expect(try await fixture.missing() == [:])
            #expect(
                await refusal { try await fixture.takeBack(power.id, on: fixture.day.adding(days: 3)) }
                    == ["input.invalid", "day"])
            try await fixture.delegate(fixture.input("E01"))
        }
    }

    @Test("the journal vouches for the register, and tells who gave and took what", arguments: TestDatabase.all)
    func audit(kind: TestDatabaseKind) async throws {
        try await ZoneFixture.run(kind) { fixture in
            let power = try await fixture.delegate(fixture.input("E01"))
            try await fixture.takeBack(power.id, on: fixture.day.adding(days: 30))
            let stream = StreamID(division: power.division, kind: "zone-empowerment.power", id: power.id.text)
            let told = try await fixture.register.database.read {
                try Journal.entries(of: stream, after: 0, limit: 10, in: $0)
            }
            #expect(told.map(\.entry.type) == [PowerDelegated.name, PowerTakenBack.name])
            #expect(try await verify(fixture).findings == [])
            try await fixture.register.database.write {
                _ = try $0.execute("UPDATE zone_empowerment_power SET mode = '委托'")
            }
            #expect(try await verify(fixture).findings.count == 1)
        }
    }

    private func verify(_ fixture: ZoneFixture) async throws -> JournalReport {
        try await Journal.verify(
            fixture.register.database, publicKey: try SM2.PrivateKey.generate().publicKey,
            checks: [fixture.register.state.check()])
    }
}
