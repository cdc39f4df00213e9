public import ArgumentParser
public import Extension
public import Organisation
public import Storage

/// The item inventory (事项库): the items of the catalogue with their versions, and the batches by which they are
/// reviewed, published, suspended and cancelled.
public struct InventoryService: ServiceModule {
    public static let id = "inventory"
    public static var migrations: MigrationSet { InventorySchema.migrations }
    public static var commands: [any ParsableCommand.Type] { [ItemCommands.self] }
    /// The sealed columns, for key rotation.
    public static let encryptedColumns = [reportColumn]

    public let database: any Database
    let events: EventLog
    let cipher: FieldCipher
    let organisation: OrganisationService
    /// The division for which the deployment keeps its catalogue.
    public let division: String
    /// With what published lists are signed; nil where nothing is published.
    let signer: ItemListSigner?
    let rules: PublicationRules
    let index = SearchIndex("inventory")
    /// Ties a report of a hidden approval to its events.
    let reportState: RowState

    public init(
        database: any Database, events: EventLog, cipher: FieldCipher, organisation: OrganisationService,
        division: String,
        signer: ItemListSigner? = nil, rules: PublicationRules = PublicationRules()
    ) {
        self.rules = rules
        self.database = database
        self.events = events
        self.cipher = cipher
        self.organisation = organisation
        self.division = division
        self.signer = signer
        reportState = RowState(
            kind: "inventory-report", title: "隐形审批线索", table: "inventory_report",
            columns: ["id", "division", "code_digest", "state", "received_at", "body"], sealed: [Self.reportColumn],
            begins: [HiddenApprovalReported.name], cipher: cipher)
    }

    public var contributions: [any Contribution] {
        [
            Permission.editItems, Permission.reviewItems, Permission.reviewItemsLegally, Permission.approveItems,
            publishing, reportState.check(),
        ] + endpoints + hiddenApprovalEndpoints
    }

    /// Ends the publication of batches that a server which was stopped left half done.
    private var publishing: Job {
        Job("publish-batches", every: .seconds(60)) { act in try await finishPublishing(by: act) }
    }
}

extension Permission {
    /// Draw up changes of the catalogue (编制).
    public static let editItems = Permission("catalogue.edit", "编制事项目录")
    /// The department's review (部门审核).
    public static let reviewItems = Permission("catalogue.review", "事项目录部门审核")
    /// The legal review (合法性审核).
    public static let reviewItemsLegally = Permission("catalogue.review_legal", "事项目录合法性审核")
    /// Approve and publish (批准发布).
    public static let approveItems = Permission("catalogue.approve", "批准发布事项目录")
}
