import PluginKit

/// The window's till (窗口收费): what is due, cash and cards, the drawer, refunds and their second person.
struct TillPages: PageGroup {
    private static let path = "/staff/till"
    private static let access = Access.staffWithAny([
        PaymentService.collect, PaymentService.refund, PaymentService.approve, PaymentService.books,
    ])

    let services: PortalServices
    private var payment: PaymentService { services.payment }

    var pages: [Page] {
        [
            Page(Self.path, access: Self.access, menu: "收费") { request in try await list(request, .none) },
            Page(post: "\(Self.path)/drawer", access: .staff(PaymentService.collect)) { request in
                let act = request.act
                _ = try await payment.database.write { [payment] in try payment.openDrawer(by: act, in: $0) }
                return .redirect("\(Self.path)?message=opened")
            },
            Page(post: "\(Self.path)/closing", access: .staff(PaymentService.collect)) { request in
                try await close(request)
            },
            Page("\(Self.path)/{id}", access: Self.access) { request in try await show(request, nil) },
            Page(post: "\(Self.path)/{id}", access: Self.access) { request in try await act(request) },
        ]
    }

    private func list(_ request: PageRequest, _ feedback: FormFeedback) async throws -> PageReply {
        let (act, number, after) = (request.act, request.parameter("number"), request.parameter("after"))
        let account = act.actor.account
        let (page, drawer, content, waiting) = try await payment.database.read { [payment] snapshot in
            let drawer = try account.flatMap { try payment.openDrawer(of: $0, in: snapshot) }
            return (
                try payment.dueOrders(number: number, after: after, by: act, in: snapshot), drawer,
                try drawer.map { try payment.content(of: $0.id, in: snapshot) },
                try payment.openRefunds(by: act, in: snapshot)
            )
        }
        let mayCollect = act.actor.holds(PaymentService.collect)
        return .render(
            .named("till"),
            .record([
                "pageTitle": "窗口收费", "message": Self.messages[request.parameter("message")],
                "errorSummary": feedback.summary { $0.field },
                "number": number, "hasOrders": !page.items.isEmpty,
                "orders": page.items.map { order -> ViewModel in
                    .record([
                        "title": order.title, "number": order.caseNumber, "amount": order.due.chinese,
                        "url": "\(Self.path)/\(order.id)", "state": order.state.chinese,
                        "since": order.created.chinaTime,
                    ])
                },
                "firstURL": after.isEmpty ? "" : Self.path,
                "nextURL": page.next.map { URLText.with(Self.path, query: ["after": $0, "number": number]) } ?? "",
                "opensDrawer": mayCollect && drawer == nil,
                "drawer": drawer.map { drawer -> ViewModel in
                    .record([
                        "since": drawer.opened.chinaTime, "content": content?.chinese ?? "",
                        "counted": InputField(
                            id: "counted", name: "counted", label: "清点出的现金（元）",
                            kind: .text(mode: "decimal"), values: [request.form["counted"]?.last ?? ""],
                            error: feedback.error("counted"), maximumLength: 14
                        ).model,
                    ])
                },
                "hasRefunds": !waiting.isEmpty,
                "refunds": waiting.map { waiting -> ViewModel in
                    .record([
                        "title": waiting.title, "number": waiting.caseNumber, "amount": waiting.amount.chinese,
                        "state": waiting.state.chinese, "url": "\(Self.path)/\(waiting.order)",
                    ])
                },
            ]), status: feedback.status)
    }

    private func close(_ request: PageRequest) async throws -> PageReply {
        let act = request.act
        guard let counted = try? Money(yuan: request.field("counted")), counted >= .zero else {
            return try await list(
                request, FormFeedback(findings: [Finding("counted", "field.required", "请填写清点出的金额，如“80.00”，没有现金的填“0”。")])
            )
        }
        _ = try await payment.database.write { [payment] in try payment.closeDrawer(counted: counted, by: act, in: $0) }
        return .redirect("\(Self.path)?message=closed")
    }

    private func show(_ request: PageRequest, _ trouble: String?) async throws -> PageReply {
        let (id, act) = (try request.identifier(), request.act)
        let sight = try await payment.database.read { [payment] in try payment.order(id, by: act, in: $0) }
        let order = sight.order
        let (collects, asks, judges) = (
            act.actor.holds(PaymentService.collect), act.actor.holds(PaymentService.refund),
            act.actor.holds(PaymentService.approve)
        )
        return .render(
            .named("till-order"),
            .record([
                "pageTitle": "收费：\(order.title)", "back": ViewModel.back("返回窗口收费", Self.path),
                "message": trouble.map { ViewModel.message("bad", $0) } ?? Self.messages[request.parameter("message")],
                "title": order.title, "number": order.caseNumber, "amount": order.due.chinese,
                "state": order.state.chinese, "action": "\(Self.path)/\(order.id)",
                "lines": sight.lines.map { line -> ViewModel in
                    .record(["title": line.title, "amount": line.amount.chinese])
                },
                "takesMoney": collects && order.state == .due,
                "asksRefund": asks && order.state == .paid && order.refundable > .zero,
                "refundable": order.refundable.chinese,
                "attempts": sight.attempts.map { attempt -> ViewModel in
                    .record([
                        "channel": attempt.channel.chinese, "state": attempt.state.chinese,
                        "at": (attempt.paid ?? attempt.opened).chinaTime,
                    ])
                }, "hasAttempts": !sight.attempts.isEmpty,
                "refunds": sight.refunds.map { refund -> ViewModel in
                    let channel = sight.attempts.first { $0.id == refund.attempt }?.channel
                    return .record([
                        "id": refund.id.text, "amount": refund.amount.chinese, "ground": refund.ground.chinese,
                        "state": refund.state.chinese,
                        "judges": judges && refund.state == .waiting && refund.askedBy != act.actor.account,
                        "handsOut": collects && refund.state == .approved && channel?.isOnline == false,
                    ])
                }, "hasRefunds": !sight.refunds.isEmpty,
            ]), status: trouble == nil ? 200 : 422)
    }

    private func act(_ request: PageRequest) async throws -> PageReply {
        let (id, act, payment) = (try request.identifier(), request.act, payment)
        let (what, refund, slip) = (
            request.field("do"), try? Identifier(request.field("refund")), request.field("slip")
        )
        let amount = try? Money(yuan: request.field("amount"))
        let ground = RefundGround(rawValue: request.field("ground"))
        do {
            try await payment.database.write { transaction in
                _ = try payment.order(id, by: act, in: transaction)
                switch what {
                case "cash", "card":
                    guard act.actor.holds(PaymentService.collect) else { throw Problem.forbidden }
                    _ = try payment.takeAtWindow(
                        id, on: what == "cash" ? .cash : .card, slip: what == "card" ? slip : nil, by: act,
                        in: transaction)
                case "refund":
                    guard act.actor.holds(PaymentService.refund) else { throw Problem.forbidden }
                    guard let amount, let ground else {
                        throw Problem.invalid([Finding("amount", "field.required", "请填写退费金额并选择事由。")])
                    }
                    _ = try payment.askRefund(of: id, amount, ground, by: act, in: transaction)
                case "approve", "decline":
                    guard act.actor.holds(PaymentService.approve) else { throw Problem.forbidden }
                    guard let refund else { throw Problem.notFound("这笔退费") }
                    _ = try payment.judge(refund, of: id, isApproved: what == "approve", by: act, in: transaction)
                case "payout":
                    guard act.actor.holds(PaymentService.collect) else { throw Problem.forbidden }
                    guard let refund else { throw Problem.notFound("这笔退费") }
                    _ = try payment.handOut(refund, of: id, by: act, in: transaction)
                default: throw Problem.notFound("这个操作")
                }
            }
        } catch let error as PaymentError {
            return try await show(request, error.message)
        } catch let problem as Problem where !problem.findings.isEmpty {
            return try await show(request, problem.findings.map(\.message).joined())
        }
        return .redirect("\(Self.path)/\(id)?message=\(what)")
    }

    /// What may be said at the top after an action; a closed list, so that no address can put words into our mouth.
    private static let messages: [String: ViewModel] = [
        "opened": .message("good", "钱箱已经开好，可以收现金了。"), "closed": .message("good", "钱箱已经清点交款，长短款已经记账。"),
        "cash": .message("good", "现金已经收到，事项接着办理。"), "card": .message("good", "刷卡已经登记，事项接着办理。"),
        "refund": .message("good", "退费已经提出；超过限额的，等另一位同事复核。"),
        "approve": .message("good", "已经同意退费。"), "decline": .message("good", "没有同意退费，金额已经放回。"),
        "payout": .message("good", "退费已经付出并记账。"),
    ]
}
