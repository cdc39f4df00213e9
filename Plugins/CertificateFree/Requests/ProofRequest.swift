public import PluginKit

/// That a department is asked for a proof about a person: by another department, for a case, in place of a paper
/// (部门间证明核验, R14.12); or by the person itself, who has it issued (开具证明, R14.7).
public struct ProofRequest: Sendable, Hashable {
    public let id: Identifier
    public let division: String
    public let way: Way
    /// The code of the proof.
    public let proof: String
    /// The case for which it is asked; nil where the person asks for itself.
    public let caseID: Identifier?
    /// The agency that asks; nil where the person does.
    public let asker: Identifier?
    /// The agency that answers.
    public let answerer: Identifier
    public let ground: Ground
    public let state: State
    public let askedAt: Instant
    /// The last day for the answer; nil while the person has not consented.
    public let due: LegalDay?
    /// The last day on which the asker may read the answer, where that rests on consent.
    public let readableUntil: LegalDay?
    public let answeredAt: Instant?
    public let answer: Answer?
    /// The licence in which the answer lies in the person's wallet; nil for none.
    public let licence: Identifier?
    public let content: Content

    /// How it came.
    public enum Way: String, Sendable, CaseIterable {
        /// A department asked another.
        case query
        /// The person asked, in the browser, in an app or at a window.
        case online, phone, window

        /// The channel of the plan; nil for a query between departments.
        public var channel: ProofKind.Channel? {
            switch self {
            case .query: nil
            case .online: .online
            case .phone: .phone
            case .window: .window
            }
        }
    }

    /// By which right the asker may know.
    public enum Ground: String, Sendable, CaseIterable {
        /// The person consents to this one use (R14.15).
        case consent = "本人同意"
        /// A law lets the asker look.
        case law = "法定职权"
        /// It is one's own.
        case own = "本人申请"
    }

    /// How far it is.
    public enum State: String, Sendable, CaseIterable {
        case awaiting = "待本人同意"
        case open = "待答复"
        case answered = "已答复"
        case declined = "本人不同意"
        /// The person took its consent back.
        case withdrawn = "同意已撤回"

        /// Whether the department that answers may know of it: not before the consent, and not once it was refused or
        /// taken back.
        public var isForAnswerer: Bool { self == .open || self == .answered }
    }

    /// The answer codes.
    public enum Answer: String, Sendable, CaseIterable {
        case confirmed = "符合"
        case contradicted = "不符合"
        case unknown = "查无"
    }

    /// What may name persons or tell of them; sealed.
    public struct Content: Sendable, Hashable, Codable {
        public var name: String
        public var idNumber: String
        /// What it is needed for.
        public var purpose: String
        /// The law by which the asker may look; empty for other grounds.
        public var legalBasis: String
        /// What the answer says besides its code.
        public var note: String
        /// The number of the case for which it is asked; empty for none.
        public var caseNumber: String
    }

    /// Whether the answer is late on a day.
    public func isOverdue(on day: LegalDay) -> Bool { state == .open && due.map { $0 < day } ?? false }

    /// Whether the consent's last day has passed before there was an answer.
    public func hasLapsed(on day: LegalDay) -> Bool {
        ground == .consent && (state == .awaiting || state == .open) && readableUntil.map { $0 < day } ?? false
    }

    /// Whether the asker may read the answer on a day: by law, or as long as the person's consent lasts.
    public func isReadable(on day: LegalDay) -> Bool {
        state == .answered && (ground != .consent || readableUntil.map { day <= $0 } ?? false)
    }
}
