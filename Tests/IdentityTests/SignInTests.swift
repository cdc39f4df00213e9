import Extension
import Organisation
import Standards
import Storage
import StorageTestSupport
import TestSupport
import Testing

@testable import Identity

@Suite("Signing in")
struct SignInTests {
    @Test(
        "one account answers to login name, identity number and mobile number", .covers("R06.10"),
        arguments: TestDatabase.all)
    func names(kind: TestDatabaseKind) async throws {
        try await IdentityFixture.with(kind) { fixture in
            let mobile = try #require(fixture.profile.mobile?.text)
            for name in [IdentityFixture.loginName, "Zhao.Mingyuan", fixture.profile.idNumber, mobile, " \(mobile) "] {
                #expect(try await fixture.signIn(name).actor.account == fixture.account)
            }
        }
    }

    @Test("a mobile number that a family shares leads to nobody's account")
    func sharedMobile() async throws {
        try await IdentityFixture.with(.sqlite) { fixture in
            let other = try PersonProfile(
                name: "钱秀英", idNumber: try SampleIdentities.residentID(7).text,
                mobile: try #require(fixture.profile.mobile).text, today: IdentityFixture.start.day)
            let act = IdentityFixture.system()
            let person = try await fixture.database.write { try fixture.identity.addPerson(other, by: act, in: $0) }
            try await fixture.identity.addAccount(
                "qian.xiuying", for: .person(person), password: "Another-Horse-8", by: act)
            #expect(try await fixture.refusal(try #require(fixture.profile.mobile).text) == .credentials)
        }
    }

    @Test("an unknown name gets the answer of a wrong password, after the same work", arguments: TestDatabase.all)
    func unknownName(kind: TestDatabaseKind) async throws {
        try await IdentityFixture.with(kind) { fixture in
            let before = fixture.identity.passwords.load.started
            let unknown = try await fixture.refusal("nobody.here", "Wrong-Horse-7")
            #expect(unknown == .credentials)
            #expect(fixture.identity.passwords.load.started == before + 1)
            let wrong = try await fixture.refusal(IdentityFixture.loginName, "Wrong-Horse-7")
            #expect(wrong == unknown)
            #expect(fixture.identity.passwords.load.started == before + 2)
            #expect(fixture.identity.passwords.load.running == 0)
        }
    }

    @Test("after five failures a name rests from that network, and from no other", arguments: TestDatabase.all)
    func pause(kind: TestDatabaseKind) async throws {
        try await IdentityFixture.with(kind) { fixture in
            for _ in 0..<5 {
                #expect(try await fixture.refusal(IdentityFixture.loginName, "Wrong-Horse-7") == .credentials)
            }
            let before = fixture.identity.passwords.load.started
            #expect(try await fixture.refusal() == .tooManyAttempts)
            #expect(fixture.identity.passwords.load.started == before)
            #expect(try await fixture.refusal(from: "198.51.100.7") == nil)
            #expect(try await fixture.refusal(at: IdentityFixture.after(60)) == nil)
            // The right password has cleared the count.
            for _ in 0..<5 {
                let code = try await fixture.refusal(
                    IdentityFixture.loginName, "Wrong-Horse-7", at: IdentityFixture.after(61))
                #expect(code == .credentials)
            }
        }
    }

    @Test("a right password from a known device works while its network is blocked", arguments: TestDatabase.all)
    func knownDevice(kind: TestDatabaseKind) async throws {
        var settings = IdentitySettings()
        settings.failuresPerAddress = 10
        try await IdentityFixture.with(kind, settings: settings) { fixture in
            let device = try await fixture.signIn().device
            for number in 0..<10 { _ = try await fixture.refusal("victim\(number / 5)", "Wrong-Horse-7") }
            #expect(try await fixture.refusal() == .tooManyAttempts)
            #expect(try await fixture.refusal(device: device) == nil)
            // Known for this account alone.
            #expect(try await fixture.refusal("victim9", device: device) == .tooManyAttempts)
        }
    }

    @Test("a stolen device cookie is worth twenty guesses")
    func stolenDevice() async throws {
        try await IdentityFixture.with(.sqlite) { fixture in
            let device = try await fixture.signIn().device
            let client = SignInClient(address: "203.0.113.9", device: device, terminal: .portal)
            var known = 0
            for _ in 0..<40 {
                let claim = try await fixture.database.write {
                    try fixture.identity.claim(
                        IdentityFixture.loginName, from: client, at: IdentityFixture.start, in: $0)
                }
                if claim.isKnownDevice { known += 1 }
            }
            #expect(known == DeviceLimit.failures)
        }
    }

    @Test("two accounts of one device are both known on it")
    func sharedDevice() async throws {
        try await IdentityFixture.with(.sqlite) { fixture in
            let other = try await fixture.addPerson(1)
            let act = IdentityFixture.system()
            try await fixture.identity.addAccount(
                "second.one", for: .person(other), password: "Another-Horse-8", by: act)
            let first = try await fixture.signIn().device
            let both = try await fixture.signIn("second.one", "Another-Horse-8", device: first).device
            for (name, password) in [
                (IdentityFixture.loginName, IdentityFixture.password), ("second.one", "Another-Horse-8"),
            ] {
                _ = try await fixture.signIn(name, password, device: both)
            }
            let known = try await fixture.events("identity.signed_in").map { $0["isKnownDevice"]?.bool }
            #expect(known.filter { $0 == true }.count == 2)
        }
    }

    @Test("sign-ins and refusals are told without personal data", arguments: TestDatabase.all)
    func told(kind: TestDatabaseKind) async throws {
        try await IdentityFixture.with(kind) { fixture in
            _ = try await fixture.signIn()
            _ = try await fixture.refusal(fixture.profile.idNumber, "Wrong-Horse-7")
            let signedIn = try #require(try await fixture.events("identity.signed_in").first)
            #expect(signedIn["account"]?.string == fixture.account.text)
            let refused = try #require(try await fixture.events("identity.sign_in_refused").first)
            #expect(refused["reason"]?.string == "credentials")
            #expect(refused["nameDigest"]?.string?.count == 64)
            #expect(!refused.canonical.contains(fixture.profile.idNumber))
            #expect(!refused.canonical.contains("192.0.2.1"))
        }
    }

    @Test("staff sign in only with a post in force, and act at it", arguments: TestDatabase.all)
    func staff(kind: TestDatabaseKind) async throws {
        try await IdentityFixture.with(kind) { fixture in
            let act = IdentityFixture.system()
            let account = try await fixture.identity.addAccount(
                "clerk.one", for: .staff(try PersonName("孙志强")), password: "Window-Horse-9", by: act)
            #expect(try await fixture.refusal("clerk.one", "Window-Horse-9") == .noPost)
            let layout = try OrganisationLayout(
                json: try JSONValue(
                    parsing: """
                        {"divisions": [{"code": "430600", "name": "岳阳市", "level": "prefecture"}],
                         "roles": [{"id": "clerk", "title": "窗口人员", "permissions": ["casework.accept"]}],
                         "agencies": [{"key": "a", "name": "行政审批局", "department": "审批", "division": "430600"}]}
                        """))
            try await fixture.database.write { transaction in
                try fixture.organisation.apply(layout, by: act, in: transaction)
                let agencies = try fixture.organisation.snapshot(in: transaction).agencies.keys
                try fixture.organisation.addPost(
                    for: account, at: try #require(agencies.first), roles: ["clerk"],
                    days: ValidDays(from: act.now.day, until: act.now.day.adding(days: 1)), by: act, in: transaction)
            }
            let signedIn = try await fixture.signIn("clerk.one", "Window-Horse-9")
            #expect(signedIn.actor.kind == .staff)
            #expect(signedIn.actor.displayName == "孙志强")
            #expect(signedIn.actor.post?.permissions == ["casework.accept"])
            // The post ends at midnight, and with it the session's rights.
            let tomorrow = act.now.day.end
            let code = try await refusal {
                _ = try await fixture.signIn("clerk.one", "Window-Horse-9", at: tomorrow)
            }
            #expect(code == .noPost)
        }
    }

    @Test(
        "addresses of one network count together",
        arguments: [
            ("192.0.2.1", "192.0.2.1"), ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2/64"),
            ("2001:db8:1:2::9", "2001:db8:1:2/64"),
            ("::ffff:192.0.2.1", "192.0.2.1"), ("", ""),
        ])
    func networks(address: String, name: String) {
        #expect(ClientNetwork.name(of: address) == name)
    }

    @Test("a flood waits its turn, is turned away beyond the limit, and known devices go first")
    func gate() async throws {
        let gate = PasswordGate(running: 1, waiting: 1)
        let order = Order()
        let holder = Task { try await gate.run(preferred: false) { order.wait() } }
        while gate.load.running == 0 { await Task.yield() }
        let other = Task { try await gate.run(preferred: false) { order.note("other") } }
        while gate.waiting == 0 { await Task.yield() }
        #expect(try await refusal { try await gate.run(preferred: false) {} } == .busy)
        let owner = Task { try await gate.run(preferred: true) { order.note("owner") } }
        while gate.waiting == 1 { await Task.yield() }
        order.release()
        _ = try await (holder.value, other.value, owner.value)
        #expect(order.notes == ["owner", "other"])
        #expect(gate.load == (0, 3))
    }
}
