import Extension
import Standards
import Storage

extension PaymentService {
    /// Asks the gateways about what no notification told of: attempts that are open, those that must close, refunds that
    /// are to be sent or under way.
    ///
    /// - Returns: how many were looked after.
    @discardableResult
    func watch(by act: Act, limit: Int = 200) async throws -> Int {
        let attempts = try await database.read { snapshot in
            try snapshot.rows(
                """
                SELECT order_id, position FROM payment_attempt WHERE next_look IS NOT NULL AND next_look <= ?
                ORDER BY next_look LIMIT ?
                """, act.now, limit
            ).map {
                (order: try $0.get("order_id", as: Identifier.self), position: try $0.get("position", as: Int.self))
            }
        }
        for attempt in attempts {
            try await look(
                after: attempt.position, of: attempt.order,
                by: act.part("attempt/\(attempt.order)/\(attempt.position)"))
        }
        let refunds = try await database.read { snapshot in
            try snapshot.rows(
                """
                SELECT id, order_id FROM payment_refund WHERE next_look IS NOT NULL AND next_look <= ?
                ORDER BY next_look LIMIT ?
                """, act.now, limit
            ).map { (id: try $0.get("id", as: Identifier.self), order: try $0.get("order_id", as: Identifier.self)) }
        }
        for refund in refunds { try await pursue(refund.id, of: refund.order, by: act.part("refund/\(refund.id)")) }
        return attempts.count + refunds.count
    }

    private func look(after position: Int, of order: Identifier, by act: Act) async throws {
        guard let file = try await database.read({ [store] in try store.find(order, in: $0) }),
            let attempt = file.attempt(position), attempt.isLive, let channel = try? channel(attempt.channel)
        else { return try await postpone(position, of: order, at: act.now) }
        let number = attempt.number(of: order)
        let mustClose = file.order.state != .due || attempt.expires <= act.now
        do {
            var standing = try await channel.standing(of: number, at: act.now)
            if mustClose, standing == .waiting || standing == .unknown {
                // What the gateway never heard of is closed there too, so that a request that is still on its way fails.
                try await channel.close(number, at: act.now)
                standing = try await channel.standing(of: number, at: act.now)
            }
            switch standing {
            case .paid(let receipt): _ = try await settle(receipt, on: attempt.channel, by: act)
            case .closed: try await closed(position, of: order, by: act)
            case .unknown where mustClose: try await closed(position, of: order, by: act)
            case .unknown, .waiting: break
            }
        } catch is GatewayFailure {
            // Asked again later.
        }
        try await postpone(position, of: order, at: act.now)
    }

    private func closed(_ position: Int, of order: Identifier, by act: Act) async throws {
        try await database.write { [self] transaction in
            _ = try change(order, by: act, in: transaction) { $0.closed(position) }
        }
    }

    /// When an attempt that is still open is looked after again. It is no part of what the journal vouches for.
    private func postpone(_ position: Int, of order: Identifier, at now: Instant) async throws {
        try await database.write { transaction in
            guard
                let row = try transaction.row(
                    """
                    SELECT looks FROM payment_attempt WHERE order_id = ? AND position = ? AND next_look IS NOT NULL
                        AND next_look <= ?
                    """, order, position, now)
            else { return }
            let looks: Int = try row.get("looks") + 1
            try transaction.send(
                "UPDATE payment_attempt SET looks = ?, next_look = ? WHERE order_id = ? AND position = ?", looks,
                OrderFile.nextLook(after: looks, at: now), order, position)
        }
    }

    private func pursue(_ id: Identifier, of order: Identifier, by act: Act) async throws {
        guard let file = try await database.read({ [store] in try store.find(order, in: $0) }),
            let refund = file.refunds.first(where: { $0.id == id }),
            let attempt = file.attempts.first(where: { $0.id == refund.attempt }),
            let channel = try? channel(attempt.channel)
        else { return }
        let ask = ChannelRefundAsk(
            refund: id.text, number: attempt.number(of: order), amount: refund.amount, total: attempt.amount,
            reason: refund.ground.chinese)
        do {
            var standing =
                refund.state == .sent ? try await channel.refundStanding(of: ask, at: act.now) : .unknown
            if standing == .unknown { standing = try await channel.refund(ask, at: act.now) }
            let found = standing
            try await database.write { [self] transaction in
                _ = try change(order, by: act, in: transaction) { file in
                    switch found {
                    case .unknown: break
                    case .working: file.sent(id, at: act.now)
                    case .done: file.refunded(id, by: act)
                    case .failed(let trouble): file.refundFailed(id, trouble)
                    }
                }
            }
        } catch let failure as GatewayFailure where !failure.isPassing {
            try await database.write { [self] transaction in
                _ = try change(order, by: act, in: transaction) { $0.refundFailed(id, failure.reason) }
            }
        } catch is GatewayFailure {
            // Asked again later.
        }
        try await database.write { transaction in
            guard
                let row = try transaction.row(
                    "SELECT looks FROM payment_refund WHERE id = ? AND next_look IS NOT NULL AND next_look <= ?", id,
                    act.now)
            else { return }
            let looks: Int = try row.get("looks") + 1
            try transaction.send(
                "UPDATE payment_refund SET looks = ?, next_look = ? WHERE id = ?", looks,
                OrderFile.nextLook(after: looks, at: act.now), id)
        }
    }
}

extension Act {
    /// An act for a part of the work, with identifiers of its own.
    func part(_ label: String) -> Act {
        Act(actor: actor, now: now, seed: seed.derived(label), requestID: requestID, clientAddress: clientAddress)
    }
}
