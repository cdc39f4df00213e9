public import Extension
import Standards

/// By which rules a hall calls (公平规则): data of each site, so that nobody needs to change the program to change them.
public struct HallRules: SchemaType, Hashable {
    /// One rule for each class.
    public var classes: [ClassRule] = TicketClass.allCases.map(ClassRule.standard)
    /// After how many minutes of waiting somebody comes next whatever the weights say.
    public var longestWait = 30
    /// How many tickets of the green channel are called in a row at most while others wait.
    public var greenInARow = 2
    /// After how many calls somebody who doesn't come may be passed over (过号).
    public var callsBeforeMissed = 3
    /// What one may come for; at least one.
    public var businesses: [BusinessRule] = [.standard]
    /// What single windows serve; a window that isn't named serves everything, a special one (专项窗口) nothing.
    public var windows: [WindowRule] = []
    /// How times are booked.
    public var booking = BookingRules()

    public init() {}

    public static let schema = Schema<Self> {
        Field("classes", \.classes, .list(of: .object, max: 3).withDefault, doc: "每种号的前缀和权重")
        Field(
            "longest_wait", \.longestWait, .integer(in: 5...480).withDefault, doc: "最多等几分钟：等满的人不论号别，下一个就叫")
        Field(
            "green_in_a_row", \.greenInARow, .integer(in: 1...20).withDefault, doc: "还有别人在等时，绿色通道最多连叫几个")
        Field("calls_before_missed", \.callsBeforeMissed, .integer(in: 1...10).withDefault, doc: "叫几次不到才记过号")
        Field("businesses", \.businesses, .list(of: .object, max: 60).withDefault, doc: "业务类别")
        Field("windows", \.windows, .list(of: .object, max: 500).withDefault, doc: "各窗口办什么；不写的窗口什么都办")
        Field("booking", \.booking, .object.withDefault, doc: "预约规则")
    }

    /// The rule of a class.
    public func rule(of ticketClass: TicketClass) -> ClassRule {
        classes.first { $0.ticketClass == ticketClass } ?? .standard(ticketClass)
    }

    /// What a kind of business is called; its key where the rules don't know it any more.
    public func title(ofBusiness key: String) -> String { businesses.first { $0.key == key }?.title ?? key }
}

/// The rule of one class of tickets.
public struct ClassRule: SchemaType, Hashable {
    public var ticketClass = TicketClass.ordinary
    /// What stands before the number, such as `A`.
    public var prefix = "A"
    /// How many minutes of an ordinary wait one minute of this class counts for.
    public var weight = 1

    public init() {}

    init(_ ticketClass: TicketClass, _ prefix: String, weight: Int) {
        self.ticketClass = ticketClass
        self.prefix = prefix
        self.weight = weight
    }

    /// The rule of a class unless the site has its own.
    static func standard(_ ticketClass: TicketClass) -> ClassRule {
        switch ticketClass {
        case .ordinary: ClassRule(.ordinary, "A", weight: 1)
        case .booked: ClassRule(.booked, "B", weight: 4)
        case .green: ClassRule(.green, "G", weight: 6)
        }
    }

    public static let schema = Schema<Self> {
        Field("class", \.ticketClass, .choice, doc: "号别：ordinary 普通、booked 预约、green 绿色通道")
        Field("prefix", \.prefix, .text(min: 1, max: 2), doc: "号码前缀，一两个大写字母")
        Field("weight", \.weight, .integer(in: 1...100), doc: "权重：等 1 分钟算几分钟")
    }
}

/// A kind of business that one comes for (业务类别).
public struct BusinessRule: SchemaType, Hashable {
    /// A stable word such as `social`.
    public var key = ""
    public var title = ""
    /// How many can be booked for each slot; none for what can't be booked.
    public var capacity = 0

    public init() {}

    init(_ key: String, _ title: String, capacity: Int = 0) {
        self.key = key
        self.title = title
        self.capacity = capacity
    }

    /// What every hall does that hasn't said more.
    public static let standard = BusinessRule("general", "综合业务")

    public static let schema = Schema<Self> {
        Field("key", \.key, .text(min: 1, max: 40), doc: "代号，小写字母、数字和连字符")
        Field("title", \.title, .text(min: 1, max: 30), doc: "名称，例如“社保医保”")
        Field("capacity", \.capacity, .integer(in: 0...1000).withDefault, doc: "每个时段可以预约几个；0 为不接受预约")
    }
}

/// What one window serves.
public struct WindowRule: SchemaType, Hashable {
    /// The window's key in the organisation, such as `city-hall-1`.
    public var window = ""
    public var classes: [TicketClass] = TicketClass.allCases
    /// The keys of the businesses; empty for all.
    public var businesses: [String] = []

    public init() {}

    public static let schema = Schema<Self> {
        Field("window", \.window, .text(min: 1, max: 60), doc: "窗口的代号")
        Field("classes", \.classes, .list(of: .choice, max: 3).withDefault, doc: "叫哪几种号；不写为全部，空列表为不叫号，只办转来的")
        Field("businesses", \.businesses, .list(of: .text(min: 1, max: 40), max: 60).withDefault, doc: "办哪些业务；不写为全部")
    }
}

extension HallRules {
    /// Everything that is wrong with the rules of a site.
    ///
    /// - Parameter windows: the keys of the site's windows.
    func findings(windows known: Set<String>) -> [Finding] {
        var findings: [Finding] = []
        if Set(classes.map(\.ticketClass)).count != TicketClass.allCases.count || classes.count != 3 {
            findings.append(Finding("classes", "hall.classes", "普通、预约、绿色通道三种号都要写，每种一次。"))
        }
        for (index, rule) in classes.enumerated() where !rule.prefix.utf8.allSatisfy({ (0x41...0x5A).contains($0) }) {
            findings.append(Finding("classes[\(index)].prefix", "hall.prefix", "前缀只能是一两个大写英文字母，例如“A”。"))
        }
        if Set(classes.map(\.prefix)).count != classes.count {
            findings.append(Finding("classes", "hall.prefix", "三种号的前缀不能相同，不然分不清是谁的号。"))
        }
        if businesses.isEmpty { findings.append(Finding("businesses", "field.required", "至少要有一种业务。")) }
        for (index, rule) in businesses.enumerated() {
            if !rule.key.utf8.allSatisfy(Self.isKeyByte) {
                findings.append(Finding("businesses[\(index)].key", "hall.key", "代号只能用小写字母、数字和连字符。"))
            }
            if businesses[..<index].contains(where: { $0.key == rule.key }) {
                findings.append(Finding("businesses[\(index)].key", "hall.key", "代号“\(rule.key)”重复了。"))
            }
        }
        let keys = businesses.map(\.key)
        for (index, rule) in windows.enumerated() {
            if !known.contains(rule.window) {
                let hint = nearest(to: rule.window, among: known.sorted()).map { "，是否想写 \($0)" } ?? ""
                findings.append(
                    Finding("windows[\(index)].window", "hall.window", "这个大厅没有窗口 \(rule.window)\(hint)。"))
            }
            if windows[..<index].contains(where: { $0.window == rule.window }) {
                findings.append(Finding("windows[\(index)].window", "hall.window", "窗口 \(rule.window) 写了两次。"))
            }
            for business in rule.businesses where !keys.contains(business) {
                let hint = nearest(to: business, among: keys).map { "，是否想写 \($0)" } ?? ""
                findings.append(
                    Finding("windows[\(index)].businesses", "hall.business", "没有业务 \(business)\(hint)。"))
            }
        }
        return findings + booking.findings
    }

    private static func isKeyByte(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x2D
    }
}
