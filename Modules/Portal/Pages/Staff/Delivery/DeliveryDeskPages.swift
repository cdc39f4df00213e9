import PluginKit

/// The desk from which results and notices leave: what is to be collected, posted, printed, and what reached nobody
/// (送达).
struct DeliveryDeskPages: PageGroup {
    static let path = "/staff/deliveries"

    /// One list of the desk.
    enum List: String, CaseIterable {
        case collect, post
        case mailed = "post-on-the-way"
        case paper
        case posted = "paper-on-the-way"
        case undelivered, failed, waiting

        var title: String {
            switch self {
            case .collect: "待领取的结果"
            case .post: "待寄出的结果"
            case .mailed: "在途的结果"
            case .paper: "待寄送的通知"
            case .posted: "在途的通知"
            case .undelivered: "未能送达"
            case .failed: "没有成功的短信"
            case .waiting: "待发的短信"
            }
        }

        /// Which results it lists; nil for notices.
        var results: (way: ResultDelivery.Way, state: ResultDelivery.State)? {
            switch self {
            case .collect: (.collect, .ready)
            case .post: (.post, .ready)
            case .mailed: (.post, .posted)
            case .paper, .posted, .undelivered, .failed, .waiting: nil
            }
        }

        /// Which notices it lists.
        var notices: Delivery.State {
            switch self {
            case .posted: .posted
            case .undelivered: .undelivered
            case .failed: .failed
            case .waiting: .waiting
            case .collect, .post, .mailed, .paper: .toPrint
            }
        }
    }

    let services: PortalServices

    static let access = Access.staffWithAny([.acceptCases, MessagingService.deliver])

    var pages: [Page] {
        [Page(Self.path, access: Self.access, menu: "送达") { request in try await list(request) }]
    }

    /// The lists that a post may work on.
    static func lists(for actor: Actor) -> [List] {
        List.allCases.filter { $0.results == nil ? actor.holds(MessagingService.deliver) : actor.holds(.acceptCases) }
    }

    private func list(_ request: PageRequest) async throws -> PageReply {
        let lists = Self.lists(for: request.actor)
        let chosen = List(rawValue: request.parameter("list")).flatMap { lists.contains($0) ? $0 : nil }
        guard let list = chosen ?? lists.first else { throw Problem.forbidden }
        let after = request.parameter("after")
        let cursor = after.isEmpty ? nil : after
        let lines: [ViewModel]
        let next: String?
        if let (way, state) = list.results {
            let page = try await services.casework.deliveries(way, state, after: cursor, by: request.act)
            (lines, next) = (page.items.map(line), page.next)
        } else {
            let page = try await services.messaging.deliveries(list.notices, after: cursor, by: request.act)
            (lines, next) = (page.items.map(line), page.next)
        }
        let query = ["list": list.rawValue]
        return .render(
            .named("deliveries"),
            .record([
                "pageTitle": "送达：\(list.title)", "department": request.actor.post?.agencyName ?? "",
                "heading": list.title,
                "tabs": lists.map { other -> ViewModel in
                    .record([
                        "label": other.title, "url": URLText.with(Self.path, query: ["list": other.rawValue]),
                        "current": other == list,
                    ])
                },
                "hasLines": !lines.isEmpty, "lines": lines, "emptyText": "这里没有要处理的。",
                "contactURL": request.actor.holds(MessagingService.deliver) ? ContactDeskPages.path : "",
                "postingURL": list == .paper && !lines.isEmpty ? PostingDeskPages.path : "",
                "firstURL": after.isEmpty ? "" : URLText.with(Self.path, query: query),
                "nextURL": next.map { URLText.with(Self.path, query: query.merging(["after": $0]) { $1 }) } ?? "",
            ]))
    }

    private func line(_ result: ResultToDeliver) -> ViewModel {
        .record([
            "name": result.applicant, "url": "\(Self.path)/results/\(result.id)", "title": result.title,
            "detail": result.results.joined(separator: "、"), "number": result.number,
            "since": result.readyAt.day.chineseDate,
        ])
    }

    private func line(_ delivery: DeliveryView) -> ViewModel {
        .record([
            "name": delivery.name.isEmpty ? "不知道姓名" : delivery.name,
            "url": "\(Self.path)/notices/\(delivery.id)", "title": delivery.title,
            "detail": [delivery.reason, delivery.isRead ? "本人已在网上看过" : nil].compactMap(\.self)
                .joined(separator: "；"),
            "number": delivery.number ?? "", "since": delivery.createdAt.day.chineseDate,
            "badge": delivery.isLate && delivery.state == .toPrint ? "已拖延" : "",
        ])
    }
}
