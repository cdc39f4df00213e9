import PluginKit

/// The papers of a case for those who handle it: to print, and to record how each was served (送达).
struct ServicePages: PageGroup {
    let services: PortalServices

    var pages: [Page] {
        [
            Page("/staff/papers/{id}", access: .signedIn) { request in try await page(request, .none) },
            Page("/staff/papers/{id}/archive", access: .signedIn) { request in
                .file(
                    try await services.casework.archive(try request.identifier(), by: request.act), inline: false)
            },
            Page(post: "/staff/papers/{id}/{paper}/serve", access: .signedIn) { request in
                try await serve(request)
            },
        ]
    }

    private func serve(_ request: PageRequest) async throws -> PageReply {
        let (id, paper) = (try request.identifier(), try request.identifier("paper"))
        let version = try request.expectedVersion()
        let way = PaperService.Way(rawValue: request.field("way"))
        let day = request.field("day").isEmpty ? request.act.now.day : try? LegalDay(request.field("day"))
        guard let way, let day else {
            var findings: [Finding] = []
            if way == nil { findings.append(Finding("way", "field.required", "请选择送达方式。")) }
            if day == nil { findings.append(Finding("day", "field.day", "日期请写成 2026-11-26 这样。")) }
            return try await page(request, FormFeedback(findings: findings), status: 422)
        }
        do {
            _ = try await services.casework.database.write { [casework = services.casework] transaction in
                try casework.serve(
                    paper, of: id, by: way, to: request.field("recipient"), on: day,
                    tracking: request.field("tracking"), expected: version, by: request.act, in: transaction)
            }
            return .redirect("/staff/papers/\(id)?message=served")
        } catch {
            guard let problem = (error as? any ProblemConvertible)?.problem, (409...422).contains(problem.status) else {
                throw error
            }
            return try await page(
                request, FormFeedback(findings: problem.findings),
                warning: problem.findings.isEmpty ? problem.detail : nil, status: problem.status)
        }
    }

    private func page(
        _ request: PageRequest, _ feedback: FormFeedback, warning: String? = nil, status: Int = 200
    ) async throws -> PageReply {
        let sight = try await services.casework.sight(of: try request.identifier(), by: request.act)
        let back: String
        switch sight.role {
        case .clerk where request.actor.holds(.acceptCases): back = "/staff/acceptance/\(sight.file.id)"
        case .clerk, .system: back = "/staff/supervision/\(sight.file.id)"
        case .officer(let items): back = "/staff/tasks/\(sight.file.id)/\(URLText.encode(items.first ?? ""))"
        case .applicant, .party: throw Problem.notFound("这件事")
        }
        let notices: [MessageView] =
            sight.role == .clerk
            ? try await services.messaging.database.read { [messaging = services.messaging, id = sight.file.id] in
                try messaging.history(of: id, in: $0)
            } : []
        let model = ServiceModel(
            sight: sight, notices: notices, request: request, feedback: feedback, warning: warning, back: back,
            mayServe: request.actor.holds(.acceptCases) || request.actor.holds(.decideItems))
        return .render(.named("papers"), model.page, status: status)
    }
}

/// The model of that page.
struct ServiceModel {
    let sight: CaseSight
    /// What people were told of the case.
    let notices: [MessageView]
    let request: PageRequest
    let feedback: FormFeedback
    let warning: String?
    let back: String
    let mayServe: Bool

    private var file: CaseFile { sight.file }

    var page: ViewModel {
        let open = request.path["paper"]
        return .record([
            "pageTitle": "文书和送达：\(file.number ?? "")", "back": ViewModel.back("返回办件", back),
            "themeTitle": sight.theme.title, "caseNumber": file.number ?? "", "version": file.version,
            "errorSummary": feedback.summary { finding in open.map { "\(finding.field)-\($0)" } },
            "message": warning.map { ViewModel.message("bad", $0) }
                ?? (request.parameter("message") == "served" ? .message("good", "送达已经登记，送达回证已出具，可以打印。") : nil),
            "archiveURL": sight.role == .clerk ? "/staff/papers/\(file.id)/archive" : "",
            "hasPapers": !(file.papers ?? []).isEmpty,
            "papers": (file.papers ?? []).reversed().map(line),
            "hasNotices": !notices.isEmpty, "notices": notices.reversed().map(told),
        ])
    }

    /// What was told, and how far that came.
    private func told(_ notice: MessageView) -> ViewModel {
        let ways = notice.deliveries.map { way in
            [way.route.chinese, way.phone, way.state.chinese, way.reason, way.service].compactMap(\.self)
                .joined(separator: "，")
        }
        return .record([
            "title": notice.title, "sentAt": notice.sentAt.chinaTime,
            "readAt": notice.readAt.map { "本人 \($0.chinaTime) 在网上打开" } ?? "本人还没有在网上打开", "isRead": notice.readAt != nil,
            "ways": ways,
        ])
    }

    private func line(_ paper: CasePaper) -> ViewModel {
        let isOpen = request.path["paper"] == paper.id.text
        let takesService = mayServe && paper.service == nil && paper.kind != .service
        return .record([
            "title": paper.title, "number": paper.number, "issuedAt": paper.issued.day.chineseDate,
            "url": "\(file.url)/papers/\(paper.id)", "served": paper.service?.sentence ?? "",
            "serve": takesService
                ? ViewModel.record([
                    "open": isOpen, "action": "/staff/papers/\(file.id)/\(paper.id)/serve",
                    "fields": fields(of: paper, isOpen: isOpen),
                ]) : nil,
        ])
    }

    private func fields(of paper: CasePaper, isOpen: Bool) -> [InputField] {
        func values(_ name: String) -> [String] { isOpen ? [request.field(name)] : [] }
        func error(_ name: String) -> String? { isOpen ? feedback.error(name) : nil }
        return [
            InputField(
                id: "way-\(paper.id)", name: "way", label: "怎样送达",
                kind: .radio(PaperService.Way.allCases.map { InputField.Choice($0.rawValue, $0.chinese) }),
                values: values("way"), error: error("way")),
            InputField(
                id: "recipient-\(paper.id)", name: "recipient", label: "由谁收件", kind: .text(),
                values: isOpen ? values("recipient") : [sight.applicantName(isMasked: false)],
                hint: "代收的，写代收人的姓名和与申请人的关系。", error: error("recipient"), maximumLength: 100),
            InputField(
                id: "day-\(paper.id)", name: "day", label: "哪一天收到", kind: .day, values: values("day"),
                isOptional: true, hint: "不填就是今天。", error: error("day")),
            InputField(
                id: "tracking-\(paper.id)", name: "tracking", label: "邮件号码", kind: .text(),
                values: values("tracking"), isOptional: true, hint: "邮寄送达必填。", error: error("tracking"),
                maximumLength: 60),
        ]
    }
}
