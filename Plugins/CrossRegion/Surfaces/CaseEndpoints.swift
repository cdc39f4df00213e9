import PluginKit

/// Cases over HTTP: windows and applicants file, officers of the deciding organ handle their inbox.
struct CaseEndpoints {
    let service: CrossRegionService

    var all: [any Contribution] { filing + handling + reading }

    private var filing: [any Contribution] {
        let service = service
        return [
            Endpoint(
                .post, "cases", summary: "窗口代收一份外地事项的申请", access: .staff(CrossRegionService.collect), status: 201,
                problems: ["input.invalid"]
            ) { (input: FilingRequest, call) in
                let papers = try input.papers.decoded("papers")
                return try await call.commit(to: service.database, status: 201) { transaction in
                    try BundleView(service.file(input.filing, papers: papers, by: call.act, in: transaction))
                }
            },
            Endpoint(
                .post, "applications", summary: "本人网上提交一份外地事项的申请", access: .personAlone, status: 201,
                problems: ["input.invalid"]
            ) { (input: FilingRequest, call) in
                let papers = try input.papers.decoded("papers")
                return try await call.commit(to: service.database, status: 201) { transaction in
                    try BundleView(service.fileOnline(input.filing, papers: papers, by: call.act, in: transaction))
                }
            },
            Endpoint(
                .post, "cases/{id}/supplement", summary: "补正", access: .signedIn,
                problems: ["input.invalid", "cross-region.state"]
            ) { (input: SupplementRequest, call) in
                let papers = try input.papers.decoded("papers")
                return try await call.commit(to: service.database) { transaction in
                    let value = try service.supplement(
                        input.id, note: input.note, papers: papers, by: call.act, in: transaction)
                    return try service.view(value, in: transaction)
                }
            },
        ]
    }

    private var handling: [any Contribution] {
        let (service, decide) = (service, Access.staff(CrossRegionService.decide))
        return [
            Endpoint(
                .post, "cases/{id}/acceptance", summary: "受理合作地区送来的申请", access: decide,
                problems: ["cross-region.state", "cross-region.papers_missing"]
            ) { (input: CaseReference, call) in
                let calendar = try await service.casework.calendar()
                return try await call.commit(to: service.database) { transaction in
                    let value = try service.accept(input.id, calendar: calendar, by: call.act, in: transaction)
                    return try service.view(value, in: transaction)
                }
            },
            Endpoint(
                .post, "cases/{id}/correction", summary: "一次性告知要补正的内容", access: decide,
                problems: ["input.invalid", "cross-region.state"]
            ) { (input: CorrectionRequest, call) in
                try await call.commit(to: service.database) { transaction in
                    let value = try service.correct(input.id, missing: input.missing, by: call.act, in: transaction)
                    return try service.view(value, in: transaction)
                }
            },
            Endpoint(
                .post, "cases/{id}/decision", summary: "办结：准予或不予", access: decide,
                problems: ["input.invalid", "cross-region.state"]
            ) { (input: DecisionRequest, call) in
                let files = try input.files.decoded("files")
                return try await call.commit(to: service.database) { transaction in
                    let value = try service.decide(
                        input.id, isGranted: input.isGranted, text: input.text, files: files, by: call.act,
                        in: transaction)
                    return try service.view(value, in: transaction)
                }
            },
            Endpoint(
                .post, "cases/{id}/custody", summary: "登记材料交接的一步：收取、寄出、收到、交还",
                access: .staffWithAny([CrossRegionService.collect, CrossRegionService.decide]),
                problems: ["input.invalid", "cross-region.custody"]
            ) { (input: CustodyRequest, call) in
                try await call.commit(to: service.database) { transaction in
                    let value = try service.move(input.id, input.custody, by: call.act, in: transaction)
                    return try service.view(value, in: transaction)
                }
            },
        ]
    }

    private var reading: [any Contribution] {
        let (service, staff) = (
            service, Access.staffWithAny([CrossRegionService.collect, CrossRegionService.decide])
        )
        return [
            Endpoint(.get, "cases", summary: "本窗口代收的办件，或本单位要办的办件", access: staff) { (query: CaseQuery, call) in
                let found = try await service.list(
                    query.side, after: query.after, limit: query.limit + 1, by: call.act)
                return CursorPage(found.map(CaseLine.init), limit: query.limit) { $0.id }
            },
            Endpoint(
                .get, "cases/{id}", summary: "一个跨域办件", access: .signedIn, problems: ["resource.not_found"]
            ) { (input: CaseReference, call) in try await service.open(input.id, by: call.act) },
            Endpoint(
                download: "cases/{id}/papers/{slot}", summary: "一份材料或结果文件", access: .signedIn,
                contentTypes: ["application/pdf", "image/jpeg", "image/png"], problems: ["resource.not_found"]
            ) { (input: PaperReference, call) in
                try await service.paper(input.slot, of: input.id, by: call.act)
            },
        ]
    }
}

extension CrossRegionService {
    /// Files for the person who signed in, with the name and number that it is registered by.
    func fileOnline(
        _ input: FilingInput, papers: [PaperFile], by act: Act, in transaction: Transaction
    ) throws -> [CrossCase] {
        guard let person = act.actor.person else { throw Problem.forbidden }
        guard act.actor.party == person else {
            throw Problem(
                409, "cross-region.for_oneself", "请先切换为本人", "跨域通办的网上申请由本人提交，您现在代企业办理。请先切换为本人，或到窗口办理。")
        }
        let profile = try identity.profile(of: person, by: act, in: transaction)
        return try file(input, papers: papers, as: profile, by: act, in: transaction)
    }

    /// The cases of a desk, newest first.
    func list(_ side: CrossCase.Side, after: String, limit: Int, by act: Act) async throws -> [CrossCase] {
        guard let post = act.actor.post else { throw Problem.forbidden }
        let before = after.isEmpty ? "~" : after
        return try await database.read { snapshot in
            switch side {
            case .decides:
                guard act.actor.holds(Self.decide) else { throw Problem.forbidden }
                return try snapshot.rows(
                    """
                    SELECT \(CaseBook.columns) FROM cross_region_case WHERE side = ? AND agency = ? AND id < ?
                    ORDER BY id DESC LIMIT ?
                    """, side, post.agency, before, limit
                ).map(cases.read)
            case .collects:
                guard act.actor.holds(Self.collect) else { throw Problem.forbidden }
                let places = try organisation.snapshot(in: snapshot)
                let below = places.divisions.keys.filter { places.isWithin($0, post.division) }.sorted()
                let within = below.isEmpty ? [post.division] : below
                let marks = within.map { _ in "?" }.joined(separator: ", ")
                return try snapshot.rows(
                    """
                    SELECT \(CaseBook.columns) FROM cross_region_case
                    WHERE side = ? AND person = '' AND id < ? AND division IN (\(marks)) ORDER BY id DESC LIMIT ?
                    """, arguments: [side.sql, .text(before)] + within.map { .text($0) } + [.integer(Int64(limit))]
                ).map(cases.read)
            }
        }
    }

    /// Opens a case; when a member of staff does, the journal keeps who looked.
    func open(_ id: Identifier, by act: Act) async throws -> CaseView {
        try await database.write { transaction in
            let value = try seen(id, paper: "", by: act, in: transaction)
            return try view(value, in: transaction)
        }
    }

    /// A paper, once all its parts are here.
    func paper(_ slot: String, of id: Identifier, by act: Act) async throws -> FileReply {
        try await database.write { transaction in
            let value = try seen(id, paper: slot, by: act, in: transaction)
            guard let note = value.document.paper(slot),
                let bytes = try cases.bytes(note, of: id.text, in: transaction)
            else { throw Problem.notFound("这份材料，它可能还在传送") }
            return FileReply(bytes: bytes, contentType: note.type, name: note.name)
        }
    }

    func seen(_ id: Identifier, paper: String, by act: Act, in transaction: Transaction) throws -> CrossCase {
        guard let value = try cases.find(id.text, in: transaction), try isInSight(value, of: act, in: transaction)
        else { throw Problem.notFound("这个跨域办件") }
        if act.actor.kind == .staff {
            try cases.tell(
                [CaseSeen(caseID: id, paper: paper)], id.text, division: value.division, by: act, in: transaction)
        }
        return value
    }
}
