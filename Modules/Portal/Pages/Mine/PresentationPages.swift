import Documents
import PluginKit

/// Showing licences by a code (亮码), and what was shown to whom.
struct PresentationPages: PageGroup {
    static let path = "/my/showings"

    let services: PortalServices

    var pages: [Page] {
        [
            Page("/licences/{id}/show", access: .personAlone) { request in try await ask(request, .none) },
            Page(post: "/licences/{id}/show", access: .personAlone) { request in try await begin(request) },
            Page(Self.path, access: .personAlone) { request in try await list(request) },
            Page("\(Self.path)/all", access: .personAlone) { request in try await ask(request, .none) },
            Page(post: "\(Self.path)/all", access: .personAlone) { request in try await begin(request) },
            Page(post: "\(Self.path)/{id}/end", access: .personAlone) { request in
                let (id, act) = (try request.identifier(), request.act)
                try await services.licences.database.write { [licences = services.licences] in
                    try licences.endPresentation(id, by: act, in: $0)
                }
                return .redirect("\(Self.path)?message=ended")
            },
        ]
    }

    /// The licence of the path; nil for all of them (一照通).
    private func licence(_ request: PageRequest) async throws -> Licence? {
        guard request.path["id"] != nil else { return nil }
        return try await services.licences.licence(try request.identifier(), by: request.act)
    }

    private func ask(_ request: PageRequest, _ feedback: FormFeedback) async throws -> PageReply {
        let licence = try await licence(request)
        let form = PresentationForm(licence: licence, request: request, feedback: feedback)
        let back =
            licence.map { ViewModel.back("返回证照", "/licences/\($0.id)") } ?? ViewModel.back("返回我的", "/my")
        let heading = licence.map { "亮码出示：\($0.title)" } ?? "亮码出示全部证照"
        return .render(
            .named("delivery"),
            .record([
                "pageTitle": heading, "back": back, "eyebrow": "我的证照", "heading": heading,
                "badge": "由您同意", "badgeClass": "good", "errorSummary": feedback.summary { $0.field },
                "facts": [
                    ViewModel.record([
                        "label": "总是给看的", "value": "证照名称、颁发机构、状态、有效期",
                    ])
                ],
                "forms": [
                    ViewModel.record([
                        "title": "给看什么、给谁看", "action": form.action, "submit": "生成二维码",
                        "fields": form.fields,
                    ])
                ],
            ]), status: feedback.status)
    }

    private func begin(_ request: PageRequest) async throws -> PageReply {
        let licence = try await licence(request)
        let input = PresentationForm(licence: licence, request: request, feedback: .none).input
        let (licences, act) = (services.licences, request.act)
        do {
            let begun = try await licences.database.write { try licences.present(input, by: act, in: $0) }
            return try shown(begun, licence)
        } catch {
            guard let feedback = FormFeedback(error) else { throw error }
            return try await ask(request, feedback)
        }
    }

    private func shown(_ begun: BegunPresentation, _ licence: Licence?) throws -> PageReply {
        let site = services.faces.shelf.book.address
        // Without a public address a window's scanner still reads the code itself.
        let code = try CodeOutline(site.isEmpty ? begun.code.text : "\(site)/show/\(begun.code.text)")
        let presentation = begun.presentation
        return .render(
            .named("showing"),
            .record([
                "pageTitle": "亮码", "back": ViewModel.back("我出示过的", Self.path),
                "heading": licence?.title ?? "全部证照", "code": begun.code.shown,
                "picture": ViewModel.record(["size": code.size, "path": code.path]),
                "expiresAt": presentation.expires.chinaTime, "expires": "\(presentation.expires.milliseconds)",
                "audience": PresentationForm.audience(presentation.audience),
                "labels": presentation.content.labels.sorted().joined(separator: "、"),
                "endAction": "\(Self.path)/\(presentation.id)/end",
            ]))
    }

    private func list(_ request: PageRequest) async throws -> PageReply {
        let found = try await services.licences.presentations(
            before: try request.cursor(), limit: 21, by: request.act)
        let organisation = try await services.organisation.snapshot()
        let day = request.act.now.day
        let message: ViewModel? =
            request.parameter("message") == "ended" ? .message("good", "已经停止，这个码不能再扫。") : nil
        return .render(
            .named("showings"),
            .record([
                "pageTitle": "我出示过的证照", "back": ViewModel.back("返回我的", "/my"),
                "message": message,
                "allURL": "\(Self.path)/all", "hasShowings": !found.isEmpty,
                "showings": found.prefix(20).map { view -> ViewModel in
                    .record([
                        "title": view.titles.joined(separator: "、"), "purpose": view.purpose,
                        "labels": view.labels.joined(separator: "、"),
                        "until": view.expiresAt.chinaTime, "isOpen": view.isOpen,
                        "state": view.isOpen ? "可以扫" : view.isEnded ? "已停止" : "已失效",
                        "badgeClass": view.isOpen ? "good" : "made", "endAction": "\(Self.path)/\(view.id)/end",
                        "hasReadings": !view.readings.isEmpty,
                        "readings": view.readings.map { reading -> ViewModel in
                            let agency = reading.agency.flatMap { organisation.agencies[$0]?.name(on: day) }
                            return .record([
                                "at": reading.at.chinaTime, "who": agency ?? "没有登录的人",
                            ])
                        },
                    ])
                },
                "nextURL": found.count > 20 ? URLText.with(Self.path, query: ["after": found[19].id.text]) : "",
            ]))
    }
}
