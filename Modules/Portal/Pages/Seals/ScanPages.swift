import PluginKit

/// Reading what somebody shows by a code: from a phone's camera as an address, at a window with a scanner (扫码核验).
struct ScanPages: PageGroup {
    static let desk = "/staff/scan"
    /// The same for anybody, without what only staff may see.
    static let open = "/scan"
    private static let staff = Access.staffWithAny([.acceptCases, .decideItems])

    let services: PortalServices

    var pages: [Page] {
        [
            // Opening the address reads nothing yet, so that a preview of a messenger doesn't use the code up.
            Page("/show/{code}", access: .anyone) { request in
                page(request, .none, Scanned(action: address(request), isAddress: true))
            },
            Page(post: "/show/{code}", access: .anyone) { request in
                try await read(request, at: address(request), code: request.path["code"] ?? "")
            },
            Page(Self.desk, access: Self.staff, menu: "扫码核验") { request in
                page(request, .none, Scanned(action: Self.desk))
            },
            Page(post: Self.desk, access: Self.staff) { request in try await read(request, at: Self.desk) },
            Page(Self.open, access: .anyone) { request in page(request, .none, Scanned(action: Self.open)) },
            Page(post: Self.open, access: .anyone) { request in try await read(request, at: Self.open) },
        ]
    }

    private func address(_ request: PageRequest) -> String { "/show/\(URLText.encode(request.path["code"] ?? ""))" }

    /// What a page of this group shows.
    private struct Scanned {
        let action: String
        /// Whether the code stands in the address, so that nothing is typed.
        var isAddress = false
        var reading: PresentationReading?
        var proof: ProofReading?
    }

    private func read(_ request: PageRequest, at action: String, code: String? = nil) async throws -> PageReply {
        let typed = (code ?? request.field("code")).trimmed
        let (licences, act) = (services.licences, request.act)
        var scanned = Scanned(action: action, isAddress: code != nil)
        do {
            if typed.hasPrefix(OfflineProof.prefix) {
                scanned.proof = try await licences.verifyProof(typed, at: act.now)
                return page(request, .none, scanned)
            }
            guard let code = PresentationCode(typed) else {
                throw Problem.invalid([Finding("code", "licences.code", "这不是亮码，也不是离线凭证。请对着二维码再扫一次。")])
            }
            scanned.reading = try await licences.database.write {
                try licences.readPresentation(code, by: act, in: $0)
            }
            return page(request, .none, scanned)
        } catch {
            guard let problem = (error as? any ProblemConvertible)?.problem ?? error as? Problem else { throw error }
            let finding = problem.findings.first ?? Finding("code", problem.code, problem.detail)
            return page(request, FormFeedback(findings: [Finding("code", finding.code, finding.message)]), scanned)
        }
    }

    private func page(_ request: PageRequest, _ feedback: FormFeedback, _ scanned: Scanned) -> PageReply {
        let field = InputField(
            id: "code", name: "code", label: "扫到的码", kind: .text(),
            values: feedback.status == 200 ? [] : [request.field("code")],
            hint: "把光标放在这里，用扫码枪扫对方的二维码；亮码也可以照着念的输入。", error: feedback.error("code"),
            maximumLength: OfflineProof.maximumLength)
        let (reading, proof) = (scanned.reading, scanned.proof)
        return .render(
            .named("scan"),
            .record([
                "pageTitle": "扫码核验", "isDesk": !scanned.isAddress, "action": scanned.action, "field": field,
                "error": feedback.error("code") ?? "",
                "errorSummary": scanned.isAddress ? "" : feedback.summary { $0.field },
                "hasReading": reading != nil, "readAt": request.act.now.chinaTime, "purpose": reading?.purpose ?? "",
                "isEmpty": reading?.licences.isEmpty ?? false,
                "licences": (reading?.licences ?? []).map(Self.model), "proof": proof.map(Self.model),
            ]), status: feedback.status)
    }

    private static func model(_ proof: ProofReading) -> ViewModel {
        .record([
            "isValid": proof.isValid, "tone": proof.isValid ? "good" : "bad",
            "findings": proof.findings.map(\.message), "title": proof.title, "issuer": proof.issuer,
            "validText": proof.validUntil.map { "有效期至 \($0.chineseDate)" } ?? "长期有效",
            "expiresAt": proof.expiresAt?.chinaTime ?? "",
            "fields": proof.fields.map {
                ViewModel.record(["label": $0.label, "value": ShownText.day($0.value)])
            },
            "notes": proof.notes,
        ])
    }

    private static func model(_ shown: PresentationReading.Shown) -> ViewModel {
        .record([
            "title": shown.title, "issuer": shown.issuer, "state": shown.standing,
            "badgeClass": shown.isInForce ? "good" : "bad",
            "validText": shown.validUntil.map { "有效期至 \($0.chineseDate)" } ?? "长期有效",
            "fields": shown.fields.map {
                ViewModel.record(["label": $0.label, "value": ShownText.day($0.value)])
            },
            "notice": shown.notice ?? "",
        ])
    }
}
