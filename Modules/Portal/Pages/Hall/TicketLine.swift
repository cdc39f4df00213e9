import PluginKit

/// What a ticket's page says of how it stands.
struct TicketLine {
    let sight: TicketSight

    /// Changes whenever the page would look different; `done` when it won't change any more.
    var mark: String {
        let ticket = sight.ticket
        guard ticket.state.isOpen || ticket.state == .missed else { return "done" }
        let wait = sight.forecast?.minutes.map { "\($0.lowerBound)-\($0.upperBound)" } ?? ""
        return "\(ticket.state.rawValue).\(ticket.calls).\(sight.window).\(sight.forecast?.ahead ?? 0).\(wait)"
    }

    var tone: String {
        switch sight.ticket.state {
        case .called: "soon"
        case .serving, .done: "good"
        case .waiting: "open"
        case .missed, .closed: "late"
        case .cancelled: "made"
        }
    }

    var headline: String {
        switch sight.ticket.state {
        case .waiting where sight.forecast?.ahead == 0: "下一个就是您"
        case .waiting: "前面还有 \(sight.forecast?.ahead ?? 0) 个号"
        case .called: "请到\(sight.window)"
        case .serving: "正在\(sight.window)办理"
        case .done: "已经办完"
        case .missed: "已经过号"
        case .cancelled: "已经退号"
        case .closed: "当天没有办"
        }
    }

    var sentence: String {
        switch sight.ticket.state {
        case .waiting: wait
        case .called: "已经叫了 \(sight.ticket.calls) 次。没有及时到窗口的会过号，让后面的人先办。"
        case .serving, .done: "感谢您的配合。"
        case .missed: "叫号时您不在。如果还要办，请告诉窗口或导办人员，可以重新排队，不用再取号。"
        case .cancelled: "这个号已经退掉。要办的话请重新取号。"
        case .closed: "下班时这个号还没有办。很抱歉让您白等，请改天再来，也可以网上办理。"
        }
    }

    private var wait: String {
        let caution = "绿色通道和预约的人可能排到前面，请以叫号为准。"
        guard let minutes = sight.forecast?.minutes else {
            return "现在还说不准要等多久：今天办完的人太少，或者能办这项业务的窗口还没有开。" + caution
        }
        if minutes.upperBound == 0 { return "马上就到您，请不要走远。" }
        let span =
            minutes.lowerBound == minutes.upperBound
            ? "\(minutes.lowerBound) 分钟" : "\(minutes.lowerBound) 到 \(minutes.upperBound) 分钟"
        return "按今天最近办理的快慢，大约还要等 \(span)。" + caution
    }
}
