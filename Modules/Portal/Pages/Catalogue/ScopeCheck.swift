import PluginKit

/// What the negative list says of the business scope in a form (R04.1), where the form has one.
enum ScopeCheck {
    /// The panel for a case, as `scopeCheck`; empty where there is nothing to tell.
    static func model(of sight: CaseSight, _ market: MarketAccessService) async throws -> ViewModel {
        let fields = sight.plan.form.flatMap(\.fields).filter { $0.kind == .businessScope }
        let scopes = fields.compactMap { sight.file.form[$0.id] }.filter { !$0.isEmpty }
        if scopes.isEmpty { return .record([:]) }
        guard let list = try await market.list() else { return .record([:]) }
        return .record(["scopeCheck": model(of: scopes.joined(separator: "；"), in: list)])
    }

    /// The findings with the edition on which they rest.
    static func model(of scope: String, in list: ScopeList) -> ViewModel {
        let findings = list.findings(of: scope)
        return .record([
            "list": list.publication.title, "basis": list.publication.basis, "isSample": list.publication.isSynthetic,
            "summary": summary(findings), "findings": findings.map(row),
        ])
    }

    private static func summary(_ findings: [ScopeFinding]) -> String {
        let parts = [
            (findings.count(where: \.isForbidden), "不能登记"),
            (findings.count { $0.entry?.verdict == .licence }, "需要许可"),
            (findings.count { $0.entry?.verdict == .free }, "不需要许可"),
            (findings.count { $0.entry == nil || ($0.isPartial && $0.entry?.verdict == .forbidden) }, "由登记机关核对"),
        ]
        return parts.filter { $0.0 > 0 }.map { "\($0.0) 项\($0.1)" }.joined(separator: "，")
    }

    private static func row(_ finding: ScopeFinding) -> ViewModel {
        let badge: (tone: String, label: String)
        switch finding.entry?.verdict {
        case .forbidden where finding.isForbidden: badge = ("bad", "禁止")
        case .licence: badge = ("soon", "要许可")
        case .free: badge = ("good", "不用许可")
        default: badge = ("data", "待核对")
        }
        return .record([
            "activity": finding.activity, "badgeClass": badge.tone, "badge": badge.label, "text": finding.chinese,
        ])
    }
}
