public import ArgumentParser
public import Cryptography
public import Documents
public import Extension
public import Organisation
import Standards
public import Storage

/// Electronic seals (电子印章): keys and certificates, seals and their life, sealing and verifying (GB/T 38540-2020).
public struct ESealService: ServiceModule {
    public static let id = "seal"
    public static var migrations: MigrationSet { schema }
    public static var commands: [any ParsableCommand.Type] {
        [
            VerifySeal.self, ListSeals.self, ApplySeal.self, ApproveSeal.self, RefuseSeal.self, MakeSeal.self,
            ReceiveSeal.self, SuspendSeal.self, ResumeSeal.self, RevokeSeal.self, AuthorityArea.self,
        ]
    }

    /// May apply for, receive and suspend the seals of one's own agency.
    public static let keep = Permission("eseal.keep", "申请、领取、保管本单位印章")
    /// May approve, refuse, resume and revoke seals.
    public static let approval = Permission("eseal.approve", "审批、恢复、注销印章")
    /// May make approved seals.
    public static let making = Permission("eseal.make", "制作印章")

    let database: any Database
    let events: EventLog
    let organisation: OrganisationService
    let keys: SoftwareKeys
    let register: SealRegister
    let renderer: PageRenderer
    let division: String
    /// The roots of the deployment's trust list.
    let trustedRoots: [Certificate]
    /// The deployment's certificates.
    public let authority: CertificateAuthority

    /// - Parameters:
    ///   - database: where keys, certificates and seals lie.
    ///   - events: where it is told what happened.
    ///   - cipher: seals the keys.
    ///   - organisation: says whose agency is whose.
    ///   - trustedRoots: the trust list.
    ///   - renderer: draws seals and papers.
    ///   - division: the division that this deployment serves.
    public init(
        database: any Database, events: EventLog, cipher: FieldCipher, organisation: OrganisationService,
        trustedRoots: [Certificate], renderer: PageRenderer = PageRenderer(), division: String
    ) {
        self.database = database
        self.events = events
        self.organisation = organisation
        self.trustedRoots = trustedRoots
        self.renderer = renderer
        self.division = division
        keys = SoftwareKeys(database: database, cipher: cipher, division: division)
        register = SealRegister(events: events, cipher: cipher, division: division)
        authority = CertificateAuthority(database: database, events: events, keys: keys, division: division)
    }

    public var contributions: [any Contribution] {
        [
            register.state.check(), Self.keep, Self.approval, Self.making, certificateHealth, renewal, verifyUpload,
            roots,
        ]
    }
}
