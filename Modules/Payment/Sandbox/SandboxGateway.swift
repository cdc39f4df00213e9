import Cryptography
import Extension
import Foundation
public import Standards
import Synchronization

/// A gateway for rehearsals (演练网关) that speaks the wire formats of WeChat Pay v3 and of Alipay, with signatures of its
/// own, and misbehaves as it is told. No money moves.
public final class SandboxGateway: Sendable {
    struct State {
        var trades: [String: SandboxTrade] = [:]
        var numbers: [String: String] = [:]
        var notices: [SandboxNotice] = []
        var count = 0
        var settings: SandboxSettings

        mutating func next() -> Int {
            count += 1
            return count
        }
    }

    private let state: Mutex<State>

    public init(_ settings: SandboxSettings) { state = Mutex(State(settings: settings)) }

    /// Changes how it behaves from now on.
    public func behave(_ behaviour: SandboxBehaviour) { state.withLock { $0.settings.behaviour = behaviour } }

    func withState<Value>(_ body: (inout State) throws -> sending Value) rethrows -> sending Value {
        try state.withLock { try body(&$0) }
    }

    /// Its address became known once its port was.
    func moved(to address: String) { state.withLock { $0.settings.address = address } }

    /// Who it is and whom it knows.
    public var settings: SandboxSettings { state.withLock(\.settings) }

    /// Answers a request of the merchant.
    func answer(_ request: GatewayRequest, at now: Instant) -> GatewayReply {
        let path = request.target.prefix { $0 != "?" }
        if path.hasPrefix("/v3/") { return SandboxWeChat(gateway: self, now: now).answer(request) }
        if path == "/gateway.do" { return SandboxAlipay(gateway: self, now: now).answer(request) }
        if path.hasPrefix("/cashier/") || path == "/control/pay" {
            return SandboxCashier(gateway: self, now: now).answer(request)
        }
        if path.hasPrefix("/bills/") { return SandboxAlipay(gateway: self, now: now).file(request) }
        return GatewayReply(status: 404, message: WireMessage(headers: [:], body: []))
    }

    /// Pays a trade as its payer would, by the content of the QR code or by its number.
    ///
    /// - Returns: whether it could be paid.
    @discardableResult
    public func pay(_ code: String, at now: Instant) -> Bool {
        withState { state in
            let number = state.numbers[code] ?? code
            guard var trade = state.trades[number], trade.isOpen(at: now) else { return false }
            trade.paid = now
            trade.transaction = Self.transaction(state.next(), at: now)
            state.trades[number] = trade
            state.tell(trade, refund: nil, at: now)
            return true
        }
    }

    private static func transaction(_ count: Int, at now: Instant) -> String {
        "42\(now.day.digits)\(String(repeating: "0", count: max(0, 12 - String(count).count)))\(count)"
    }

    // MARK: Notifications

    /// The notifications that are due, as they go out; each must be reported by ``sent(_:isTaken:at:)``.
    public func duePosts(at now: Instant) throws -> [SandboxPost] {
        let (due, trades, settings) = withState { state in
            var due = state.notices.filter { $0.due <= now }
            if state.settings.behaviour.shuffles { due.reverse() }
            return (due, state.trades, state.settings)
        }
        return try due.compactMap { notice in
            guard let trade = trades[notice.number] else { return nil }
            return notice.channel == .wechat
                ? try SandboxWeChat.post(notice, trade, settings, at: now)
                : try SandboxAlipay.post(notice, trade, settings, at: now)
        }
    }

    /// What became of a notification: taken, or to be tried again.
    public func sent(_ id: Int, isTaken: Bool, at now: Instant) {
        withState { state in
            guard let index = state.notices.firstIndex(where: { $0.id == id }) else { return }
            let tries = state.notices[index].tries
            if isTaken || tries >= SandboxNotice.ladder.count {
                state.notices.remove(at: index)
            } else {
                state.notices[index].tries += 1
                state.notices[index].due = now.adding(.seconds(SandboxNotice.ladder[tries]))
            }
        }
    }
}

extension SandboxGateway.State {
    /// Plans the notifications of a payment or refund, as the behaviour has it.
    mutating func tell(_ trade: SandboxTrade, refund: SandboxRefund?, at now: Instant) {
        let behaviour = settings.behaviour
        for copy in 0...behaviour.duplicates {
            let id = next()
            if behaviour.losesEvery > 0, id % behaviour.losesEvery == 0 { continue }
            let isWrong = behaviour.wrongAmountEvery > 0 && id % behaviour.wrongAmountEvery == 0
            notices.append(
                SandboxNotice(
                    id: id, channel: trade.channel, number: trade.number,
                    amount: Money(fen: trade.amount.fen + (isWrong ? 1 : 0)), refund: refund?.id,
                    due: max(now, refund?.done ?? now).adding(.seconds(behaviour.delay * (copy + 1)))))
        }
    }
}

/// The merchant's line to a gateway in the same process, for tests.
struct SandboxLine: GatewayLine {
    let gateway: SandboxGateway
    let now: @Sendable () -> Instant
    /// Loses an answer after the gateway has done what was asked, as a cut line does.
    var losesAnswer: @Sendable (GatewayRequest) -> Bool = { _ in false }

    func send(_ request: GatewayRequest) async throws -> GatewayReply {
        let reply = gateway.answer(request, at: now())
        if losesAnswer(request) { throw GatewayFailure("timeout", isPassing: true) }
        return reply
    }
}
