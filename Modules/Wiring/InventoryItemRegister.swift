public import Casework
public import Catalogue
public import Standards
public import Storage

/// Tells casework which items the inventory bars.
///
/// An item of a theme and an item of the inventory are the same when the inventory's local code is the theme's key. An
/// item that the inventory does not know is barred only where the deployment demands that all be listed.
public struct InventoryItemRegister: ItemRegister {
    private let inventory: InventoryService
    private let demandsListing: Bool

    public init(_ inventory: InventoryService, demandsListing: Bool) {
        self.inventory = inventory
        self.demandsListing = demandsListing
    }

    public func unrefusable(
        _ item: String, division: String, on day: LegalDay, in snapshot: Snapshot
    ) throws -> String? {
        let known = try inventory.known(localCodes: [item], division: division, on: day, in: snapshot)[item] ?? []
        let isFiling = known.contains { $0.isInForce && $0.reformMode == .filing }
        return isFiling ? CatalogueItem.ReformMode.filing.consequence : nil
    }

    public func barred(
        _ items: [String], division: String, on day: LegalDay, in snapshot: Snapshot
    ) throws -> [String: String] {
        let known = try inventory.known(localCodes: items, division: division, on: day, in: snapshot)
        return items.reduce(into: [:]) { barred, item in
            guard let found = known[item] else {
                if demandsListing { barred[item] = "这个事项不在本地的政务服务事项目录里，不能受理申请。" }
                return
            }
            if found.contains(where: \.isInForce) { return }
            if found.contains(where: { $0.reformMode == .cancelled }) {
                barred[item] = CatalogueItem.ReformMode.cancelled.consequence
            } else if found.contains(where: { $0.standing == .suspended }) {
                barred[item] = "这个事项已暂停实施，目前不能申请。"
            } else {
                barred[item] = "这个事项已经取消，不再办理。"
            }
        }
    }
}
