import PluginKit

/// The sandbox's outbox of short messages, for the operator (短信演练发件箱).
struct SandboxPages: PageGroup {
    private static let path = "/staff/message-outbox"

    let services: PortalServices

    /// An entry of the menu only where short messages end there.
    var pages: [Page] {
        let isSandbox = services.messaging.settings.sms.channel == .sandbox
        return [
            Page(Self.path, access: .staff(MessagingService.manage), menu: isSandbox ? "短信演练" : nil) { request in
                let before = request.parameter("before")
                let page = try await services.messaging.sandboxMessages(
                    before: before.isEmpty ? nil : before, by: request.act)
                return .render(
                    .named("message-outbox"),
                    .record([
                        "pageTitle": "短信演练发件箱", "hasMessages": !page.items.isEmpty,
                        "messages": page.items.map { message -> ViewModel in
                            .record([
                                "phone": message.phone, "sentAt": message.sentAt.chinaTime,
                                "template": message.template, "text": message.text,
                                "variables": message.variables.joined(separator: "，"),
                            ])
                        },
                        "firstURL": before.isEmpty ? "" : Self.path,
                        "nextURL": page.next.map { URLText.with(Self.path, query: ["before": $0]) } ?? "",
                    ]))
            }
        ]
    }
}
