public import Storage

/// In which line a ticket stands (号别).
public enum TicketClass: String, Sendable, Hashable, Codable, CaseIterable, SQLConvertible {
    /// Whoever comes (普通)
    case ordinary
    /// Who booked a time (预约)
    case booked
    /// The elderly, disabled, pregnant women, soldiers (绿色通道, R12.16)
    case green

    /// The word that people read.
    public var chinese: String {
        switch self {
        case .ordinary: "普通"
        case .booked: "预约"
        case .green: "绿色通道"
        }
    }
}

/// Why somebody is served through the green channel (绿色通道, R12.16).
public enum GreenGround: String, Sendable, Hashable, Codable, CaseIterable, SQLConvertible {
    /// From sixty years of age on (老年人)
    case elder
    case disabled
    case pregnant
    /// Soldiers and veterans (军人)
    case soldier

    /// The word that people read.
    public var chinese: String {
        switch self {
        case .elder: "60 岁以上老年人"
        case .disabled: "残疾人"
        case .pregnant: "孕妇、带婴幼儿的"
        case .soldier: "现役、退役军人"
        }
    }

    /// The age from which somebody is old, in years (老年人权益保障法 第二条).
    static let elderAge = 60
}

/// Where a ticket was taken (取号途径).
public enum TicketSource: String, Sendable, Hashable, Codable, CaseIterable, SQLConvertible {
    case kiosk, window, phone
    /// Who had booked has come.
    case appointment

    /// The word that people read.
    public var chinese: String {
        switch self {
        case .kiosk: "取号机"
        case .window: "窗口"
        case .phone: "手机"
        case .appointment: "预约报到"
        }
    }
}
