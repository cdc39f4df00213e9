public import Standards
public import Storage

/// Which items may be applied for at all (清单之外无审批, R02.2, R02.6): the inventory of the catalogue answers.
public protocol ItemRegister: Sendable {
    /// Why items can't be applied for or accepted on a day, by the keys that themes give them; those that can are left
    /// out.
    func barred(
        _ items: [String], division: String, on day: LegalDay, in snapshot: Snapshot
    ) throws -> [String: String]

    /// Why an item can't be refused on a day, by the key that themes give it; nil where it can: an approval that was turned
    /// into a filing (审批改为备案) leaves nothing to decide (R04.3).
    func unrefusable(_ item: String, division: String, on day: LegalDay, in snapshot: Snapshot) throws -> String?
}

/// Bars nothing, for a deployment that keeps no inventory.
public struct OpenItemRegister: ItemRegister {
    public init() {}

    public func barred(
        _ items: [String], division: String, on day: LegalDay, in snapshot: Snapshot
    ) throws -> [String: String] { [:] }

    public func unrefusable(
        _ item: String, division: String, on day: LegalDay, in snapshot: Snapshot
    ) throws -> String? { nil }
}
