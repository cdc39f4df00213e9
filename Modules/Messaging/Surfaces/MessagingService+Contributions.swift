public import Extension
import Standards
import Storage

extension MessagingService {
    public var contributions: [any Contribution] {
        inboxEndpoints + deliveryEndpoints + contactEndpoints + health
            + [
                store.state.check(), contacts.state.check(), Self.deliver, Self.manage,
                Job("send", every: .seconds(2)) { act in
                    // A few rounds at a time, since all of a run go by one moment.
                    for _ in 0..<5 where try await sendDue(by: act) == 0 { return }
                },
                Endpoint(
                    .post, "messages/reports", summary: "短信平台的回执，凭签名", access: .anyone, status: 204,
                    problems: ["messaging.bad_signature", "messaging.not_found"]
                ) { (input: DeliveryReport, call) in
                    try await take(input, by: call.act)
                    return Nothing()
                },
                Endpoint(
                    .get, "message-sandbox", summary: "短信演练发件箱，新的在前", access: .staff(Self.manage),
                    problems: ["messaging.no_channel"]
                ) { (input: InboxInput, call) in
                    try await sandboxMessages(before: input.before, limit: input.limit, by: call.act)
                },
            ]
    }

    private var inboxEndpoints: [any Contribution] {
        [
            Endpoint(.get, "messages", summary: "我的消息，新的在前", access: .personAlone) { (input: InboxInput, call) in
                try await inbox(before: input.before, limit: input.limit, by: call.act)
            },
            Endpoint(
                .post, "messages/{id}/reading", summary: "打开一条消息；第一次打开的时间作为收到的证明", access: .personAlone,
                problems: ["messaging.not_found"]
            ) { (input: MessagePath, call) in
                try await call.commit(to: database) { try read(input.id, by: call.act, in: $0) }
            },
        ]
    }

    private var deliveryEndpoints: [any Contribution] {
        let access = Access.staff(Self.deliver)
        let problems = ["messaging.not_found", "messaging.wrong_state"]
        func step<Input: SchemaType>(
            _ path: String, _ summary: String,
            _ body: @escaping @Sendable (Input, Act, Transaction) throws -> Delivery
        ) -> Endpoint {
            Endpoint(.post, "message-deliveries/{id}/\(path)", summary: summary, access: access, problems: problems) {
                (input: Input, call) in
                try await call.commit(to: database) { transaction in
                    let delivery = try body(input, call.act, transaction)
                    return DeliveryView(
                        delivery, of: try store.notice(delivery.notice, in: transaction),
                        lateAfter: settings.paperDays, at: call.act.now)
                }
            }
        }
        return [
            Endpoint(.get, "message-deliveries", summary: "通知送达清单，先产生的在前", access: access) {
                (input: DeliveryListInput, call) in
                try await deliveries(
                    input.state, division: input.division, after: input.after, limit: input.limit, by: call.act)
            },
            Endpoint(
                download: "message-deliveries/{id}/paper", summary: "要打印的纸质通知或文书", access: access,
                contentTypes: ["application/pdf"], problems: ["messaging.not_found", "messaging.no_paper"]
            ) { (input: MessagePath, call) in try await print(input.id, by: call.act) },
            step("posting", "登记纸质通知已寄出") { (input: PostingInput, act, transaction) in
                try recordPosting(input.id, tracking: input.tracking, by: act, in: transaction)
            },
            step("service", "登记纸质通知的送达") { (input: PaperServiceInput, act, transaction) in
                try recordService(input.id, input.service(on: act.now.day), by: act, in: transaction)
            },
            step("return", "登记邮件被退回") { (input: MessagePath, act, transaction) in
                try recordReturn(input.id, by: act, in: transaction)
            },
            step("resolution", "登记未能送达的通知怎样处理了") { (input: ResolutionInput, act, transaction) in
                try resolve(input.id, note: input.note, by: act, in: transaction)
            },
            step("resending", "按现在的联系方式重新发送") { (input: MessagePath, act, transaction) in
                try resend(input.id, by: act, in: transaction)
            },
        ]
    }

    private var contactEndpoints: [any Contribution] {
        [
            Endpoint(.get, "message-contact", summary: "我的联系方式和指定联系人", access: .personAlone) {
                (_: Nothing, call) in try await ownContact(by: call.act)
            },
            Endpoint(
                .put, "message-contact", summary: "修改我的联系方式和指定联系人", access: .personAlone,
                problems: ["messaging.wrong_state"]
            ) { (input: ContactInput, call) in
                try await call.commit(to: database) {
                    try changeOwnContact(input, expected: call.expectedVersion, by: call.act, in: $0)
                }
            },
            Endpoint(
                .post, "message-contacts/search", summary: "按身份证号码查一个人的联系方式，窗口用", access: .staff(Self.deliver),
                problems: ["messaging.not_found"]
            ) { (input: NumberInput, call) in
                try await call.commit(to: database) {
                    try contact(ofNumber: input.number, by: call.act, in: $0)
                }
            },
            Endpoint(
                .put, "message-contacts", summary: "在窗口登记一个人的联系方式和指定联系人", access: .staff(Self.deliver),
                problems: ["messaging.not_found", "messaging.wrong_state"]
            ) { (input: ContactOfNumberInput, call) in
                try await call.commit(to: database) {
                    try changeContact(
                        ofNumber: input.number, to: input.contact, expected: call.expectedVersion, by: call.act, in: $0)
                }
            },
        ]
    }
}
