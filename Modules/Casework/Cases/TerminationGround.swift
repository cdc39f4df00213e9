public import Standards

/// The legal grounds on which the offices may end a case without a decision (终止办理).
///
/// Whatever is not among them is decided: accepted or not, granted or refused.
public enum TerminationGround: String, Sendable, Codable, CaseIterable {
    /// The applicant died or lost its capacity, or the organisation was dissolved.
    case deceased
    /// What was applied for has lapsed, or the law no longer asks for it.
    case lapsed
    /// The correction notice was not answered in time.
    case unanswered
    /// What was named twice is still not mended.
    case unmended
    /// A paper that was accepted as missing was not supplied in time.
    case gapOverdue = "gap-overdue"

    /// The words that people read.
    public var chinese: String {
        switch self {
        case .deceased: "申请人死亡、丧失行为能力，或者单位依法终止"
        case .lapsed: "申请的事项已经消失，或者依法不再需要办理"
        case .unanswered: "补正期限已过，没有补正"
        case .unmended: "同一问题两次告知补正后仍不符合要求"
        case .gapOverdue: "容缺材料逾期没有补交"
        }
    }
}

extension CaseFile {
    /// The grounds on which the case may be terminated today; none while it is not under way, nor after an item was
    /// granted, since the rest is then for its offices to decide.
    public func terminationGrounds(
        on day: LegalDay, calendar: WorkingCalendar, rules: CaseworkRules
    ) -> [TerminationGround] {
        let isGranted = items.contains { $0.decision?.outcome == .granted }
        guard !state.isClosed, state != .draft, !isGranted else { return [] }
        return TerminationGround.allCases.filter { ground in
            switch ground {
            case .deceased: true
            case .lapsed: state != .submitted
            case .unanswered: correctionDue(calendar: calendar, rules: rules).map { $0.day < day } ?? false
            case .unmended:
                state == .submitted && corrections.last?.faults.contains { $0.repeats != nil } == true
            case .gapOverdue:
                times.accepted != nil
                    && materials.values.contains { $0.isGap && ($0.gapDue.map { $0.day < day } ?? false) }
            }
        }
    }

    /// The day by which the applicant is to answer the open correction notice.
    public func correctionDue(calendar: WorkingCalendar, rules: CaseworkRules) -> Deadline? {
        guard state == .correction, let notice = corrections.last else { return nil }
        return calendar.due(for: .workingDays(rules.correctionDays), from: notice.sent.day)
    }
}
