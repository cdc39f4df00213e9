import Extension
import Identity
import Organisation
import Standards
import Storage
import StorageTestSupport

/// A deployment with one agency, one person with an account, and a clock that tests move.
struct IdentityFixture {
    let database: any Database
    let keyring: Keyring
    let organisation: OrganisationService
    let identity: IdentityService
    let person: Identifier
    let account: Identifier
    let profile: PersonProfile

    static let start = TestDatabase.now
    static let loginName = "zhao.mingyuan"
    static let password = "Correct-Horse-7"

    static let migrations = [StorageSchema.migrations, OrganisationService.migrations, IdentityService.migrations]

    static func with(
        _ kind: TestDatabaseKind, settings: IdentitySettings = IdentitySettings(),
        _ body: (IdentityFixture) async throws -> Void
    ) async throws {
        try await withDatabase(kind, migrations: migrations) { database in
            try await body(try await IdentityFixture(database, settings))
        }
    }

    private init(_ database: any Database, _ settings: IdentitySettings) async throws {
        self.database = database
        keyring = try await Keyring.forTests(database)
        let events = EventLog()
        let organisation = OrganisationService(database: database, events: events, cipher: keyring.cipher)
        let identity = IdentityService(
            database: database, events: events, cipher: keyring.cipher, organisation: organisation, division: "430600",
            settings: settings)
        self.organisation = organisation
        self.identity = identity
        let profile = try SampleIdentities.person(0, today: Self.start.day)
        self.profile = profile
        let act = Self.system()
        let person = try await database.write { try identity.addPerson(profile, by: act, in: $0) }
        self.person = person
        account = try await identity.addAccount(
            Self.loginName, for: .person(person), password: Self.password, by: act)
    }

    /// The same deployment as another server sees it.
    func otherServer(settings: IdentitySettings = IdentitySettings()) -> IdentityService {
        IdentityService(
            database: database, events: EventLog(), cipher: keyring.cipher, organisation: organisation,
            division: "430600", settings: settings)
    }

    static func system(at instant: Instant = start) -> Act { Act(actor: .system("test"), now: instant) }

    /// A time after the start.
    static func after(_ seconds: Int) -> Instant { start.adding(.seconds(seconds)) }

    func signIn(
        _ name: String = loginName, _ password: String = password, from address: String = "192.0.2.1",
        device: String? = nil, isElder: Bool = false, replacing: String? = nil, at instant: Instant = start
    ) async throws -> SignedIn {
        try await identity.signIn(
            name: name, password: password,
            client: SignInClient(
                address: address, device: device, terminal: .portal, isElder: isElder, replacing: replacing),
            act: Act(actor: .anonymous(terminal: .portal), now: instant, clientAddress: address))
    }

    /// The code of the refusal, or nil when the sign-in went well.
    func refusal(
        _ name: String = loginName, _ password: String = password, from address: String = "192.0.2.1",
        device: String? = nil, at instant: Instant = start
    ) async throws -> IdentityError.Code? {
        do {
            _ = try await signIn(name, password, from: address, device: device, at: instant)
            return nil
        } catch let error as IdentityError {
            return error.code
        }
    }

    func addPerson(_ number: Int) async throws -> Identifier {
        let act = Self.system()
        let profile = try SampleIdentities.person(number, today: Self.start.day)
        return try await database.write { try identity.addPerson(profile, by: act, in: $0) }
    }

    func addEnterprise(_ number: Int) async throws -> Identifier {
        let act = Self.system()
        let profile = try SampleIdentities.enterprise(number)
        return try await database.write { try identity.addEnterprise(profile, by: act, in: $0) }
    }

    @discardableResult
    func addAgent(for enterprise: Identifier, scope: Set<String> = [], until: LegalDay? = nil) async throws
        -> Identifier
    {
        let act = Self.system()
        return try await database.write {
            try identity.addAgent(person, for: enterprise, scope: scope, until: until, by: act, in: $0)
        }
    }

    func events(_ name: String) async throws -> [JSONValue] {
        try await database.read { view in
            try view.rows("SELECT body FROM journal WHERE type = ? ORDER BY at, stream, seq", name)
                .map { try JSONValue(parsing: try $0.get("body")) }
        }
    }
}

/// The code with which an operation is refused; nil when it went well.
func refusal(_ body: () async throws -> Void) async throws -> IdentityError.Code? {
    do {
        try await body()
        return nil
    } catch let error as IdentityError {
        return error.code
    }
}
