public import Extension
import Standards
import Storage

extension MessagingService {
    /// How many messages are under way at once.
    private static let concurrency = 8
    /// How many are taken in one round.
    private static let round = 40

    /// Sends the short messages that are due, a round at a time.
    ///
    /// What was taken by a server that died is taken again after its lease, with the same key, so that the provider sends
    /// it once.
    ///
    /// - Returns: how many were attempted.
    @discardableResult
    public func sendDue(by act: Act) async throws -> Int {
        guard let channel else { return 0 }
        let taken = try await database.write { try takeDue(by: act, in: $0) }
        var failures: [any Error] = []
        await withTaskGroup(of: (any Error)?.self) { group in
            var running = 0
            for delivery in taken {
                if running >= Self.concurrency {
                    if let error = await group.next() ?? nil { failures.append(error) }
                    running -= 1
                }
                running += 1
                group.addTask {
                    do {
                        try await send(delivery, through: channel, by: act)
                        return nil
                    } catch {
                        return error
                    }
                }
            }
            for await error in group { if let error { failures.append(error) } }
        }
        // The outcome could not be recorded; the message comes again after its lease.
        if let first = failures.first { throw first }
        return taken.count
    }

    /// Takes what may go now; what must wait for the morning, or for its telephone's limit, is put off.
    private func takeDue(by act: Act, in transaction: Transaction) throws -> [Delivery] {
        let lease = act.now.adding(.seconds(settings.sms.timeoutSeconds + 60))
        var taken: [Delivery] = []
        for var delivery in try store.due(at: act.now, limit: Self.round, in: transaction) {
            let isInstant = try store.notice(delivery.notice, in: transaction)?.weight == .instant
            if !isInstant, let quiet = settings.sms.quietHours?.earliest(at: act.now), quiet > act.now {
                try store.postpone(delivery, until: quiet, reason: "quiet_hours", in: transaction)
                continue
            }
            if let phone = delivery.content.phone,
                let later = try limit(of: phone, for: delivery.id, at: act.now, in: transaction)
            {
                try store.postpone(delivery, until: later, reason: "rate_limit", in: transaction)
                continue
            }
            if try store.claim(delivery, until: lease, at: act.now, in: transaction) {
                delivery.state = .sending
                delivery.attempts += 1
                taken.append(delivery)
            }
        }
        return taken
    }

    /// When a telephone may get another message; nil for now.
    private func limit(
        of phone: String, for delivery: Identifier, at now: Instant, in snapshot: Snapshot
    ) throws -> Instant? {
        let day = Duration.seconds(86_400)
        let hour = Duration.seconds(3_600)
        let attempts = try store.attempts(
            to: phone, since: now.adding(.zero - day), except: delivery, in: snapshot)
        let inHour = attempts.filter { $0 > now.adding(.zero - hour) }
        // The moment at which enough of them have become old.
        if attempts.count >= settings.sms.perPhonePerDay {
            return attempts[attempts.count - settings.sms.perPhonePerDay].adding(day)
        }
        if inHour.count >= settings.sms.perPhonePerHour {
            return inHour[inHour.count - settings.sms.perPhonePerHour].adding(hour)
        }
        return nil
    }

    private func send(_ delivery: Delivery, through channel: any MessageChannel, by act: Act) async throws {
        let content = delivery.content
        let result: Result<ChannelReceipt, ChannelFailure>
        if let phone = content.phone.flatMap({ try? MobileNumber($0) }), let template = content.template {
            let message = ShortMessage(
                phone: phone, template: template, variables: content.variables ?? [], text: content.text ?? "")
            // A nonce or identifier of its own for each message of the round.
            let act = Act(
                actor: act.actor, now: act.now, seed: act.seed.derived(delivery.id.text), requestID: act.requestID)
            do {
                result = .success(try await channel.send(message, key: delivery.id.text, by: act))
            } catch let failure as ChannelFailure {
                result = .failure(failure)
            } catch {
                result = .failure(ChannelFailure("channel_error", isPassing: true))
            }
        } else {
            result = .failure(ChannelFailure("no_phone", isPassing: false))
        }
        try await database.write { try record(result, of: delivery, by: act, in: $0) }
    }

    private func record(
        _ result: Result<ChannelReceipt, ChannelFailure>, of delivery: Delivery, by act: Act,
        in transaction: Transaction
    ) throws {
        var current = try store.lock(delivery.id, in: transaction)
        // Somebody else took it over meanwhile, or the provider's report came first.
        guard current.state == .sending, current.attempts == delivery.attempts else { return }
        switch result {
        case .success(let receipt):
            current.reference = receipt.reference
            try arrive(current, isDelivered: receipt.isDelivered, wasSent: true, by: act, in: transaction)
        case .failure(let failure) where failure.isPassing && current.attempts < settings.sms.attempts:
            current.state = .waiting
            current.reason = failure.code
            current.dueAt = act.now.adding(Self.backOff(after: current.attempts))
            try store.save(current, by: act, in: transaction)
        case .failure(let failure):
            try fail(current, reason: failure.code, by: act, in: transaction)
        }
    }

    /// Notes that a message is on its way, or has arrived.
    func arrive(
        _ delivery: Delivery, isDelivered: Bool, wasSent: Bool, by act: Act, in transaction: Transaction
    ) throws {
        guard let notice = try store.notice(delivery.notice, in: transaction) else { throw MessagingError.notFound }
        var delivery = delivery
        delivery.state = isDelivered ? .delivered : .sent
        delivery.reason = nil
        try store.save(delivery, by: act, in: transaction)
        var happened: [any Event] = []
        if wasSent { happened.append(MessageSent(notice: notice.id, delivery: delivery.id, route: delivery.route)) }
        if isDelivered {
            happened.append(MessageDelivered(notice: notice.id, delivery: delivery.id, route: delivery.route))
        }
        try tell(happened, about: notice, by: act, in: transaction)
    }

    /// Half a minute, then twice as long each time, an hour at most.
    static func backOff(after attempts: Int) -> Duration {
        .seconds(min(3_600, 30 << min(max(attempts - 1, 0), 7)))
    }
}
