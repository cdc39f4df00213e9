import PluginKit

/// What channels' bills and our books see otherwise, for those who look after the books (对账).
struct ReconciliationPages: PageGroup {
    private static let path = "/staff/reconciliation"

    let services: PortalServices

    var pages: [Page] {
        let access = Access.staff(PaymentService.books)
        return [
            Page(Self.path, access: access, menu: "对账") { request in try await list(request) },
            Page(post: Self.path, access: access) { request in
                let (act, payment) = (request.act, services.payment)
                guard let channel = ChannelID(rawValue: request.field("channel")),
                    let day = try? LegalDay(request.field("day"))
                else { throw Problem.notFound("这条差异") }
                let key = request.field("key")
                let isClosed = try await payment.database.write {
                    try payment.close(channel, day, key, by: act, in: $0)
                }
                return .redirect("\(Self.path)?message=\(isClosed ? "closed" : "proposed")")
            },
        ]
    }

    private func list(_ request: PageRequest) async throws -> PageReply {
        let (after, payment) = (request.parameter("after"), services.payment)
        let page = try await payment.database.read { try payment.openDifferences(after: after, in: $0) }
        let account = request.actor.account
        return .render(
            .named("reconciliation"),
            .record([
                "pageTitle": "对账", "message": Self.messages[request.parameter("message")],
                "hasDifferences": !page.items.isEmpty,
                "differences": page.items.map { difference -> ViewModel in
                    let isOwn = difference.proposedBy == account
                    return .record([
                        "kind": difference.kind.chinese, "channel": difference.channel.chinese,
                        "channelID": difference.channel.rawValue, "day": difference.day.text,
                        "dayText": difference.day.chineseDate, "key": difference.key,
                        "billed": difference.billed?.chinese ?? "没有", "booked": difference.booked?.chinese ?? "没有",
                        "action": difference.proposedBy == nil ? "已经处理，提请销号" : isOwn ? "" : "核对无误，销号",
                        "waits": isOwn ? "您已提请销号，等另一位同事核对。" : "",
                    ])
                },
                "firstURL": after.isEmpty ? "" : Self.path,
                "nextURL": page.next.map { URLText.with(Self.path, query: ["after": $0]) } ?? "",
            ]))
    }

    private static let messages: [String: ViewModel] = [
        "proposed": .message("good", "已经提请销号，等另一位同事核对。"), "closed": .message("good", "两人核对过，这条差异已经销号。"),
    ]
}
