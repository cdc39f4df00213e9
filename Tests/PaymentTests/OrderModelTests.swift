import Cryptography
import Extension
import Standards
import Storage
import StorageTestSupport
import Testing

@testable import Payment

/// Random sequences of what payers, gateways, officers and the network do, against a model of the money.
@Suite("Orders as a model")
struct OrderModelTests {
    /// What a gateway really took and gave back, as its own books have it.
    private struct Gateway {
        struct Trade {
            let position: Int
            var isPaid = false
            var isClosed = false
            var back: Set<Identifier> = []
        }
        var trades: [Trade] = []
    }

    @Test("in ten thousand random histories no order is paid twice, no payment is lost and the books balance")
    func histories() throws {
        var generator = SeededGenerator(seed: 6)
        for history in 0..<10_000 {
            try play(history, steps: Int.random(in: 4...30, using: &generator), &generator)
        }
    }

    private func act(_ turn: Int, _ account: UInt8? = nil) -> Act {
        var seed = [UInt8](repeating: 1, count: Seed.length)
        for index in 0..<8 { seed[index] = UInt8(truncatingIfNeeded: turn >> (8 * index)) }
        let actor: Actor =
            account.map {
                .person(Till.id($0), account: Till.id($0), name: "", terminal: .window)
            } ?? .system("model")
        return Act(
            actor: actor, now: TestDatabase.now.adding(.seconds(turn * 40)), seed: Seed(bytes: seed))
    }

    private func play(_ history: Int, steps: Int, _ random: inout SeededGenerator) throws {
        let begin = act(0)
        let due = Money(fen: Int64.random(in: 1...20_000, using: &random))
        let rules: [RefundRule] = [[], [.refused], [.refused, .withdrawn]]
        var file = OrderFile.demand(
            PaymentOrder(
                id: begin.identifier("order/\(history)"), division: "430602", caseID: Till.id(7), caseNumber: "1",
                item: "E23", title: "登记费", party: Till.id(1), person: Till.id(1), due: due,
                refundRule: rules.randomElement(using: &random) ?? [], created: begin.now),
            lines: [OrderLine(position: 1, tariff: "t", title: "登记费", amount: due)], by: begin)
        var gateway = Gateway()
        var trace: [Int] = []
        for turn in 1...steps {
            let act = act(turn, UInt8.random(in: 50...51, using: &random))
            let choice = Int.random(in: 0..<10, using: &random)
            trace.append(choice)
            let (saved, trades) = (file, gateway.trades)
            step(choice, &file, &gateway, act, &random)
            // A crash before the commit forgets the change, never what the gateway did; but the gateway is asked for a
            // trade only once the attempt is committed.
            if Int.random(in: 0..<8, using: &random) == 0 {
                file = saved
                if choice < 2 { gateway.trades = trades }
            }
            try check(file, "history \(history), after \(trace)")
        }
        // Everything is told in the end: queries see every trade, and every refund is pursued.
        for trade in gateway.trades where trade.isPaid {
            _ = file.settle(trade.position, receipt(trade.position, file), by: act(steps + trade.position))
        }
        for (index, refund) in file.refunds.enumerated()
        where refund.state == .approved || refund.state == .sent || refund.state == .failed {
            file.refunded(refund.id, by: act(steps + 100 + index))
        }
        try check(file, "history \(history), at the end of \(trace)")
        let taken = gateway.trades.filter(\.isPaid).count
        let booked = file.attempts.filter { $0.state == .paid || $0.state == .surplus }.count
        #expect(taken == booked, "history \(history): a payment was lost, after \(trace)")
        let surplus = file.attempts.filter { $0.state == .surplus }
        for attempt in surplus {
            let back = file.refunds.filter { $0.attempt == attempt.id && $0.state == .done }
            #expect(back.map(\.amount) == [attempt.amount], "history \(history): surplus stayed, after \(trace)")
        }
    }

    private func receipt(_ position: Int, _ file: OrderFile) -> ChannelReceipt {
        ChannelReceipt(
            number: "n_\(position)", gatewayNumber: "g\(position)", amount: file.order.due, paid: TestDatabase.now)
    }

    private func step(
        _ choice: Int, _ file: inout OrderFile, _ gateway: inout Gateway, _ act: Act, _ random: inout SeededGenerator
    ) {
        switch choice {
        case 0, 1:
            let channel: ChannelID = Bool.random(using: &random) ? .wechat : .alipay
            guard let opened = try? file.open(channel, .code, lasting: 15, by: act), opened.isNew else { return }
            // The gateway has the trade, whether or not its answer arrives.
            gateway.trades.append(Gateway.Trade(position: opened.attempt.position))
            if Bool.random(using: &random) { file.invite(opened.attempt.position, to: "code") }
        case 2, 3:
            guard let index = gateway.trades.indices.randomElement(using: &random) else { return }
            if !gateway.trades[index].isClosed { gateway.trades[index].isPaid = true }
        case 4, 5:
            // A notification or a query, perhaps the same again, in any order.
            guard let trade = gateway.trades.filter(\.isPaid).randomElement(using: &random) else { return }
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                _ = file.settle(trade.position, receipt(trade.position, file), by: act)
            }
        case 6:
            guard
                let index = gateway.trades.indices.filter({ !gateway.trades[$0].isPaid }).randomElement(using: &random)
            else { return }
            gateway.trades[index].isClosed = true
            file.closed(gateway.trades[index].position)
        case 7: file.end([.refused, .withdrawn, .terminated].randomElement(using: &random) ?? .refused, by: act)
        case 8:
            let amount = Money(fen: Int64.random(in: -1...file.order.due.fen + 1, using: &random))
            _ = try? file.askRefund(amount, .overcharged, limit: Money(fen: 5_000), by: act)
        default:
            guard let refund = file.refunds.randomElement(using: &random) else { return }
            switch Int.random(in: 0..<4, using: &random) {
            case 0: try? file.judge(refund.id, isApproved: Bool.random(using: &random), by: act)
            case 1: file.sent(refund.id, at: act.now)
            case 2: file.refundFailed(refund.id, "ABNORMAL")
            default: file.refunded(refund.id, by: act)
            }
        }
    }

    /// What holds after every step.
    private func check(_ file: OrderFile, _ place: @autoclosure () -> String) throws {
        let faults = file.faults
        if !faults.isEmpty { Issue.record("\(place()): \(faults)") }
        let order = file.order
        let paid = file.attempts.filter { $0.state == .paid }.count
        let holds =
            paid <= 1 && (order.state == .paid || order.state == .refunded) == (paid == 1)
            && order.refundable >= .zero && order.reserved >= .zero
            && (order.state == .refunded) == (order.refunded == order.due)
            && Set(file.entries.map { "\($0.kind)\($0.reference)" }).count == file.entries.count
            && file.refunds.allSatisfy { $0.judgedBy == nil || $0.judgedBy != $0.askedBy }
        if !holds { Issue.record("\(place()): \(order)") }
    }
}
