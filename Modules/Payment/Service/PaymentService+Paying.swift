public import Extension
import Standards
public import Storage

/// An order with the attempt that its payer is looking at.
public struct OpenPayment: Sendable, Hashable {
    public let order: PaymentOrder
    public let attempt: PaymentAttempt
    /// Whether no real money moves.
    public let isRehearsal: Bool
}

extension PaymentService {
    /// Begins to pay an order on a channel, or goes on where somebody began.
    ///
    /// The attempt is written before the gateway is asked: whatever happens in between, the watch asks the gateway what
    /// became of it.
    ///
    /// - Throws: ``PaymentError`` when nothing is due, the channel is not open here, or its gateway can't be reached.
    public func pay(
        _ id: Identifier, on channelID: ChannelID, _ form: PayForm, payer: String? = nil, by act: Act
    ) async throws -> OpenPayment {
        let channel = try channel(channelID)
        guard channel.forms.contains(form) else { throw PaymentError.noChannel(channelID) }
        let minutes = settings.attemptMinutes
        let (file, opened) = try await database.write { [self] transaction in
            try change(id, by: act, in: transaction) { try $0.open(channelID, form, lasting: minutes, by: act) }
        }
        guard opened.isNew else {
            return OpenPayment(order: file.order, attempt: opened.attempt, isRehearsal: channel.isRehearsal)
        }
        let position = opened.attempt.position
        let invitation: String
        do {
            invitation = try await channel.invite(
                ChannelAsk(
                    number: opened.attempt.number(of: id), title: file.order.title, amount: file.order.due, form: form,
                    expires: opened.attempt.expires, payerAddress: act.clientAddress, payer: payer,
                    returnURL: "\(settings.address)/pay/\(id)"), at: act.now)
        } catch let failure as GatewayFailure {
            // It may have arrived all the same; the watch closes it.
            throw PaymentError(
                .channel, status: 502, "\(channelID.chinese)暂时没有响应",
                failure.isPassing ? "请过一会儿再试，或换一种付款方式。没有扣款。" : "\(channelID.chinese)没有接受这笔付款，请换一种方式，或到窗口缴费。没有扣款。")
        }
        let later = Act(
            actor: act.actor, now: act.now, seed: act.seed.derived("invite"), requestID: act.requestID,
            clientAddress: act.clientAddress)
        let ready = try await database.write { [self] transaction in
            try change(id, by: later, in: transaction) { $0.invite(position, to: invitation) }.file
        }
        guard let attempt = ready.attempt(position) else { throw PaymentError.notFound }
        return OpenPayment(order: ready.order, attempt: attempt, isRehearsal: channel.isRehearsal)
    }

    /// Books what a gateway says was paid; the one way for notifications and queries.
    ///
    /// - Returns: what became of the money; nil when the number is none of ours.
    func settle(
        _ receipt: ChannelReceipt, on channel: ChannelID, by act: Act
    ) async throws -> Settlement? {
        guard let (order, position) = PaymentAttempt.parse(receipt.number) else { return nil }
        do {
            return try await database.write { [self] transaction in
                try change(order, by: act, in: transaction) { file -> Settlement? in
                    guard file.attempt(position)?.channel == channel else { return nil }
                    return file.settle(position, receipt, by: act)
                }.result
            }
        } catch let error as PaymentError where error.code == .notFound {
            return nil
        }
    }

    /// Takes a notification: proves it, books it, and answers in the gateway's own words.
    func take(_ message: WireMessage, from channelID: ChannelID, by act: Act) async throws -> RawReply {
        let channel = try channel(channelID)
        let notice: ChannelNotice
        do {
            notice = try channel.read(message, at: act.now)
        } catch {
            return channel.answer(isTaken: false)
        }
        switch notice {
        case .other: return channel.answer(isTaken: true)
        case .refund(let id):
            if let id = try? Identifier(id) {
                // What it says is not believed without a look of our own.
                try await database.write {
                    try $0.send(
                        "UPDATE payment_refund SET next_look = ? WHERE id = ? AND next_look IS NOT NULL", act.now, id)
                }
            }
            return channel.answer(isTaken: true)
        case .paid(let receipt):
            let system = Act(
                actor: .system("payment.\(channelID.rawValue)"), now: act.now, seed: act.seed, requestID: act.requestID)
            switch try await settle(receipt, on: channelID, by: system) {
            case .paid?, .surplus?, .known?: return channel.answer(isTaken: true)
            case .refused?, nil: return channel.answer(isTaken: false)
            }
        }
    }
}
