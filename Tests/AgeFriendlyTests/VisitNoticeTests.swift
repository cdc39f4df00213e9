import Kernel
import PluginKit
import StorageTestSupport
import TestSupport
import Testing

@testable import AgeFriendly

@Suite("Notices of home visits")
struct VisitNoticeTests {
    /// What lies in a person's inbox, the newest first.
    private func inbox(of person: Identifier, _ fixture: AgeFixture) async throws -> [String] {
        while try await fixture.kernel.outboxRunner.runDue() > 0 {}
        let messaging = try fixture.kernel.services(MessagingService.self)
        return try await messaging.inbox(by: fixture.person(person)).items.map(\.title)
    }

    @Test(
        "the person is told who comes, also when somebody else takes over, that the visitor set out, and why staff cancelled",
        .covers("R12.18"), arguments: TestDatabase.all)
    func told(kind: TestDatabaseKind) async throws {
        try await AgeFixture.run(kind) { fixture in
            let elder = fixture.person(fixture.elder)
            let visit = try await fixture.order(by: elder)
            #expect(try await inbox(of: fixture.elder, fixture) == [])
            for visitor in [fixture.visitor, fixture.colleague] {
                let account = try #require(visitor.actor.account)
                try await fixture.step(by: fixture.visitor) { try $0.assign(visit.id, to: account, by: $1, in: $2) }
            }
            try await fixture.step(by: fixture.colleague) { try $0.setOut(visit.id, by: $1, in: $2) }
            let assigned = "您约的“上门办”安排好了"
            #expect(Set(try await inbox(of: fixture.elder, fixture)) == [assigned, "余静已经出发"])
            #expect(try await inbox(of: fixture.elder, fixture).count == 3)
            try await fixture.step(by: fixture.colleague) { try $0.cancel(visit.id, reason: "路断了", by: $1, in: $2) }
            #expect(try await inbox(of: fixture.elder, fixture).contains("您约的“上门办”取消了"))
        }
    }

    @Test(
        "nobody is told what it did itself, and nobody is told of an order for somebody unknown",
        arguments: TestDatabase.all)
    func untold(kind: TestDatabaseKind) async throws {
        try await AgeFixture.run(kind) { fixture in
            let elder = fixture.person(fixture.elder)
            let own = try await fixture.order(by: elder)
            try await fixture.step(by: elder) { try $0.cancel(own.id, reason: "", by: $1, in: $2) }
            let call = try await fixture.call(by: fixture.visitor)
            let account = try #require(fixture.visitor.actor.account)
            try await fixture.step(by: fixture.visitor) { try $0.assign(call.id, to: account, by: $1, in: $2) }
            #expect(try await inbox(of: fixture.elder, fixture) == [])
            let known = try await fixture.call(by: fixture.visitor) {
                $0.idNumber = try? SampleIdentities.person(0, today: AgeFixture.day).idNumber
            }
            #expect(known.person == fixture.elder)
            try await fixture.step(by: fixture.visitor) { try $0.assign(known.id, to: account, by: $1, in: $2) }
            #expect(try await inbox(of: fixture.elder, fixture) == ["您约的“上门办”安排好了"])
        }
    }
}
