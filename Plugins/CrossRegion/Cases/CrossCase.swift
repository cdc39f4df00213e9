public import PluginKit

/// An application that is collected on one side and decided on the other (跨域办件); both sides keep one of their own.
public struct CrossCase: Sendable {
    /// Which side this is.
    public enum Side: String, Sendable, CaseIterable, Codable, SQLConvertible {
        /// 受理: here it was filed.
        case collects = "受理"
        /// 办理: here it is decided.
        case decides = "办理"
    }

    /// How far it is; the same words on both sides.
    public enum State: String, Sendable, CaseIterable, SQLConvertible {
        case filed = "已提交"
        case correcting = "待补正"
        case accepted = "已受理"
        case granted = "准予"
        case refused = "不予"
        /// The partner did not take the application.
        case returned = "对方不收"

        var isClosed: Bool { self == .granted || self == .refused || self == .returned }
    }

    /// The same on both sides.
    public let id: Identifier
    /// Where it was filed, or whose organ decides it.
    public let division: String
    /// What the applicant filed together (多地联办); the case's own identifier where it stands alone.
    public let bundle: Identifier
    public let side: Side
    public let partner: String
    public let agreement: String
    public let item: String
    public let title: String
    public let mode: Mode
    public let scope: Scope
    /// How many working days of the decider it takes.
    public let days: Int
    /// The organ that decides; empty where the partner does.
    public let agency: String
    /// The account's person who filed it online; empty where a window did.
    public let person: String
    public let filedAt: Instant
    public var state: State
    var document: CaseDocument
    /// The last day by the decider's calendar.
    public var dueOn: LegalDay?
    public var decidedAt: Instant?
    /// How many ways to the deciding place the applicant was spared (少跑路, R13.8).
    public var visits: Int
}

/// What is sealed of a case.
struct CaseDocument: Codable, Sendable, Hashable {
    var name: String
    var idNumber: String
    var phone: String
    var note: String
    var papers: [PaperNote]
    var others: [String]
    var corrections: [String] = []
    var supplements: [String] = []
    var acceptedBy = ""
    var decision = ""
    var decidedBy = ""
    var files: [PaperNote] = []
    /// Every step of papers between the two places.
    var custody: [CustodyStep] = []
    /// Why the partner did not take it.
    var returned = ""

    /// The paper of a slot, whichever side it came from.
    func paper(_ slot: String) -> PaperNote? { (papers + files).first { $0.slot == slot } }
}

/// A step of a paper on its way (材料交接, R13.6).
public struct CustodyStep: Sendable, Hashable, Codable {
    /// What is on its way.
    public enum Thing: String, Sendable, CaseIterable, Codable {
        case originals = "原件"
        case result = "结果"
    }

    /// What is done with it.
    public enum Step: String, Sendable, CaseIterable, Codable {
        case collect = "收取"
        case send = "寄出"
        case receive = "收到"
        case handOver = "交还"
    }

    public let thing: Thing
    public let step: Step
    /// Which side did it.
    public let side: CrossCase.Side
    public let note: String
    public let courier: String
    public let tracking: String
    public let at: Instant

    /// Where a thing is.
    enum Place: Hashable {
        case nowhere
        case with(CrossCase.Side)
        case onTheWay(to: CrossCase.Side)
        case handedOver
    }

    /// Where a thing is after its steps.
    static func place(of thing: Thing, after steps: [CustodyStep], in state: CrossCase.State) -> Place {
        var place: Place = thing == .result && state == .granted ? .with(.decides) : .nowhere
        for step in steps where step.thing == thing {
            switch step.step {
            case .collect, .receive: place = .with(step.side)
            case .send: place = .onTheWay(to: step.side == .collects ? .decides : .collects)
            case .handOver: place = .handedOver
            }
        }
        return place
    }

    /// Why a step can't follow the others; nil when it can.
    static func obstacle(
        _ step: Step, of thing: Thing, by side: CrossCase.Side, after steps: [CustodyStep], in state: CrossCase.State
    ) -> String? {
        let place = place(of: thing, after: steps, in: state)
        switch step {
        case .collect:
            if thing == .originals, side == .collects, place == .nowhere || place == .handedOver { return nil }
            return "原件由受理地在收件时收取，已经收取的不用再收。"
        case .send: return place == .with(side) ? nil : "\(thing.rawValue)不在本方手里，不能寄出。"
        case .receive: return place == .onTheWay(to: side) ? nil : "没有寄给本方的\(thing.rawValue)。"
        case .handOver:
            return side == .collects && place == .with(.collects) ? nil : "\(thing.rawValue)不在受理窗口，不能交给申请人。"
        }
    }
}
