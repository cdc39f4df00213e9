import Extension
import Identity
import Standards
import Storage
import StorageTestSupport
import TestSupport
import Testing

@Suite("What is typed and not sent")
struct KeptInputTests {
    private static let page = "/staff/tasks/1/P01"
    private static let form = "/staff/tasks/1/P01/refuse"
    private static let reason = "申请人赵明远的材料与登记不符"

    private static func act(_ account: Identifier, after seconds: Int = 0) -> Act {
        Act(
            actor: .person(account, account: account, name: "赵明远", terminal: .portal),
            now: IdentityFixture.after(seconds))
    }

    private static func input(_ value: String, form: String = form) -> KeptInput {
        KeptInput(page: page, form: form, fields: [KeptField("reason", value)])
    }

    @Test(
        "the last that was typed comes back to its account alone, sealed, until the form is sent",
        arguments: TestDatabase.all)
    func keeping(kind: TestDatabaseKind) async throws {
        try await IdentityFixture.with(kind) { fixture in
            let (mine, identity) = (fixture.account, fixture.identity)
            let other = try await identity.addAccount(
                "clerk.two", for: .staff(try PersonName("欧阳志强")), password: "Window-Horse-9",
                by: IdentityFixture.system())
            try await identity.keep(Self.input("申请"), by: Self.act(mine))
            try await identity.keep(Self.input(Self.reason), by: Self.act(mine, after: 3))
            let kept = try await identity.keptInputs(on: Self.page, by: Self.act(mine))
            #expect(kept.map(\.form) == [Self.form])
            #expect(kept.first?.fields == [KeptField("reason", Self.reason)])
            #expect(kept.first?.keptAt == IdentityFixture.after(3))
            #expect(try await identity.keptInputs(on: Self.page, by: Self.act(other)).isEmpty)
            #expect(try await identity.keptInputs(on: "/staff/tasks/1/P02", by: Self.act(mine)).isEmpty)
            let stored = try await fixture.database.read { view in
                try view.rows("SELECT body FROM identity_kept_input").map { try $0.get("body", as: [UInt8].self) }
            }
            #expect(!stored.contains { $0.contains(Self.reason.utf8) })

            try await identity.forgetInput(of: Self.form, by: Self.act(other))
            #expect(try await identity.keptInputs(on: Self.page, by: Self.act(mine)).count == 1)
            try await identity.forgetInput(of: Self.form, by: Self.act(mine))
            #expect(try await identity.keptInputs(on: Self.page, by: Self.act(mine)).isEmpty)
        }
    }

    @Test(
        "a form that was emptied again is not kept, and the oldest of too many gives way", arguments: TestDatabase.all)
    func bounds(kind: TestDatabaseKind) async throws {
        try await IdentityFixture.with(kind) { fixture in
            let (mine, identity) = (fixture.account, fixture.identity)
            for number in 0..<62 {
                try await identity.keep(
                    Self.input("第 \(number) 张", form: "/f/\(number)"), by: Self.act(mine, after: number))
            }
            let forms = try await identity.keptInputs(on: Self.page, by: Self.act(mine)).map(\.form)
            #expect(Set(forms) == Set((2..<62).map { "/f/\($0)" }))
            try await identity.keep(Self.input("", form: "/f/61"), by: Self.act(mine, after: 100))
            #expect(try await identity.keptInputs(on: Self.page, by: Self.act(mine)).count == 59)
        }
    }

    @Test("nobody without an account has anything kept")
    func withoutAccount() async throws {
        try await IdentityFixture.with(.sqlite) { fixture in
            await #expect(throws: Problem.self) {
                try await fixture.identity.keep(
                    Self.input("甲"), by: Act(actor: .anonymous(terminal: .portal), now: IdentityFixture.start))
            }
        }
    }
}
