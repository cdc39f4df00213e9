public import ArgumentParser
public import Extension
public import Messaging
public import Organisation
import Standards
public import Storage

/// Natural persons, enterprises and their agents, accounts, sign-in and sessions (统一身份认证, R06.10).
///
/// Personal data are stored only sealed by the ``FieldCipher`` and are found again through keyed blind indexes. Writes
/// are synchronous in the caller's transaction and take time and randomness from the ``Act``; conveniences of the same
/// name without a transaction open one and log refusals.
public struct IdentityService: ServiceModule {
    public static let id = "identity"
    public static let migrations = MigrationSet(
        owner: id, tablePrefix: "identity_",
        migrations: [
            tables, assistance, leave, keptInputs, secondFactor, phoneCode, passkeyTables, helperTables, birthDays,
        ])

    /// May read the profile of any person.
    public static let readProfile = Permission("identity.read_profile", "查看办事人的完整资料")
    /// May work the system for somebody at a window.
    public static let assist = Permission("identity.assist", "窗口代录：为到场的群众录入申请")
    /// May open, disable and reset accounts.
    public static let manageAccounts = Permission("identity.manage_accounts", "管理账号")

    /// Where persons, accounts and sessions are kept.
    public let database: any Database
    let events: EventLog
    let cipher: FieldCipher
    let organisation: OrganisationService
    let settings: IdentitySettings
    let division: String
    let sessions: SessionCache
    let passwords: PasswordGate
    let states: IdentityStates
    /// Sends codes to telephones; nil where none are sent.
    let codes: CodeSender?
    /// To whom passkeys are bound; nil where the portal has no name.
    let party: PasskeyParty?

    /// - Parameters:
    ///   - database: with the tables of ``migrations``.
    ///   - events: where sign-ins, refusals and changes are told.
    ///   - cipher: seals personal data.
    ///   - organisation: gives the posts of staff.
    ///   - division: the deployment's division, under which the journal of identity stands.
    ///   - settings: limits of sessions and sign-in.
    ///   - codes: sends codes to telephones; nil for a deployment without short messages.
    ///   - party: to whom passkeys are bound; nil for a deployment without a name.
    public init(
        database: any Database, events: EventLog, cipher: FieldCipher, organisation: OrganisationService,
        division: String, settings: IdentitySettings = IdentitySettings(), codes: CodeSender? = nil,
        party: PasskeyParty? = nil
    ) {
        self.database = database
        self.events = events
        self.cipher = cipher
        self.organisation = organisation
        self.division = division
        self.settings = settings
        self.codes = codes
        self.party = party
        sessions = SessionCache(lifetime: settings.cacheLifetime)
        states = IdentityStates(cipher)
        passwords = PasswordGate(
            running: settings.concurrentPasswordChecks, waiting: settings.waitingPasswordChecks)
    }

    /// All sealed columns, for key rotation.
    public static let encryptedColumns: [EncryptedColumn] = SealedColumn.declarations

    public static var commands: [any ParsableCommand.Type] {
        [AccountCommands.self, StaffCommands.self, OrganisationCommands.self]
    }

    public var contributions: [any Contribution] {
        [Self.readProfile, Self.manageAccounts, Self.manageStaff, Self.assist] as [any Contribution] + endpoints
            + keptInputEndpoints + helperEndpoints + [sweep, birthDayIndexing]
            + states.checks
    }

    func stream(_ kind: String, _ id: String) -> StreamID {
        StreamID(division: division, kind: "identity.\(kind)", id: id)
    }

    /// - Parameter state: the digest of the row that the change wrote; nil when it wrote none.
    func tell(
        _ event: any Event, about kind: String, _ id: Identifier, state: [UInt8]? = nil, by act: Act,
        in transaction: Transaction
    ) throws {
        try events.record([event], to: stream(kind, id.text), state: state, by: act, in: transaction)
    }

    /// Runs a change, and logs a refusal in a transaction of its own, since the change's is rolled back.
    func writing<Value: Sendable>(
        about subject: Identifier, by act: Act, _ body: @escaping @Sendable (Transaction) throws -> Value
    ) async throws -> Value {
        do {
            return try await database.write(body)
        } catch let error as IdentityError where error.status == 403 {
            try await database.write { transaction in
                try tell(
                    IdentityDenied(code: error.code.rawValue, subject: subject), about: "denied", subject, by: act,
                    in: transaction)
            }
            throw error
        }
    }
}
