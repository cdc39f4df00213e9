import Cryptography
import Extension
import Standards
import Storage
import StorageTestSupport
import Testing

@testable import Messaging

@Suite("How a person wants to be reached")
struct ContactRuleTests {
    @Test("everything that is wrong with a helper is told at once", arguments: TestDatabase.all)
    func findings(_ kind: TestDatabaseKind) async throws {
        try await MessagingWorld.run(kind) { world in
            var input = ContactInput()
            input.helperPhone = "12345"
            input.helperEndsOn = world.now.day.adding(days: -1)
            do {
                try await world.name(input)
                Issue.record("a faulty helper was taken")
            } catch let error as MessagingError {
                #expect(
                    error.findings.map(\.field)
                        == ["helper_name", "helper_relation", "helper_phone", "helper_ends_on", "helper_agreed"])
            }
        }
    }

    @Test("who saw an older version changes nothing", arguments: TestDatabase.all)
    func version(_ kind: TestDatabaseKind) async throws {
        try await MessagingWorld.run(kind) { world in
            let act = world.person()
            _ = try await world.write { try $0.changeOwnContact(MessagingWorld.helper, expected: 0, by: act, in: $1) }
            await #expect(throws: MessagingError.self) {
                _ = try await world.write { try $0.changeOwnContact(ContactInput(), expected: 0, by: act, in: $1) }
            }
            let view = try await world.service.ownContact(by: act)
            #expect(view.version == 1)
            #expect(view.helperName == "李小红")
            #expect(view.registeredPhone == "138****0001")
        }
    }

    @Test(
        "a clerk records for the person with an identity number, and each look is on record",
        arguments: TestDatabase.all)
    func clerk(_ kind: TestDatabaseKind) async throws {
        try await MessagingWorld.run(kind) { world in
            world.town.know(Contact(name: "王建国", phone: nil, address: nil), of: MessagingWorld.father)
            let act = world.clerk()
            let number = "430602190904265454"
            _ = try await world.write {
                try $0.changeContact(ofNumber: number, to: MessagingWorld.helper, expected: nil, by: act, in: $1)
            }
            let view = try await world.write { try $0.contact(ofNumber: number, by: act, in: $1) }
            #expect(view.helperPhone == "13900000009")
            let stream = StreamID(division: "430600", kind: "message-contact", id: MessagingWorld.father.text)
            let entries = try await world.database.read { try Journal.entries(of: stream, in: $0) }
            #expect(entries.map(\.entry.type) == ["message.contact_changed", "message.contact_viewed"])
            #expect(entries.allSatisfy { !$0.entry.body.contains("李小红") && !$0.entry.body.contains("139") })
            let stranger = world.clerk("430600", [])
            await #expect(throws: MessagingError.forbidden) {
                _ = try await world.write { try $0.contact(ofNumber: number, by: stranger, in: $1) }
            }
            await #expect(throws: MessagingError.self) {
                _ = try await world.write { try $0.contact(ofNumber: "430602190001010000", by: act, in: $1) }
            }
        }
    }

    @Test("a clerk of another division sees neither list nor notice", arguments: TestDatabase.all)
    func division(_ kind: TestDatabaseKind) async throws {
        try await MessagingWorld.run(kind) { world in
            world.town.know(nil, of: MessagingWorld.mother)
            let notice = try #require(try await world.post(world.draft()))
            #expect(try await world.service.deliveries(.undelivered, by: world.clerk()).items.count == 1)
            await #expect(throws: MessagingError.notFound) {
                _ = try await world.service.notice(notice, by: world.clerk("430626"))
            }
            await #expect(throws: MessagingError.forbidden) {
                _ = try await world.service.deliveries(.undelivered, division: "430600", by: world.clerk("430626"))
            }
        }
    }

    @Test(
        "every change of a notice or a contact by SQL is found", arguments: TestDatabase.all,
        [
            "UPDATE message_notice SET subject = 'x'", "UPDATE message_notice SET party = 'x'",
            "DELETE FROM message_notice",
            "UPDATE message_contact SET version = 9", "DELETE FROM message_contact",
        ])
    func tampered(_ kind: TestDatabaseKind, _ statement: String) async throws {
        try await MessagingWorld.run(kind) { world in
            try await world.post(world.draft())
            try await world.name(MessagingWorld.helper)
            let checks = world.service.contributions.compactMap { $0 as? StateCheck }
            let key = try SM2.PrivateKey.generate().publicKey
            func findings() async throws -> Int {
                try await Journal.verify(world.database, publicKey: key, checks: checks).findings.count
            }
            #expect(try await findings() == 0)
            try await world.database.write { _ = try $0.execute(statement) }
            #expect(try await findings() > 0)
        }
    }
}
