public import ArgumentParser
public import Cryptography
public import ESeal
public import Extension
import Standards
public import Storage

/// E-licences (电子证照): issuing with a signature, recording those from elsewhere, finding, revoking and verifying.
public struct LicenceService: ServiceModule {
    public static let id = "licence"
    public static var migrations: MigrationSet { schema }
    public static var commands: [any ParsableCommand.Type] {
        [
            ShowLicence.self, ListLicences.self, VerifyLicence.self, SealLicences.self, SuspendLicence.self,
            ResumeLicence.self, RevokeLicence.self, ReissueLicence.self, ShowLicenceHistory.self, ReadPresentation.self,
            ProveLicence.self, SaveProofLists.self,
            CheckProof.self, ListLicenceTypes.self, CollectLicences.self, CollectionTemplate.self,
            ListCollected.self, ConfirmCollected.self,
        ]
    }

    /// The right to look at any licence of one's division.
    public static let read = Permission("licences.read", "查看证照")
    /// The right to change, suspend and revoke licences of one's own agency.
    public static let manage = Permission("licences.manage", "变更、暂扣、撤销、注销证照")

    /// The right to take over old registers and to look into what is doubtful in them.
    public static let collectRight = Permission("licences.collect", "归集存量证照、核实存疑的证照")

    public let database: any Database
    let events: EventLog
    let blobs: BlobStore
    let signer: LicenceSigner
    /// The types of licences that this deployment knows.
    public let types: LicenceTypes
    let parties: (any LicenceParties)?
    let division: String
    let register: LicenceRegister
    let lookUps: LookUpLog
    let seals: ESealService?
    let documents: LicenceDocuments
    let presentations: PresentationStore
    let qualities: QualityStore
    let proofLists = ProofListCache()
    /// Verifies against this deployment's trust list.
    public let verifier: LicenceVerifier

    /// - Parameters:
    ///   - database: where licences lie.
    ///   - events: where it is told what happened.
    ///   - cipher: seals personal content.
    ///   - blobs: holds the originals of licences from elsewhere.
    ///   - signer: signs what is issued here.
    ///   - trustedRoots: the trust list; while the signer's root is not on it, everything is marked 演练·无法律效力.
    ///   - types: the types of licences.
    ///   - parties: tells whose a number is; nil for a deployment without registers.
    ///   - seals: seals what is issued here; nil for a deployment without.
    ///   - division: the division that this deployment serves; holds the records of listings.
    public init(
        database: any Database, events: EventLog, cipher: FieldCipher, blobs: BlobStore, signer: LicenceSigner,
        trustedRoots: [Certificate] = [], types: LicenceTypes = LicenceTypes(),
        parties: (any LicenceParties)? = nil, seals: ESealService? = nil,
        division: String
    ) {
        self.database = database
        self.events = events
        self.blobs = blobs
        self.signer = signer
        self.types = types
        self.parties = parties
        self.division = division
        self.seals = seals
        documents = LicenceDocuments(cipher: cipher)
        presentations = PresentationStore(cipher: cipher)
        qualities = QualityStore(cipher: cipher)
        register = LicenceRegister(cipher: cipher)
        lookUps = LookUpLog(database: database, events: events)
        verifier = LicenceVerifier(trustedRoots: trustedRoots)
    }

    /// Whether what is issued here has no legal force, since the signer's root is not on the trust list.
    public var isDemonstration: Bool { signer.chain.last.map { !verifier.trustedRoots.contains($0) } ?? true }

    /// Writes the records of look-ups that are still waiting; the kernel calls it before it closes the database.
    public func flushLookUps() async throws { try await lookUps.flush() }

    static func stream(of licence: Licence) -> StreamID {
        StreamID(division: licence.statement.division, kind: "licence", id: licence.id.text)
    }
}
