import PluginKit

/// The messages of a person (我的消息): the list, and each message on a page of its own. Opening one proves that it was
/// received.
struct InboxPages: PageGroup {
    let services: PortalServices

    var pages: [Page] {
        [
            Page(Menu.inbox, access: .personAlone, menu: "消息") { request in try await list(request) },
            Page("\(Menu.inbox)/{id}", access: .personAlone) { request in try await open(request) },
        ]
    }

    private func list(_ request: PageRequest) async throws -> PageReply {
        let before = request.parameter("before")
        let page = try await services.messaging.inbox(before: before.isEmpty ? nil : before, by: request.act)
        return .render(
            .named("inbox"),
            .record([
                "pageTitle": "我的消息", "actsForOther": request.actor.party != request.actor.person,
                "hasMessages": !page.items.isEmpty, "messages": page.items.map(line),
                "nextURL": page.next.map { URLText.with(Menu.inbox, query: ["before": $0]) } ?? "",
                "isLaterPage": !before.isEmpty,
            ]))
    }

    private func line(_ message: MessageView) -> ViewModel {
        .record([
            "title": message.title, "url": "\(Menu.inbox)/\(message.id)", "sentAt": message.sentAt.chinaTime,
            "sender": message.sender, "isUnread": message.readAt == nil,
        ])
    }

    private func open(_ request: PageRequest) async throws -> PageReply {
        let message = try await services.messaging.open(try request.identifier(), by: request.act)
        let paperURL = try? await paper(of: message, request)
        return .render(
            .named("inbox-message"),
            .record([
                "pageTitle": message.title, "back": ViewModel.back("返回我的消息", Menu.inbox), "title": message.title,
                "sender": message.sender, "sentAt": message.sentAt.chinaTime,
                "paragraphs": message.paragraphs, "linkURL": message.linkPath ?? "",
                "linkLabel": message.linkLabel ?? "",
                "paper": paperURL.map {
                    ViewModel.record([
                        "title": message.paperTitle ?? "", "number": message.paperNumber ?? "", "url": $0,
                    ])
                },
                "readAt": message.readAt?.chinaTime ?? "",
                "ways": message.deliveries.map(\.sentence), "hasWays": !message.deliveries.isEmpty,
            ]))
    }

    /// Where the paper of legal force is, if the reader may see it.
    private func paper(of message: MessageView, _ request: PageRequest) async throws -> String? {
        guard let number = message.paperNumber, let id = try? Identifier(message.subject) else { return nil }
        let file = try await services.casework.sight(of: id, by: request.act).file
        return file.papers?.first { $0.number == number }.map { "\(file.url)/papers/\($0.id)" }
    }
}

extension DeliverySummary {
    /// What became of one way, in a sentence for the person itself.
    var sentence: String {
        let when = updatedAt.chinaTime
        let whose = phone.map { "（\($0)）" } ?? ""
        return switch state {
        case .waiting, .sending: "\(route.chinese)\(whose)：\(reason ?? "马上发出")"
        case .sent: "\(route.chinese)\(whose)：\(when)已发出"
        case .delivered: "\(route.chinese)\(whose)：\(when)已到达"
        case .failed: "\(route.chinese)\(whose)：没有成功，已改用其他方式"
        case .toPrint: "纸质通知：正在准备寄送"
        case .posted, .served: "纸质通知：\(service ?? state.chinese)"
        case .undelivered: "工作人员会另外联系您"
        case .resolved: "工作人员已经告知"
        case .cancelled: ""
        }
    }
}
