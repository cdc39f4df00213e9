import PluginKit

/// A pile of letters at once: all their papers in one archive, and all their tracking numbers on one page.
///
/// Each line stands alone: one that can't be recorded is told with its reason and keeps no other from it.
struct PostingDeskPages: PageGroup {
    static let path = "\(DeliveryDeskPages.path)/posting"
    private static let prefix = "tracking."

    let services: PortalServices

    var pages: [Page] {
        let access = Access.staff(MessagingService.deliver)
        return [
            Page(Self.path, access: access) { request in try await page(request) },
            Page(post: Self.path, access: access) { request in try await record(request) },
            Page("\(Self.path)/papers", access: access) { request in
                let waiting = try await waiting(request)
                if waiting.isEmpty { return .redirect(Self.path) }
                let bundle = try await services.messaging.bundle(
                    try waiting.map { try Identifier($0.id) }, by: request.act)
                return .file(bundle, inline: false)
            },
        ]
    }

    /// The letters that wait longest.
    private func waiting(_ request: PageRequest) async throws -> [DeliveryView] {
        try await services.messaging.deliveries(.toPrint, limit: 50, by: request.act).items
    }

    private func record(_ request: PageRequest) async throws -> PageReply {
        let typed = request.fields(prefix: Self.prefix).mapValues(\.trimmed).filter { !$0.value.isEmpty }
        var findings: [Finding] = []
        var done = 0
        for (name, tracking) in typed.sorted(by: { $0.key < $1.key }) {
            guard let id = try? Identifier(name) else { continue }
            do {
                _ = try await services.messaging.database.write { [messaging = services.messaging] in
                    try messaging.recordPosting(id, tracking: tracking, by: request.act, in: $0)
                }
                done += 1
            } catch {
                guard let problem = (error as? any ProblemConvertible)?.problem, (403...422).contains(problem.status)
                else { throw error }
                findings.append(
                    Finding("\(Self.prefix)\(name)", problem.code, problem.findings.first?.message ?? problem.detail))
            }
        }
        if typed.isEmpty {
            findings.append(Finding("", "field.required", "还没有填邮件号码。寄了哪一件，就填哪一件。"))
        }
        if findings.isEmpty { return .redirect(URLText.with(Self.path, query: ["done": "\(done)"])) }
        return try await page(request, FormFeedback(findings: findings), done: done)
    }

    private func page(
        _ request: PageRequest, _ feedback: FormFeedback = .none, done: Int? = nil
    ) async throws -> PageReply {
        let waiting = try await waiting(request)
        let done = done ?? Int(request.parameter("done")) ?? 0
        let message: ViewModel? = done > 0 ? .message("good", "已经登记寄出 \(done) 件。") : nil
        // What was refused because somebody else had recorded it meanwhile stands in no row any more.
        let fields = Set(waiting.map { "\(Self.prefix)\($0.id)" })
        return .render(
            .named("posting"),
            .record([
                "pageTitle": "批量登记寄出", "department": request.actor.post?.agencyName ?? "",
                "back": ViewModel.back("返回送达", "\(DeliveryDeskPages.path)?list=paper"), "action": Self.path,
                "papersURL": "\(Self.path)/papers",
                "message": message,
                "errorSummary": feedback.summary { fields.contains($0.field) ? Self.element($0.field) : nil },
                "hasLetters": !waiting.isEmpty, "count": waiting.count,
                "letters": waiting.map { letter -> ViewModel in
                    let name = "\(Self.prefix)\(letter.id)"
                    return .record([
                        "name": letter.name, "title": letter.title, "number": letter.number ?? "",
                        "address": letter.address ?? "", "url": "\(DeliveryDeskPages.path)/notices/\(letter.id)",
                        "field": InputField(
                            id: Self.element(name), name: name, label: "\(letter.name)的邮件号码",
                            kind: .text(autocomplete: "off"),
                            values: [request.field(name)], isOptional: true, error: feedback.error(name),
                            maximumLength: 60),
                    ])
                },
            ]), status: feedback.status)
    }

    private static func element(_ field: String) -> String { field.replacing(".", with: "-") }
}
