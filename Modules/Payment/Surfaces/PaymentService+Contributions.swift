public import Extension
import Standards
import Storage

extension PaymentService {
    public var contributions: [any Contribution] {
        payerEndpoints + windowEndpoints + notificationEndpoints + caseSubscriptions + [
            Self.collect, Self.refund, Self.approve, Self.books, store.audit, drawerAudit, health, partnerHealth,
            Job("payment-watch", every: .seconds(5)) { act in try await watch(by: act) },
            Job("payment-reconcile", every: .seconds(1_800)) { act in try await reconcileYesterday(by: act) },
        ]
    }

    private var payerEndpoints: [any Contribution] {
        let unknown = PaymentError.Code.notFound.rawValue
        let pay = [
            unknown, PaymentError.Code.wrongState.rawValue, PaymentError.Code.noChannel.rawValue,
            PaymentError.Code.channel.rawValue,
        ]
        return [
            Endpoint(.get, "pay/orders/{id}", summary: "一张缴费单", access: .signedIn, problems: [unknown]) {
                (input: OrderInput, call: Call) -> OrderView in
                let id = try input.identifier
                return OrderView(try await database.read { try order(id, by: call.act, in: $0) })
            },
            Endpoint(
                .post, "pay/orders/{id}/attempts", summary: "付款：取得二维码或付款页面", access: .personOrHelper, status: 201,
                problems: pay
            ) {
                (input: PayInput, call: Call) -> AttemptView in
                guard let id = input.id else { throw PaymentError.notFound }
                _ = try await database.read { try order(id, by: call.act, in: $0) }
                let open = try await self.pay(id, on: input.channel, input.form, payer: input.payer, by: call.act)
                return AttemptView(open.attempt, isRehearsal: open.isRehearsal)
            },
            Endpoint(.get, "pay/links/{id}/{code}", summary: "亲友代付：看要付什么", access: .anyone, problems: [unknown]) {
                (input: LinkInput, call: Call) -> OrderView in
                guard let id = input.id else { throw PaymentError.notFound }
                var view = OrderView(try await database.read { try order(id, code: input.code, in: $0) })
                view.caseID = ""
                return view
            },
            Endpoint(
                .post, "pay/links/{id}/{code}/attempts", summary: "亲友代付：取得二维码或付款页面", access: .anyone, status: 201,
                problems: pay
            ) { (input: LinkPayInput, call: Call) -> AttemptView in
                guard let id = input.id else { throw PaymentError.notFound }
                _ = try await database.read { try order(id, code: input.code, in: $0) }
                let open = try await self.pay(id, on: input.channel, input.form, by: call.act)
                return AttemptView(open.attempt, isRehearsal: open.isRehearsal)
            },
        ]
    }

    private var windowEndpoints: [any Contribution] {
        let problems = [
            PaymentError.Code.notFound.rawValue, PaymentError.Code.wrongState.rawValue,
            PaymentError.Code.drawer.rawValue,
        ]
        return [
            Endpoint(
                .post, "pay/orders/{id}/receipts", summary: "窗口收现金或刷卡", access: .staff(Self.collect), problems: problems
            ) {
                (input: WindowInput, call: Call) -> OrderView in
                guard let id = input.id else { throw PaymentError.notFound }
                return try await call.commit(to: database) { transaction in
                    _ = try order(id, by: call.act, in: transaction)
                    _ = try takeAtWindow(id, on: input.channel, slip: input.slip, by: call.act, in: transaction)
                    return OrderView(try order(id, by: call.act, in: transaction))
                }
            },
            Endpoint(
                .post, "pay/orders/{id}/refunds", summary: "提出退费，超过限额的要另一人复核", access: .staff(Self.refund), status: 201,
                problems: problems + [PaymentError.Code.amount.rawValue]
            ) { (input: RefundInput, call: Call) -> RefundView in
                guard let id = input.id else { throw PaymentError.notFound }
                return try await call.commit(to: database, status: 201) { transaction in
                    _ = try order(id, by: call.act, in: transaction)
                    return RefundView(
                        try askRefund(
                            of: id, Money(fen: Int64(input.amount)), input.ground, by: call.act, in: transaction
                        ).refund)
                }
            },
            Endpoint(
                .post, "pay/orders/{id}/refunds/{refund}/judgement", summary: "复核退费", access: .staff(Self.approve),
                problems: problems + [PaymentError.Code.secondPerson.rawValue]
            ) { (input: JudgeInput, call: Call) -> OrderView in
                guard let id = input.id, let refund = input.refund else { throw PaymentError.notFound }
                return try await call.commit(to: database) { transaction in
                    _ = try order(id, by: call.act, in: transaction)
                    _ = try judge(refund, of: id, isApproved: input.isApproved, by: call.act, in: transaction)
                    return OrderView(try order(id, by: call.act, in: transaction))
                }
            },
            Endpoint(
                .post, "pay/orders/{id}/refunds/{refund}/payout", summary: "窗口退现金或退回银行卡", access: .staff(Self.collect),
                problems: problems
            ) { (input: JudgeInput, call: Call) -> OrderView in
                guard let id = input.id, let refund = input.refund else { throw PaymentError.notFound }
                return try await call.commit(to: database) { transaction in
                    _ = try order(id, by: call.act, in: transaction)
                    _ = try handOut(refund, of: id, by: call.act, in: transaction)
                    return OrderView(try order(id, by: call.act, in: transaction))
                }
            },
            Endpoint(.post, "pay/drawers", summary: "开自己的钱箱", access: .staff(Self.collect), status: 201) {
                (_: Nothing, call: Call) -> DrawerView in
                try await call.commit(to: database, status: 201) { transaction in
                    let drawer = try openDrawer(by: call.act, in: transaction)
                    return DrawerView(drawer, content: try content(of: drawer.id, in: transaction))
                }
            },
            Endpoint(
                .post, "pay/drawers/closing", summary: "交班：清点钱箱并交款", access: .staff(Self.collect),
                problems: [PaymentError.Code.drawer.rawValue]
            ) { (input: CountInput, call: Call) -> DrawerView in
                try await call.commit(to: database) { transaction in
                    let drawer = try closeDrawer(
                        counted: Money(fen: Int64(input.counted)), by: call.act, in: transaction)
                    return DrawerView(drawer, content: .zero)
                }
            },
        ]
    }

    private var notificationEndpoints: [any Contribution] {
        [
            Endpoint(notification: "pay/notifications/wechat", summary: "微信支付的通知，凭签名") {
                (_: Nothing, message: WireMessage, call: Call) in
                try await take(message, from: .wechat, by: call.act)
            },
            Endpoint(notification: "pay/notifications/alipay", summary: "支付宝的通知，凭签名") {
                (_: Nothing, message: WireMessage, call: Call) in
                try await take(message, from: .alipay, by: call.act)
            },
        ]
    }
}
