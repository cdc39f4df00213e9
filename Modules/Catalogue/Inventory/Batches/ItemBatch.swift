import Extension
public import Standards
public import Storage

/// A batch of changes to the catalogue (目录调整): one item edited by hand or a provincial list of thousands, reviewed
/// and published as a whole (R02.8, R02.9).
public struct ItemBatch: Sendable, Hashable {
    public let id: Identifier
    public let title: String
    public let state: State
    /// The document on which it stands (调整依据), if any.
    public let basis: String?
    /// The digest of the file that it came from; a list that is read again goes on with its batch.
    public let source: String?
    /// From which day its changes hold; nil until it is sent for review.
    public let effectiveFrom: LegalDay?
    public let createdAt: Instant
    /// The digest of all its changes, fixed when it is sent for review: what is approved is what was reviewed.
    public let digest: String?

    /// Where a batch stands.
    public enum State: String, Sendable, Hashable, CaseIterable, Codable {
        case drafting
        case departmentReview = "department-review"
        case legalReview = "legal-review"
        case approval, publishing, published, discarded

        public var chinese: String {
            switch self {
            case .drafting: "编制中"
            case .departmentReview: "部门审核"
            case .legalReview: "合法性审核"
            case .approval: "待批准"
            case .publishing: "发布中"
            case .published: "已发布"
            case .discarded: "已作废"
            }
        }
    }

    /// What is done with a batch.
    public enum Action: String, Sendable, Hashable, CaseIterable, Codable {
        case submit, pass, sendBack = "send-back", discard, adopt

        public var chinese: String {
            switch self {
            case .submit: "送审"
            case .pass: "通过"
            case .sendBack: "退回"
            case .discard: "作废"
            case .adopt: "按上级文件发布"
            }
        }
    }

    /// The state to which an action leads; nil where it can't be done.
    func state(after action: Action) -> State? {
        switch (state, action) {
        case (.drafting, .submit): .departmentReview
        case (.drafting, .discard): .discarded
        case (.drafting, .adopt): .publishing
        case (.departmentReview, .pass): .legalReview
        case (.legalReview, .pass): .approval
        case (.approval, .pass): .publishing
        case (.departmentReview, .sendBack), (.legalReview, .sendBack), (.approval, .sendBack): .drafting
        default: nil
        }
    }

    /// The right that an action takes in this state.
    func permission(for action: Action) -> Permission {
        switch (state, action) {
        case (_, .adopt): .approveItems
        case (.departmentReview, _): .reviewItems
        case (.legalReview, _): .reviewItemsLegally
        case (.approval, _): .approveItems
        default: .editItems
        }
    }
}

/// A step of a batch's way: who did what, when, with which opinion.
public struct ItemBatchStep: Sendable, Hashable {
    public let action: ItemBatch.Action
    /// The journal's name of the actor.
    public let actor: String
    /// The name to show.
    public let name: String
    public let at: Instant
    public let opinion: String
}

/// What a change does to an item.
public enum ItemChangeKind: String, Sendable, CaseIterable, Codable {
    case add, change, suspend, resume, cancel

    public var chinese: String {
        switch self {
        case .add: "新增"
        case .change: "变更"
        case .suspend: "暂停"
        case .resume: "恢复"
        case .cancel: "取消"
        }
    }

    /// How the item stands afterwards.
    var standing: ItemStanding {
        switch self {
        case .add, .change, .resume: .inForce
        case .suspend: .suspended
        case .cancel: .cancelled
        }
    }
}

/// How a version of an item stands.
public enum ItemStanding: String, Sendable, CaseIterable, Codable {
    case inForce = "in-force"
    case suspended, cancelled

    public var chinese: String {
        switch self {
        case .inForce: "在用"
        case .suspended: "暂停"
        case .cancelled: "已取消"
        }
    }
}
