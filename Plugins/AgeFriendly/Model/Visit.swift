public import PluginKit

/// An order of help for somebody who can't easily come or cope alone (上门和帮办预约, R12.17, R12.18).
public struct Visit: Sendable, Hashable {
    public let id: Identifier
    public let division: String
    public let kind: Kind
    public let state: State
    public let slot: HalfDay
    /// The hall where the help is given; nil at home.
    public let site: Identifier?
    /// The theme or item that it is about, from the elder zone; empty when words say it.
    public let subject: String
    /// Whom it is for; nil for somebody who is not registered.
    public let person: Identifier?
    /// By which way it was ordered.
    public let way: Way
    /// The member of staff who goes.
    public let assignee: Identifier?
    /// The agency of the member of staff who goes.
    public let agency: Identifier?
    public let orderedAt: Instant
    /// Goes up with every change.
    public let version: Int
    /// What is personal.
    public let details: Details

    /// What help is wanted (服务种类).
    public enum Kind: String, Sendable, Codable, CaseIterable, SQLConvertible {
        /// 上门办: staff come home.
        case home
        /// 引导服务: somebody stays at one's side in the hall.
        case guide
        /// 无障碍服务: wheelchair, sign language, large print, reading aloud.
        case accessible
        /// 绿色通道: served first, without queueing.
        case greenChannel = "green_channel"

        /// The name for people.
        public var chinese: String {
            switch self {
            case .home: "上门办"
            case .guide: "引导陪办"
            case .accessible: "无障碍协助"
            case .greenChannel: "绿色通道"
            }
        }

        /// What one gets.
        public var promise: String {
            switch self {
            case .home: "走不开、走不动的，工作人员带着设备到家里来办，办好把结果送到手上。"
            case .guide: "到大厅后有人全程陪着：取号、填表、找窗口，都不用自己操心。"
            case .accessible: "备好轮椅、老花镜、大字表格，需要读给您听、打手语的，先说一声。"
            case .greenChannel: "按约定的时间到大厅，不用排队，优先办理。"
            }
        }

        /// Whether it happens in a hall.
        public var isInHall: Bool { self != .home }
    }

    /// Where an order stands. Each open state has one next step; every one of them may be cancelled.
    public enum State: String, Sendable, Codable, CaseIterable, SQLConvertible {
        case ordered, assigned, done, cancelled
        case underWay = "under_way"

        /// The name for people.
        public var chinese: String {
            switch self {
            case .ordered: "等待安排"
            case .assigned: "已安排"
            case .underWay: "正在路上"
            case .done: "已办好"
            case .cancelled: "已取消"
            }
        }

        /// The state after the next step; nil when nothing follows.
        public var next: State? {
            switch self {
            case .ordered: .assigned
            case .assigned: .underWay
            case .underWay: .done
            case .done, .cancelled: nil
            }
        }

        public var isOpen: Bool { next != nil }
    }

    /// By which way an order came.
    public enum Way: String, Sendable, Codable, CaseIterable, SQLConvertible {
        case portal, window, telephone

        /// The name for people.
        public var chinese: String {
            switch self {
            case .portal: "本人网上按铃"
            case .window: "窗口代录"
            case .telephone: "电话预约"
            }
        }
    }

    /// Why somebody is entitled to it (服务对象).
    public enum Ground: String, Sendable, Codable, CaseIterable {
        case age, disabled, ill, caring

        /// The name for people, with the age from the settings.
        public func chinese(age: Int) -> String {
            switch self {
            case .age: "年满 \(age) 周岁"
            case .disabled: "残疾人"
            case .ill: "伤病、孕产，行动不便"
            case .caring: "独自照护老人、病人，走不开"
            }
        }
    }

    /// The personal part of an order; it is stored sealed.
    public struct Details: Sendable, Hashable, Codable {
        public var name: String
        public var phone: String
        /// Where to come to; empty in a hall.
        public var address: String
        /// What it is about in the person's own words.
        public var words: String
        public var ground: Ground
        /// What the member of staff says at the door, so that nobody lets a stranger in.
        public var code: String
        /// What came of it.
        public var result = ""
        /// Who signed, such as 本人签字.
        public var signature = ""
        /// Why it was cancelled.
        public var reason = ""
    }

    /// Whether nobody has finished it though its time is over.
    public func isLate(at now: Instant, _ rules: VisitRules) -> Bool { state.isOpen && rules.end(of: slot) <= now }
}

/// A half of a day on which visits are made (半天时段).
public struct HalfDay: Sendable, Hashable, Comparable {
    public let day: LegalDay
    public let half: Half

    public init(_ day: LegalDay, _ half: Half) {
        self.day = day
        self.half = half
    }

    /// Morning or afternoon.
    public enum Half: String, Sendable, Codable, CaseIterable, SQLConvertible {
        case morning = "am"
        case afternoon = "pm"

        public var chinese: String { self == .morning ? "上午" : "下午" }
    }

    /// `2026-12-01.am`, as forms send it.
    public var text: String { "\(day.text).\(half.rawValue)" }

    /// Reads ``text``; nil for anything else.
    public init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, let day = try? LegalDay(String(parts[0])), let half = Half(rawValue: String(parts[1]))
        else { return nil }
        self.init(day, half)
    }

    /// The half day for people, such as `2026年12月1日（星期二）上午`.
    public var chinese: String { day.chinese + half.chinese }

    public static func < (lhs: HalfDay, rhs: HalfDay) -> Bool {
        (lhs.day, lhs.half.rawValue) < (rhs.day, rhs.half.rawValue)
    }
}
