import Extension
import Organisation
import Standards
import Storage
import StorageTestSupport
import TestSupport
import Testing

@Suite("Agencies through time")
struct AgencyTests {
    @Test(
        "a division without an office of its own is served by the one above",
        arguments: [
            ("公安", "430626", "平江县公安局"), ("公安", "430602", "岳阳市公安局"), ("公安", "430600-Z02", "岳阳市公安局"),
            ("卫健", "430626", "岳阳市卫生健康委员会"),
        ])
    func resolution(department: String, division: String, name: String) async throws {
        try await OrganisationFixture.with(.sqlite) { fixture in
            let agency = try await fixture.service.agency(department: department, division: division, on: fixture.day)
            #expect(agency?.name(on: fixture.day) == name)
        }
    }

    @Test("nobody is made up where no division above has the department")
    func unresolved() async throws {
        try await OrganisationFixture.with(.sqlite) { fixture in
            let unknownDepartment = try await fixture.service.agency(
                department: "海关", division: "430626", on: fixture.day)
            let unknownDivision = try await fixture.service.agency(
                department: "公安", division: "110101", on: fixture.day)
            #expect(unknownDepartment == nil)
            #expect(unknownDivision == nil)
        }
    }

    @Test(
        "merged agencies hand their posts on, and their past stays", .covers("R18.3"), arguments: TestDatabase.all)
    func merger(kind: TestDatabaseKind) async throws {
        try await OrganisationFixture.with(kind) { fixture in
            let act = fixture.act
            let account = act.identifier("account")
            let health = try await fixture.agency("health")
            let insurance = try await fixture.agency("insurance")
            let day = fixture.day.adding(days: 10)
            let merged = try await fixture.database.write { transaction in
                try fixture.service.addPost(for: account, at: health, roles: ["clerk"], by: act, in: transaction)
                return try fixture.service.merge(
                    [health, insurance], into: NewAgency(name: "岳阳市健康医保局", department: "卫健"), on: day, by: act,
                    in: transaction)
            }
            let organisation = try await fixture.service.snapshot()
            let before = day.adding(days: -1)
            #expect(organisation.agency(department: "卫健", division: "430602", on: before)?.id == health)
            #expect(organisation.agency(department: "卫健", division: "430602", on: day)?.id == merged)
            #expect(organisation.agency(department: "医保", division: "430602", on: day) == nil)
            #expect(organisation.posts(of: account, on: before).map(\.agency) == [health])
            #expect(organisation.posts(of: account, on: day).map(\.agency) == [merged])
            #expect(organisation.successors(of: insurance, on: day).map(\.id) == [merged])
            #expect(organisation.successors(of: insurance, on: before).map(\.id) == [insurance])
        }
    }

    @Test(
        "a split agency's posts go where they are sent, the others end", .covers("R18.3"), arguments: TestDatabase.all)
    func split(kind: TestDatabaseKind) async throws {
        try await OrganisationFixture.with(kind) { fixture in
            let act = fixture.act
            let (sent, left) = (act.identifier("sent"), act.identifier("left"))
            let health = try await fixture.agency("health")
            let day = fixture.day.adding(days: 1)
            let parts = try await fixture.database.write { transaction in
                let post = try fixture.service.addPost(
                    for: sent, at: health, roles: ["chief"], by: act, in: transaction)
                try fixture.service.addPost(for: left, at: health, roles: ["clerk"], by: act, in: transaction)
                return try fixture.service.split(
                    health,
                    into: [
                        NewAgency(name: "岳阳市卫生局", department: "卫健"), NewAgency(name: "岳阳市疾控局", department: "疾控"),
                    ], posts: [post: 1], on: day, by: act, in: transaction)
            }
            let organisation = try await fixture.service.snapshot()
            #expect(organisation.posts(of: sent, on: day).map(\.agency) == [parts[1]])
            #expect(organisation.posts(of: left, on: day).isEmpty)
            #expect(organisation.posts(of: left, on: fixture.day).count == 1)
            #expect(Set(organisation.successors(of: health, on: day).map(\.id)) == Set(parts))
        }
    }

    @Test("agencies of two divisions can't be merged")
    func foreignMerger() async throws {
        try await OrganisationFixture.with(.sqlite) { fixture in
            let agencies = [try await fixture.agency("police"), try await fixture.agency("police-pj")]
            let act = fixture.act
            let error = try await #require(throws: OrganisationError.self) {
                try await fixture.database.write { transaction in
                    try fixture.service.merge(
                        agencies, into: NewAgency(name: "公安局", department: "公安"), on: fixture.day, by: act,
                        in: transaction)
                }
            }
            #expect(error.code == .successionMalformed)
        }
    }
}
