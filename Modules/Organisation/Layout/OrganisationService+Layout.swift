public import Extension
import Standards
public import Storage

/// What applying a layout has changed.
public struct LayoutChanges: Sendable, Hashable {
    public var added = 0
    public var changed = 0

    public init() {}

    /// Whether the database had everything already.
    public var isEmpty: Bool { added == 0 && changed == 0 }
}

extension OrganisationService {
    /// Brings the organisation to what a deployment's file says; what the file does not name stays.
    ///
    /// Idempotent: a second run changes nothing, writes nothing and tells no event. An agency whose name differs is
    /// renamed from today on.
    ///
    /// - Throws: ``OrganisationError`` with code `organisation.layout_invalid` and all findings.
    @discardableResult
    public func apply(_ layout: OrganisationLayout, by act: Act, in transaction: Transaction) throws -> LayoutChanges {
        let existing = try snapshot(in: transaction)
        let findings = LayoutCheck(layout: layout, existing: existing).findings()
        guard findings.isEmpty else {
            throw OrganisationError(
                .layoutInvalid, "部署文件里的机构设置有 \(findings.count) 处问题，没有写入任何内容。请逐项改正后重试。", findings: findings)
        }
        var writer = LayoutWriter(
            service: self, layout: layout, existing: existing, act: act, transaction: transaction)
        try writer.run()
        return writer.changes
    }
}
