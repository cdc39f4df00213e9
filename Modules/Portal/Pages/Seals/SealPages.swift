import Foundation
import PluginKit

/// Seals and their life: each step by who may take it, and nothing else offered (R06.12, R03.9).
struct SealPages: PageGroup {
    static let path = "/staff/seals"
    static let access = Access.staffWithAny([ESealService.keep, ESealService.approval, ESealService.making])

    let services: PortalServices

    var pages: [Page] {
        [
            Page(Self.path, access: Self.access, menu: "电子印章") { request in try await list(request) },
            Page(post: Self.path, access: .staff(ESealService.keep)) { request in try await apply(request) },
            Page("\(Self.path)/{id}/picture", access: Self.access) { request in try await picture(request) },
            Page(post: "\(Self.path)/{id}", access: Self.access) { request in try await step(request) },
        ]
    }

    private func list(_ request: PageRequest, feedback: FormFeedback = .none) async throws -> PageReply {
        let seals = try await services.seals.overview(by: request.act)
        let organisation = try await services.organisation.snapshot()
        let day = request.act.now.day
        let canApply = request.actor.holds(ESealService.keep)
        return .render(
            .named("seals"),
            .record([
                "pageTitle": "电子印章", "department": request.actor.post?.agencyName ?? "",
                "errorSummary": feedback.summary { $0.field }, "canApply": canApply, "action": Self.path,
                "isDrill": try await services.seals.isDrill(),
                "hasSeals": !seals.isEmpty,
                "seals": seals.map { entry in
                    line(entry, agency: organisation.agencies[entry.seal.agency]?.name(on: day) ?? "", request)
                },
                "kind": InputField(
                    id: "kind", name: "kind", label: "种类",
                    kind: .radio(SealKind.allCases.map { InputField.Choice($0.rawValue, $0.title, note: note($0)) }),
                    values: [request.form["kind"]?.last ?? SealKind.official.rawValue], error: feedback.error("kind")),
                "shape": InputField(
                    id: "shape", name: "shape", label: "形状",
                    kind: .radio(
                        SealShape.allCases.map {
                            InputField.Choice($0.rawValue, $0.title, note: "\($0.width)×\($0.height) 毫米")
                        }), values: [request.form["shape"]?.last ?? SealShape.round.rawValue]),
                "purpose": InputField(
                    id: "purpose", name: "purpose", label: "刻在章上的用途", kind: .text(),
                    values: [request.field("purpose")], isOptional: true,
                    hint: "审批专用章要写，例如“行政审批专用章”；单位公章不写。", error: feedback.error("purpose"), maximumLength: 12),
                "powers": InputField(
                    id: "powers", name: "powers", label: "可用于哪些事项", kind: .paragraph,
                    values: [request.field("powers")], isOptional: true,
                    hint: "审批专用章要写：一行一个事项编号。印章只能用于这些事项。", error: feedback.error("powers"),
                    maximumLength: 60_000),
            ]), status: feedback.status)
    }

    private func note(_ kind: SealKind) -> String {
        switch kind {
        case .official: "本单位签发的各种证照都可以用。"
        case .approval: "一枚印章管审批：只能用于列明的事项。"
        }
    }

    private func line(_ entry: SealOverview, agency: String, _ request: PageRequest) -> ViewModel {
        let seal = entry.seal
        let steps = SealStepChoice.allCases.filter { $0.isOffered(for: seal, to: request.actor) }
        return .record([
            "name": seal.name, "agency": agency, "kind": seal.kind.title, "state": seal.state.title,
            "badgeClass": badge(seal.state), "url": "\(Self.path)/\(seal.id)",
            "picture": entry.hasPicture ? "\(Self.path)/\(seal.id)/picture" : "",
            "valid": seal.validUntil.map { "有效至 \($0.day.chineseDate)" } ?? "",
            "uses": entry.uses > 0
                ? "已用 \(entry.uses) 次，最近 \(entry.lastUse?.chinaTime ?? "")" : seal.state == .inForce ? "还没有用过" : "",
            "powers": seal.powers.isEmpty ? "" : "可用于 \(seal.powers.count) 个事项：\(seal.powers.joined(separator: "、"))",
            "replaces": seal.replaces == nil ? "" : "换发原有的印章",
            "hasSteps": !steps.isEmpty,
            "steps": steps.map { step -> ViewModel in
                .record([
                    "value": step.rawValue, "label": step.title,
                    "buttonClass": step.isPlain ? "btn--small" : "btn--quiet btn--small",
                ])
            },
        ])
    }

    private func badge(_ state: SealLifeState) -> String {
        switch state {
        case .inForce: "good"
        case .applied, .approved, .made: "data"
        case .suspended: "soon"
        case .refused, .revoked, .replaced: "made"
        }
    }

    private func apply(_ request: PageRequest) async throws -> PageReply {
        guard let post = request.actor.post else { throw Problem.forbidden }
        let powers = request.field("powers").split(whereSeparator: \.isNewline).map {
            $0.trimmingCharacters(in: .whitespaces)
        }
        do {
            _ = try await services.seals.apply(
                SealApplication(
                    agency: post.agency, kind: SealKind(rawValue: request.field("kind")) ?? .official,
                    shape: SealShape(rawValue: request.field("shape")) ?? .round,
                    purpose: request.field("purpose"), powers: powers.filter { !$0.isEmpty }), by: request.act)
        } catch {
            guard let feedback = FormFeedback(error) else { throw error }
            return try await list(request, feedback: feedback)
        }
        return .redirect(Self.path)
    }

    private func picture(_ request: PageRequest) async throws -> PageReply {
        let id = try request.identifier()
        return .file(
            FileReply(
                bytes: try await services.seals.picture(of: id, by: request.act), contentType: "image/svg+xml",
                name: "印章.svg"), inline: true)
    }

    private func step(_ request: PageRequest) async throws -> PageReply {
        guard let step = SealStepChoice(rawValue: request.field("step")) else {
            throw Problem(400, "portal.malformed_form", "页面内容不完整", "提交的内容不完整，没有办理。请刷新页面后重新提交。")
        }
        try await step.take(try request.identifier(), services.seals, by: request.act)
        return .redirect(Self.path)
    }
}

/// A step as a button.
private enum SealStepChoice: String, CaseIterable {
    case approve, refuse, make, receive, suspend, resume, revoke

    var title: String {
        switch self {
        case .approve: "批准"
        case .refuse: "不批准"
        case .make: "制作"
        case .receive: "领取"
        case .suspend: "暂停使用"
        case .resume: "恢复使用"
        case .revoke: "注销"
        }
    }

    /// Whether it leads on, and doesn't end anything.
    var isPlain: Bool { [.approve, .make, .receive, .resume].contains(self) }

    /// Whether an actor may take it where the seal stands; the service asks again.
    func isOffered(for seal: Seal, to actor: Actor) -> Bool {
        switch self {
        case .approve, .refuse:
            seal.state == .applied && actor.holds(ESealService.approval) && seal.applicant != actor.account
        case .make: seal.state == .approved && actor.holds(ESealService.making)
        case .receive: seal.state == .made && actor.holds(ESealService.keep)
        case .suspend: seal.state == .inForce && actor.holds(ESealService.keep)
        case .resume: seal.state == .suspended && actor.holds(ESealService.approval)
        case .revoke:
            [.approved, .made, .inForce, .suspended].contains(seal.state) && actor.holds(ESealService.approval)
        }
    }

    func take(_ id: Identifier, _ seals: ESealService, by act: Act) async throws {
        switch self {
        case .approve: try await seals.take(.approve, id, by: act)
        case .refuse: try await seals.take(.refuse, id, by: act)
        case .make: try await seals.make(id, by: act)
        case .receive: try await seals.take(.receive, id, by: act)
        case .suspend: try await seals.take(.suspend, id, by: act)
        case .resume: try await seals.take(.resume, id, by: act)
        case .revoke: try await seals.take(.revoke, id, by: act)
        }
    }
}
