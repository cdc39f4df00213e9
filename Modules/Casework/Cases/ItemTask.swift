public import Standards
public import Storage

/// One department's part of a case (事项办理).
public struct ItemTask: Sendable, Hashable, Codable {
    /// The item's key, such as `P03`.
    public internal(set) var id: String
    /// The agency that decides it.
    public internal(set) var agency: Identifier
    public internal(set) var state: ItemState = .waiting
    public internal(set) var opened: Instant?
    /// The promised day.
    public internal(set) var due: Deadline?
    /// The legal day; nil when the law names no limit.
    public internal(set) var legalDue: Deadline?
    public internal(set) var pauses: [ItemPause] = []
    public internal(set) var decision: Decision?
    /// Why it isn't needed or ended, when another item's refusal ended it.
    public internal(set) var note: String?
    /// The originals that were recorded before the decision, by result.
    public internal(set) var originals: [String: FileReference]?
    /// The number in the department's own system, for items handled outside.
    public internal(set) var outsideNumber: String?
    /// The fee that had to be paid before the item could be worked on; nil where none was due.
    public internal(set) var charge: ItemCharge?

    init(id: String, agency: Identifier) {
        self.id = id
        self.agency = agency
    }

    /// The words that people read for where it stands.
    ///
    /// - Parameter isAccepted: whether the case was accepted; before that, every item waits for the acceptance.
    public func standing(isAccepted: Bool) -> String {
        state == .waiting && !isAccepted ? ItemState.beforeAcceptance : state.chinese
    }

    /// The pause that is open now.
    public var openPause: ItemPause? { pauses.last.flatMap { $0.end == nil ? $0 : nil } }
}

/// A fee of an item (缴费), during which its clock stands still. Who pays it how is payment's matter.
public struct ItemCharge: Sendable, Hashable, Codable {
    /// The order under which payment knows it.
    public let order: Identifier
    /// In fen.
    public let amount: Money
    public let demanded: Instant
    /// When it was paid; nil while it is not.
    public internal(set) var settled: Instant?
}

/// A special procedure that the clock does not count (特殊程序, 行政许可法第四十五条).
public struct ItemPause: Sendable, Hashable, Codable {
    public let kind: SpecialProcedure
    public let reason: String
    public let start: Instant
    public internal(set) var end: Instant?
    /// How many days it is expected to take; the applicant must be told.
    public let expectedDays: Int
}

/// The special procedures that the calendar knows.
public enum SpecialProcedure: String, Sendable, Codable, CaseIterable {
    case hearing, tender, auction, inspection, test, quarantine, appraisal
    case expertReview = "expert-review"
    case publicNotice = "public-notice"
    case siteVisit = "site-visit"
    case higherApproval = "higher-approval"
    case rectification

    public var chinese: String {
        switch self {
        case .hearing: "听证"
        case .tender: "招标"
        case .auction: "拍卖"
        case .inspection: "检验"
        case .test: "检测"
        case .quarantine: "检疫"
        case .appraisal: "鉴定"
        case .expertReview: "专家评审"
        case .publicNotice: "公示"
        case .siteVisit: "现场勘验"
        case .higherApproval: "上报审批"
        case .rectification: "整改"
        }
    }
}

/// What an officer decided.
public struct Decision: Sendable, Hashable, Codable {
    public let outcome: Outcome
    public let by: Identifier?
    public let at: Instant
    /// Why it was refused and what the applicant can do; empty when granted.
    public let reason: String
    public let remedy: String
    /// The results that were issued or recorded.
    public let results: [IssuedResult]
    /// Whether the same person accepted and decided, which the item allows and sampling looks at.
    public let isForSampling: Bool

    public enum Outcome: String, Sendable, Codable, CaseIterable {
        case granted, refused
    }

    /// Only which way it went.
    var outcomeOnly: Decision {
        Decision(
            outcome: outcome, by: nil, at: at, reason: "", remedy: "", results: [], isForSampling: isForSampling)
    }
}

/// A result in the applicant's wallet.
public struct IssuedResult: Sendable, Hashable, Codable {
    /// The result's key in its item.
    public let result: String
    public let title: String
    public let licence: Identifier

    public init(result: String, title: String, licence: Identifier) {
        self.result = result
        self.title = title
        self.licence = licence
    }
}
