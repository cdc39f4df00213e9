import PluginKit

/// What people need not bring, type, have issued or prove again (四免改革, R14.16), from what really happened.
struct ExemptionFigures: Sendable {
    /// One number against what the plan wants.
    struct Line: Sendable, Hashable {
        let title: String
        let count: Int
        /// Of how many; nil where that says nothing.
        let outOf: Int?
        /// What the plan wants; nil where it names no number.
        let target: Int?

        init(_ title: String, _ count: Int, of whole: Int? = nil, target: Int? = nil) {
            self.title = title
            self.count = count
            outOf = whole
            self.target = target
        }
    }

    /// One of the exemptions with its lines; the first is the one that counts.
    struct Group: Sendable {
        let exemption: Exemption
        let lines: [Line]
    }

    /// The exemptions of the plan, and what they rest on.
    enum Exemption: String, Sendable, CaseIterable {
        case submitting = "免提交"
        case filling = "免填写"
        case proving = "免证明"
        case verifying = "免核验"
        case recognising = "互通互认"
        case issuing = "证明开具"
    }

    let groups: [Group]

    /// - Parameters:
    ///   - sums: what was counted in the months.
    ///   - proofs: the list of proofs.
    init(_ sums: [Tally.Count: Int], proofs: [ProofKind], _ settings: CertificateFreePlugin.Settings) {
        func sum(_ kind: Tally.Kind, _ key: String) -> Int { sums[.init(kind: kind, key: key)] ?? 0 }
        func keys(_ kind: Tally.Kind) -> [String: Int] {
            sums.filter { $0.key.kind == kind }.reduce(into: [:]) { $0[$1.key.key] = $1.value }
        }
        groups = [
            Group(exemption: .submitting, lines: Self.submitting(sum, settings)),
            Group(exemption: .filling, lines: Self.filling(sum)),
            Group(exemption: .proving, lines: Self.proving(sum, proofs)),
            Group(exemption: .verifying, lines: Self.verifying(sum, keys(.scene).count, settings)),
            Group(exemption: .recognising, lines: Self.recognising(keys(.foreign), settings)),
            Group(exemption: .issuing, lines: Self.issuing(sum, proofs, settings)),
        ]
    }

    private typealias Sum = (Tally.Kind, String) -> Int

    private static func submitting(_ sum: Sum, _ settings: CertificateFreePlugin.Settings) -> [Line] {
        let served = Tally.Served.allCases.map { ($0, sum(.material, $0.rawValue)) }
        let whole = served.reduce(0) { $0 + $1.1 }
        let without = served.filter(\.0.isWithoutPaper)
        return [Line("不用交的材料", without.reduce(0) { $0 + $1.1 }, of: whole)]
            + without.map { Line("由\($0.0.rawValue)代替", $0.1) }
            + LicenceDomain.allCases.map { domain in
                Line(
                    "\(domain.rawValue)领域调用证照", settings.licences(of: domain).reduce(0) { $0 + sum(.use, $1) })
            }
    }

    private static func filling(_ sum: Sum) -> [Line] {
        let fields = ExemptField.allCases.map { field in
            Line(field.title, sum(.filled, field.key.rawValue), of: sum(.field, field.key.rawValue))
        }
        return [
            Line("不用填的基础信息", fields.reduce(0) { $0 + $1.count }, of: fields.reduce(0) { $0 + ($1.outOf ?? 0) })
        ] + fields
    }

    private static func proving(_ sum: Sum, _ proofs: [ProofKind]) -> [Line] {
        let answers = ProofRequest.Answer.allCases.map { Line("答复“\($0.rawValue)”", sum(.query, $0.rawValue)) }
        let freed = proofs.count { !$0.state.mayBeDemanded }
        return [Line("部门核验代替开证明", answers.reduce(0) { $0 + $1.count })] + answers
            + [Line("取消和数据替代的证明", freed, of: proofs.count)]
    }

    private static func verifying(_ sum: Sum, _ scenes: Int, _ settings: CertificateFreePlugin.Settings) -> [Line] {
        [
            Line("企业登录后不再核验身份的办件", sum(.cases, "enterprise")),
            Line("用到的场景（主题）", scenes, target: settings.sceneTarget),
        ]
    }

    private static func recognising(
        _ types: [String: Int], _ settings: CertificateFreePlugin.Settings
    ) -> [Line] {
        [Line("跨部门互认的证照种类", types.count, target: settings.recognitionTarget)]
            + types.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { Line($0.key, $0.value) }
    }

    private static func issuing(
        _ sum: Sum, _ proofs: [ProofKind], _ settings: CertificateFreePlugin.Settings
    ) -> [Line] {
        let issuable = proofs.filter { !$0.channels.isEmpty }
        let ways = [ProofRequest.Way.online, .phone, .window]
        return [Line("可以开具的证明种类", issuable.count, target: settings.issueTarget)]
            + ProofKind.Channel.allCases.map { channel in
                Line("可以\(channel.rawValue)办的种类", issuable.count { $0.channels.contains(channel) })
            }
            + ways.map { Line("\($0.channel?.rawValue ?? "")开具", sum(.issued, $0.rawValue)) }
    }
}

extension ProofDesk {
    /// The figures of some months; see ``Tally/sums(from:until:in:)``.
    func figures(from: String = "", until: String = "", in snapshot: Snapshot) throws -> ExemptionFigures {
        ExemptionFigures(
            try tally.sums(from: from, until: until, in: snapshot), proofs: try register.all(in: snapshot), settings)
    }
}
