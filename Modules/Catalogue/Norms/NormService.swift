public import ArgumentParser
public import Extension
public import Organisation
import Standards
public import Storage

/// The library of norms of government services with how far each county is with them (标准规范库, R10.2).
public struct NormService: ServiceModule {
    public static let id = "norms"
    public static var migrations: MigrationSet { NormSchema.migrations }
    public static var commands: [any ParsableCommand.Type] { [NormCommands.self] }

    /// Keep the library.
    public static let edit = Permission("norms.edit", "维护标准规范库")
    /// Tell how far one's own division is.
    public static let adopt = Permission("norms.adopt", "登记本地采用标准的情况")

    public let database: any Database
    let events: EventLog
    let organisation: OrganisationService
    let division: String
    let normState: RowState
    let adoptionState: RowState

    /// - Parameters:
    ///   - organisation: knows the divisions.
    ///   - cipher: makes the digests by which the journal vouches for the rows.
    ///   - division: under which the library stands.
    public init(
        database: any Database, events: EventLog, cipher: FieldCipher, organisation: OrganisationService,
        division: String
    ) {
        self.database = database
        self.events = events
        self.organisation = organisation
        self.division = division
        normState = RowState(
            kind: "norms.norm", title: "标准规范", table: "norms_norm",
            columns: ["id", "number", "title", "level", "theme", "effective_from", "withdrawn_on", "replaced_by"],
            begins: [NormRecorded.name], cipher: cipher)
        adoptionState = RowState(
            kind: "norms.adoption", title: "标准采用情况", table: "norms_adoption",
            columns: ["division", "norm", "id", "state", "day", "note"], begins: [NormAdoptionRecorded.name],
            cipher: cipher)
    }

    public var contributions: [any Contribution] {
        [Self.edit, Self.adopt, normState.check(), adoptionState.check()] + endpoints
    }
}
