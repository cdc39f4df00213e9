import Extension
import Organisation
import Standards
import Storage
import StorageTestSupport
import Testing
import TestSupport

@testable import Identity

/// A city office with a county office under it, another office beside, an administrator and some officers.
private struct Office {
    let fixture: IdentityFixture
    let city: Identifier
    let county: Identifier
    let other: Identifier
    let administrator: Identifier

    static let roles: [(String, Set<String>)] = [
        ("officer", ["casework.decide"]), ("clerk", ["casework.accept"]),
        ("admin", ["identity.manage_staff", "identity.grant:officer", "identity.grant:clerk"]),
        ("operator", ["organisation.manage", "identity.manage_accounts"]), ("supervisor", ["casework.supervise"]),
    ]

    static func with(_ kind: TestDatabaseKind, _ body: (Office) async throws -> Void) async throws {
        try await IdentityFixture.with(kind) { fixture in
            let layout = try OrganisationLayout(
                json: try JSONValue(
                    parsing: """
                        {"divisions": [{"code": "430600", "name": "岳阳市", "level": "prefecture"},
                            {"code": "430626", "name": "平江县", "level": "county"}],
                         "roles": [\(roles.map { id, permissions in
                            "{\"id\": \"\(id)\", \"title\": \"\(id)\", \"permissions\": [\(permissions.sorted().map { "\"\($0)\"" }.joined(separator: ","))]}"
                         }.joined(separator: ","))],
                         "agencies": [
                            {"key": "city", "name": "岳阳市甲局", "department": "甲", "division": "430600"},
                            {"key": "county", "name": "平江县甲局", "department": "甲", "division": "430626", "parent": "city"},
                            {"key": "other", "name": "岳阳市乙局", "department": "乙", "division": "430600"}]}
                        """))
            let act = IdentityFixture.system()
            try await fixture.database.write { _ = try fixture.organisation.apply(layout, by: act, in: $0) }
            let known = try await fixture.organisation.snapshot()
            func agency(_ key: String) throws -> Identifier {
                try #require(known.agencies.values.first { $0.key == key }).id
            }
            let (city, county, other) = (try agency("city"), try agency("county"), try agency("other"))
            let administrator = try await fixture.identity.addAccount(
                "admin", for: .staff(try PersonName("管理员")), password: IdentityFixture.password, by: act)
            try await fixture.database.write {
                _ = try fixture.organisation.addPost(for: administrator, at: city, roles: ["admin"], by: act, in: $0)
            }
            try await body(
                Office(fixture: fixture, city: city, county: county, other: other, administrator: administrator))
        }
    }

    var identity: IdentityService { fixture.identity }

    func act(day: Int = 0) async throws -> Act {
        let now = IdentityFixture.after(day * 86_400)
        let post = try #require(try await fixture.organisation.snapshot().posts(of: administrator, on: now.day).first)
        return Act(
            actor: .staff(post, account: administrator, person: nil, name: "管理员", terminal: .portal), now: now)
    }

    @discardableResult
    func add(_ login: String, at agency: Identifier, _ roles: String..., day: Int = 0) async throws -> Identifier {
        let act = try await act(day: day)
        return try await identity.addStaff(
            login: login, name: "张示例", post: StaffPostOrder(agency: agency, roles: roles),
            password: IdentityFixture.password, by: act)
    }

    func write(day: Int = 0, _ body: @escaping @Sendable (Act, Transaction) throws -> Void) async throws {
        let act = try await act(day: day)
        try await fixture.database.write { try body(act, $0) }
    }

    /// Who may decide in an agency on a day and is there.
    func present(in agency: Identifier, day: Int) async throws -> Set<Identifier> {
        let today = IdentityFixture.after(day * 86_400).day
        let (identity, organisation) = (identity, fixture.organisation)
        return try await fixture.database.read { snapshot in
            let holders = try organisation.snapshot(in: snapshot)
                .holders(of: Permission("casework.decide", ""), on: today)
                .filter { $0.key.agency == agency }.values.reduce(into: Set<Identifier>()) { $0.formUnion($1) }
            return holders.subtracting(try identity.absentStaff(on: today, in: snapshot))
        }
    }
}

@Suite("An agency's administrator manages its own people")
struct StaffTests {
    private func codes(_ body: () async throws -> Void) async -> [String] {
        do {
            try await body()
            return []
        } catch let error as IdentityError {
            return error.findings.isEmpty ? [error.code.rawValue] : error.findings.map(\.code)
        } catch let error as Problem {
            return [error.code]
        } catch {
            return ["\(error)"]
        }
    }

    @Test("its own agency and those below are its own, and no other", arguments: TestDatabase.all)
    func tree(kind: TestDatabaseKind) async throws {
        try await Office.with(kind) { office in
            try await office.add("li.a", at: office.city, "officer")
            try await office.add("wang", at: office.county, "clerk", "officer")
            #expect(
                await codes { try await office.add("zhao", at: office.other, "officer") } == ["identity.staff_agency"])
            let people = try await office.identity.staff(by: try await office.act())
            #expect(people.map(\.loginName).sorted() == ["admin", "li.a", "wang"])
        }
    }

    @Test(
        "no role is given beyond what the administrator may give, and everything wrong is told at once",
        arguments: TestDatabase.all)
    func roles(kind: TestDatabaseKind) async throws {
        try await Office.with(kind) { office in
            let act = try await office.act()
            let identity = office.identity
            func refusals(_ login: String, _ name: String, _ agency: Identifier, _ roles: [String]) async throws
                -> [String]
            {
                do {
                    try await identity.addStaff(
                        login: login, name: name, post: StaffPostOrder(agency: agency, roles: roles),
                        password: IdentityFixture.password, by: act)
                    return []
                } catch let error as IdentityError { return error.findings.map(\.code) }
            }
            for role in ["admin", "operator", "supervisor", "none"] {
                let found = try await refusals("li.a", "李示例", office.city, [role])
                #expect(found == ["identity.staff_role"])
            }
            let all = try await refusals("1", "", office.other, [])
            #expect(all.count == 4)
            let known = try await office.fixture.organisation.snapshot()
            #expect(identity.grantableRoles(of: act.actor, known).map(\.id) == ["clerk", "officer"])
        }
    }

    @Test(
        "an administrator changes neither oneself nor another administrator, and nobody else changes anybody",
        arguments: TestDatabase.all)
    func above(kind: TestDatabaseKind) async throws {
        try await Office.with(kind) { office in
            let li = try await office.add("li.a", at: office.city, "officer")
            let system = IdentityFixture.system()
            try await office.fixture.database.write {
                _ = try office.fixture.organisation.addPost(
                    for: li, at: office.city, roles: ["admin"], by: system, in: $0)
            }
            for account in [li, office.administrator] {
                #expect(
                    await codes { try await office.write { try office.identity.suspend(account, by: $0, in: $1) } }
                        == ["identity.staff_denied"])
            }
            let clerk = Act(actor: .anonymous(terminal: .portal), now: IdentityFixture.start)
            await #expect(throws: Problem.self) { try await office.identity.staff(by: clerk) }
        }
    }

    @Test(
        "a stand-in has the posts for the days of the leave and no longer, and gives them back on return",
        arguments: TestDatabase.all)
    func leave(kind: TestDatabaseKind) async throws {
        try await Office.with(kind) { office in
            let li = try await office.add("li.a", at: office.county, "officer")
            let wang = try await office.add("wang", at: office.city, "clerk")
            let today = IdentityFixture.start.day
            let days = today.adding(days: 1)...today.adding(days: 3)
            try await office.write { try office.identity.setLeave(of: li, days: days, standIn: wang, by: $0, in: $1) }
            for (day, expected) in [(0, [li]), (1, [wang]), (3, [wang]), (4, [li])] {
                #expect(try await office.present(in: office.county, day: day) == Set(expected), "day \(day)")
            }
            #expect(
                await codes {
                    try await office.write {
                        try office.identity.setLeave(of: wang, days: days, standIn: li, by: $0, in: $1)
                    }
                } == ["identity.stand_in_absent"], "who is away stands in for nobody")
            try await office.write(day: 2) { try office.identity.endLeave(of: li, by: $0, in: $1) }
            #expect(try await office.present(in: office.county, day: 2) == [li])
            let told = try await office.fixture.database.read { snapshot in
                try snapshot.rows("SELECT type FROM journal WHERE type LIKE 'identity.leave%' ORDER BY at, seq").map {
                    try $0.get("type", as: String.self)
                }
            }
            #expect(told == ["identity.leave_set", "identity.leave_ended"])
        }
    }

    @Test("who leaves hands over everything, and the account is closed", arguments: TestDatabase.all)
    func departure(kind: TestDatabaseKind) async throws {
        try await Office.with(kind) { office in
            let li = try await office.add("li.a", at: office.county, "officer")
            let wang = try await office.add("wang", at: office.city, "clerk")
            let today = IdentityFixture.start.day
            try await office.write { try office.identity.depart(li, colleague: wang, on: today, by: $0, in: $1) }
            #expect(try await office.present(in: office.county, day: 0) == [wang])
            #expect(try await office.fixture.refusal("li.a") == .accountDisabled)
            #expect(
                await codes {
                    try await office.write {
                        try office.identity.depart(wang, colleague: li, on: today, by: $0, in: $1)
                    }
                }
                    == ["identity.stand_in"])
        }
    }

    @Test(
        "after any sequence of leaves, returns and departures somebody is there for every agency, every day",
        arguments: TestDatabase.all, [UInt64(1), 2, 3, 4])
    func nobodyIsLeftAlone(kind: TestDatabaseKind, seed: UInt64) async throws {
        try await Office.with(kind) { office in
            var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
            func next(_ bound: Int) -> Int {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return Int(state >> 33) % bound
            }
            var people: [Identifier] = []
            for (index, agency) in [office.city, office.city, office.county, office.county, office.city].enumerated() {
                people.append(try await office.add("p\(index)x", at: agency, index == 1 ? "clerk" : "officer"))
            }
            var done = 0
            for day in 0..<12 {
                let today = IdentityFixture.after(day * 86_400).day
                let (one, other) = (people[next(people.count)], people[next(people.count)])
                let (begin, length) = (next(3), next(4))
                let choice = next(5)
                let refused = await codes {
                    try await office.write(day: day) { act, transaction in
                        switch choice {
                        case 0: try office.identity.endLeave(of: one, by: act, in: transaction)
                        case 1:
                            try office.identity.depart(
                                one, colleague: other, on: today.adding(days: begin), by: act, in: transaction)
                        default:
                            let first = today.adding(days: begin)
                            try office.identity.setLeave(
                                of: one, days: first...first.adding(days: length), standIn: other, by: act,
                                in: transaction)
                        }
                    }
                }
                if refused.isEmpty { done += 1 }
                for later in day...(day + 9) {
                    for agency in [office.city, office.county] {
                        #expect(
                            try await !office.present(in: agency, day: later).isEmpty,
                            "seed \(seed), day \(day), looking at day \(later), choice \(choice)")
                    }
                }
            }
            #expect(done > 2, "the sequence did something")
        }
    }
}
