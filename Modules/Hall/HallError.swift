public import Extension
import Standards

/// Why something can't be done in a hall: what happened and what to do.
public struct HallError: ProblemConvertible, Sendable, Equatable, CustomStringConvertible {
    /// A stable code.
    public struct Code: RawRepresentable, Hashable, Sendable {
        public let rawValue: String
        public init(rawValue: String) { self.rawValue = rawValue }

        public static let siteUnknown = Code(rawValue: "hall.site_unknown")
        public static let windowUnknown = Code(rawValue: "hall.window_unknown")
        public static let windowTaken = Code(rawValue: "hall.window_taken")
        public static let windowBusy = Code(rawValue: "hall.window_busy")
        public static let ticketUnknown = Code(rawValue: "hall.ticket_unknown")
        public static let ticketHeld = Code(rawValue: "hall.ticket_held")
        public static let wrongState = Code(rawValue: "hall.wrong_state")
        public static let callAgain = Code(rawValue: "hall.call_again")
        public static let notServing = Code(rawValue: "hall.not_serving")
        public static let closed = Code(rawValue: "hall.closed")
        public static let notBookable = Code(rawValue: "hall.not_bookable")
        public static let bookingHeld = Code(rawValue: "hall.booking_held")
        public static let bookingBlocked = Code(rawValue: "hall.booking_blocked")
        public static let slotFull = Code(rawValue: "hall.slot_full")
        public static let appointmentUnknown = Code(rawValue: "hall.appointment_unknown")
        public static let appointmentOver = Code(rawValue: "hall.appointment_over")
        public static let notToday = Code(rawValue: "hall.not_today")
        public static let kiosk = Code(rawValue: "hall.kiosk")
        public static let forbidden = Code(rawValue: "access.forbidden")
        public static let invalid = Code(rawValue: "input.invalid")
    }

    public let code: Code
    /// The HTTP status that tells it.
    public let status: Int
    public let title: String
    /// What happened and what to do, in Chinese.
    public let message: String
    /// Everything that is wrong with an input.
    public let findings: [Finding]

    init(_ code: Code, status: Int = 409, _ title: String, _ message: String, findings: [Finding] = []) {
        self.code = code
        self.status = status
        self.title = title
        self.message = message
        self.findings = findings
    }

    public var problem: Problem { Problem(status, code.rawValue, title, message, findings: findings) }
    public var description: String {
        "\(message)[\(code.rawValue)]" + findings.map { "\n  - \($0.field)：\($0.message)" }.joined()
    }
}

extension HallError {
    static let siteUnknown = HallError(
        .siteUnknown, status: 404, "没有这个大厅", "没有找到这个大厅，请从“大厅取号”里重新选择。")
    static let windowUnknown = HallError(
        .windowUnknown, status: 404, "没有这个窗口", "没有找到这个窗口，请回到叫号页面重新选择窗口。")
    static let ticketUnknown = HallError(
        .ticketUnknown, status: 404, "没有找到这个号", "没有找到这个号。请核对链接，或者重新取号。")
    static let notServing = HallError(
        .notServing, "窗口还没有开", "窗口还没有开始叫号，现在不能用手机取号。请等窗口开了再取，或者到大厅的取号机上取。")
    static let forbidden = HallError(
        .forbidden, status: 403, "没有权限", "您的岗位不能办理这个大厅的这项操作。如确有需要，请联系本单位管理员。")
    static let kiosk = HallError(
        .kiosk, status: 403, "取号机没有登记", "这台取号机的地址不对，不能取号。请让管理员用 yiciban hall kiosk 查看正确的地址。")
    static let windowTaken = HallError(
        .windowTaken, "窗口有人在叫号", "这个窗口由另一位同事在办理，还有号没有办完。请换一个窗口，或者请那位同事先办完。")

    static let notBookable = HallError(
        .notBookable, "这里不接受预约", "这个大厅的这项业务没有开放预约，请直接到大厅取号。")
    static let appointmentUnknown = HallError(
        .appointmentUnknown, status: 404, "没有找到这个预约", "没有找到这个预约，或者不是您的。请在“我的预约”里查看。")
    static let codeUnknown = HallError(
        .appointmentUnknown, status: 404, "没有找到这个预约", "今天在这个大厅没有这个预约码。请核对六位数字和日期；没有预约的请直接取号。")

    static func bookingHeld(_ open: Appointment) -> HallError {
        HallError(
            .bookingHeld, "您已经约过了", "您在这个大厅已经约了\(open.day.chineseDate) \(open.slot.text)。要换时间请在“我的预约”里改，不用再约。")
    }

    static func blocked(_ count: Int, _ until: LegalDay) -> HallError {
        HallError(
            .bookingBlocked, "暂时不能预约", "您已经有 \(count) 次约了没有来，\(until.chineseDate)起才能再预约。在这以前可以直接到大厅取号。")
    }

    static func slotFull(_ slot: TimeSlot) -> HallError {
        HallError(.slotFull, "这个时段约满了", "\(slot.text) 刚刚被约满，请换一个时段。")
    }

    static func appointmentOver(_ appointment: Appointment) -> HallError {
        let state = appointment.state == .booked ? "已经到时间了" : "现在是“\(appointment.state.chinese)”"
        return HallError(.appointmentOver, "不能再改", "这个预约\(state)，不能再改、取消或报到。请刷新后再看。")
    }

    static func notToday(_ appointment: Appointment) -> HallError {
        HallError(.notToday, "不是今天的预约", "您约的是\(appointment.day.chineseDate) \(appointment.slot.text)，请当天再来报到；想换时间可以改约。")
    }

    static func closed(_ day: LegalDay) -> HallError {
        HallError(.closed, "今天已经停止取号", "\(day.chineseDate)的取号已经结束，没有办的号也已经清掉。请改天再来，或者网上办理。")
    }

    static func held(_ label: String) -> HallError {
        HallError(.ticketHeld, "您已经有号了", "您今天在这个大厅已经取了 \(label)，还没有办完，不能再取。请留意叫号，不办了可以先退号。")
    }

    static func busy(_ label: String) -> HallError {
        HallError(.windowBusy, "还有号没有办完", "窗口上 \(label) 已经叫了还没有来。请再叫一次，叫满次数仍不到的记为过号，再叫下一位。")
    }

    static func wrongState(_ ticket: Ticket, _ action: String) -> HallError {
        HallError(.wrongState, "现在不能\(action)", "\(ticket.label) 现在是“\(ticket.state.chinese)”，不能\(action)。请刷新后再看。")
    }

    static func callAgain(_ ticket: Ticket, _ least: Int) -> HallError {
        HallError(
            .callAgain, "还没有叫满次数", "\(ticket.label) 只叫了 \(ticket.calls) 次，叫满 \(least) 次仍不到才能记为过号。请再叫一次。")
    }

    static func invalid(_ findings: [Finding]) -> HallError {
        HallError(.invalid, status: 422, "填写的内容有误", "请按提示逐项修改后重新提交。", findings: findings)
    }
}
