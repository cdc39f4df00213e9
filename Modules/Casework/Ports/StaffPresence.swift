public import Standards
public import Storage

/// Who is there to do the work: the organisation and identity services answer.
public protocol StaffPresence: Sendable {
    /// The accounts that hold the right to decide on a day and are neither on leave nor suspended, by agency; an agency
    /// without any stands there with none.
    func deciders(on day: LegalDay, in snapshot: Snapshot) throws -> [Identifier: Set<Identifier>]
    /// The same for the right to accept, by the division whose queue they see.
    func clerks(on day: LegalDay, in snapshot: Snapshot) throws -> [String: Set<Identifier>]
    /// What an agency or a division is called.
    func title(ofAgency agency: Identifier, in snapshot: Snapshot) throws -> String
    func title(ofDivision division: String, in snapshot: Snapshot) throws -> String
}
