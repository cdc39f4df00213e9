import PluginKit

/// One page on which the applicant sees how far everything is, wherever it is decided.
struct ProgressPages {
    let service: CrossRegionService

    var all: [any Contribution] {
        [
            Page("progress") { _ in render([], number: "", isAsked: false) },
            Page(post: "progress", access: .anyone) { request in try await find(request) },
            Page("mine", access: .personAlone) { request in try await mine(request) },
        ]
    }

    /// Finds what was filed under a number, for who knows the end of the applicant's identity number too.
    private func find(_ request: PageRequest) async throws -> PageReply {
        let number = request.field("number").asCode
        let check = request.field("check").asCode.uppercased()
        guard let bundle = try? Identifier(number), check.count == 6 else {
            return render([], number: number, isAsked: true)
        }
        let found = try await service.database.read { try service.bundle(bundle, in: $0) }
            .filter { $0.document.idNumber.uppercased().hasSuffix(check) }
        return render(try await models(found), number: number, isAsked: true)
    }

    private func mine(_ request: PageRequest) async throws -> PageReply {
        guard let person = request.actor.party else { throw Problem.forbidden }
        let found = try await service.database.read { snapshot in
            try snapshot.rows(
                """
                SELECT \(CaseBook.columns) FROM cross_region_case WHERE person = ? ORDER BY id DESC LIMIT 50
                """, person
            ).map(service.cases.read)
        }
        return .render(
            .text(CaseTemplates.mine),
            [
                "pageTitle": "我的跨域办件", "cases": .list(try await models(found)), "hasCases": .flag(!found.isEmpty),
                "isMine": true,
            ])
    }

    private func models(_ found: [CrossCase]) async throws -> [ViewModel] {
        let partners = try await service.database.read { try service.partners.partners(in: $0) }
        let names = Dictionary(partners.map { ($0.code, $0.name) }, uniquingKeysWith: { first, _ in first })
        return found.map { value in
            let place = names[value.partner] ?? value.partner
            return [
                "title": .text(value.title), "state": .text(value.state.rawValue), "badge": .text(value.state.badge),
                "class": .text(value.state.isClosed ? "decided" : "open"),
                "sentence": .text(Self.sentence(value, place)),
                "due": .text(value.state.isClosed ? "" : value.dueOn.map { "最晚\($0.chinese)办好" } ?? ""),
                "corrections": .list(value.state == .correcting ? value.document.corrections.map { .text($0) } : []),
                "custody": .list(
                    value.document.custody.map { step in
                        let holder = step.side == .collects ? "受理窗口" : place
                        let courier = step.tracking.isEmpty ? "" : "，\(step.courier) \(step.tracking)"
                        return .text(
                            "\(step.at.chinaTime)　\(holder)\(step.step.rawValue)\(step.thing.rawValue)\(courier)")
                    }),
                "hasCorrections": .flag(value.state == .correcting),
                "hasCustody": .flag(!value.document.custody.isEmpty),
                "url": .text("/cross-region/cases/\(value.id.text)"),
            ]
        }
    }

    /// How far a case is, in one sentence.
    private static func sentence(_ value: CrossCase, _ place: String) -> String {
        switch value.state {
        case .filed: "已提交给\(place)，等对方受理。"
        case .accepted: "\(place)的\(value.document.acceptedBy)已受理，正在办理。"
        case .correcting: "\(place)请您补正下面的内容，可以在原来提交的地方补。"
        case .granted: "\(value.document.decidedBy)已办好：\(value.document.decision)"
        case .refused: "\(value.document.decidedBy)决定不予办理：\(value.document.decision)"
        case .returned: "\(place)没有收下：\(value.document.returned)请向提交的窗口咨询。"
        }
    }

    private func render(_ found: [ViewModel], number: String, isAsked: Bool) -> PageReply {
        .render(
            .text(CaseTemplates.progress),
            [
                "pageTitle": "跨域办理进度", "number": .text(number), "cases": .list(found),
                "hasCases": .flag(!found.isEmpty), "isUnknown": .flag(isAsked && found.isEmpty), "isMine": false,
            ], status: isAsked && found.isEmpty ? 404 : 200)
    }
}

extension CrossRegionService {
    /// Everything that was filed under a number.
    func bundle(_ id: Identifier, in snapshot: Snapshot) throws -> [CrossCase] {
        try snapshot.rows(
            "SELECT \(CaseBook.columns) FROM cross_region_case WHERE bundle = ? ORDER BY id LIMIT 20", id
        ).map(cases.read)
    }
}
