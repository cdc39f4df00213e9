public import Standards
public import Storage

/// What the figures are told apart by (一网多维管, R05.10).
public struct FigureKey: Sendable, Hashable {
    public let division: String
    public let agency: Identifier
    public let item: String
    public let theme: String
    public let channel: Channel
    /// The first day of the month in which the cases were submitted.
    public let month: LegalDay

    /// Where the application was made.
    public enum Channel: String, Sendable, CaseIterable {
        case online, window

        public var chinese: String {
            switch self {
            case .online: "网上"
            case .window: "窗口"
            }
        }
    }
}

/// The figures of the items under one key.
///
/// A case has several items. What belongs to the whole case stands both with each of its items, for whoever looks at an
/// item or an office, and once, with the first of them, so that sums over whole cases count it once.
public struct CaseFigures: Sendable, Hashable {
    /// Cases, each once.
    public var cases = 0
    /// Correction notices and visits of these cases, each once.
    public var caseCorrections = 0
    public var caseVisits = 0
    /// Items of cases that were submitted.
    public var submitted = 0
    public var accepted = 0
    public var granted = 0
    public var refused = 0
    /// Decided after their promised day, or not decided and past it.
    public var overdue = 0
    /// Working days from the opening to the decision, net of pauses, of all that were decided.
    public var workingDays = 0
    /// Correction notices of their cases.
    public var corrections = 0
    /// How often applicants had to come: once for an application at a window.
    public var visits = 0

    public init() {}

    /// The same for a line that has whole cases in it: notices and visits counted once a case.
    public var ofWholeCases: CaseFigures {
        var figures = self
        (figures.corrections, figures.visits) = (caseCorrections, caseVisits)
        return figures
    }

    /// The same for a line of an item or an office, which knows nothing of whole cases.
    public var ofItems: CaseFigures {
        var figures = self
        (figures.cases, figures.caseCorrections, figures.caseVisits) = (0, 0, 0)
        return figures
    }

    public var decided: Int { granted + refused }

    /// The average of working days; nil while nothing was decided.
    public var averageDays: Double? { decided == 0 ? nil : Double(workingDays) / Double(decided) }

    public static func + (first: CaseFigures, second: CaseFigures) -> CaseFigures {
        var sum = first
        sum.cases += second.cases
        sum.caseCorrections += second.caseCorrections
        sum.caseVisits += second.caseVisits
        sum.submitted += second.submitted
        sum.accepted += second.accepted
        sum.granted += second.granted
        sum.refused += second.refused
        sum.overdue += second.overdue
        sum.workingDays += second.workingDays
        sum.corrections += second.corrections
        sum.visits += second.visits
        return sum
    }
}

extension CaseFile {
    /// What the case adds to the figures, item by item.
    func figures(by calendar: WorkingCalendar, on today: LegalDay) -> [(key: FigureKey, figures: CaseFigures)] {
        guard let submitted = times.submitted, state != .draft else { return [] }
        let month = LegalDay.firstOfMonth(submitted.day)
        return items.enumerated().map { place, task in
            var figures = CaseFigures()
            if place == 0 {
                figures.cases = 1
                figures.caseCorrections = corrections.count
                figures.caseVisits = assistance == nil ? 0 : 1
            }
            figures.submitted = 1
            figures.accepted = times.accepted == nil ? 0 : 1
            figures.corrections = corrections.count
            figures.visits = assistance == nil ? 0 : 1
            let decided = task.decision?.at.day
            if let decision = task.decision {
                if decision.outcome == .granted { figures.granted = 1 } else { figures.refused = 1 }
                if let opened = task.opened {
                    let pauses = task.pauses.reduce(0) { days, pause in
                        days + max(0, calendar.workingDays(from: pause.start.day, to: (pause.end ?? decision.at).day))
                    }
                    figures.workingDays = max(
                        0, calendar.workingDays(from: opened.day, to: decision.at.day) - pauses)
                }
            }
            if let due = task.due?.day, (decided ?? (task.state.isOver ? due : today)) > due { figures.overdue = 1 }
            let key = FigureKey(
                division: division, agency: task.agency, item: task.id, theme: theme.id,
                channel: assistance == nil ? .online : .window, month: month)
            return (key, figures)
        }
    }
}

extension LegalDay {
    /// The first day of the month in which a day lies.
    static func firstOfMonth(_ day: LegalDay) -> LegalDay { day.adding(days: 1 - day.day) }
}
