public import Storage

/// A way by which money comes in (缴费渠道).
public enum ChannelID: String, Sendable, Codable, CaseIterable, SQLConvertible {
    case wechat, alipay
    /// Cash at a window, into a clerk's drawer.
    case cash
    /// A bank card at a window's terminal (POS).
    case card

    /// The word that people read.
    public var chinese: String {
        switch self {
        case .wechat: "微信支付"
        case .alipay: "支付宝"
        case .cash: "现金"
        case .card: "银行卡"
        }
    }

    /// Whether a gateway tells by network what was paid.
    public var isOnline: Bool { self == .wechat || self == .alipay }
}

/// How a payer comes to a channel.
public enum PayForm: String, Sendable, Codable, CaseIterable, SQLConvertible {
    /// A QR code on a screen of ours, which the payer scans (Native, 当面付).
    case code
    /// The channel's own page in the payer's browser (H5, wap).
    case page
    /// Inside of the channel's own app (JSAPI).
    case inApp = "in-app"
    /// At a window.
    case window
}
