import PluginKit

/// The public list of proofs, each with where to report who still asks for it; and the desk of who keeps the list.
struct ProofPages {
    let register: ProofRegister
    let reports: ProofReports

    private static let pageSize = 20

    var all: [any Contribution] {
        [
            Page("proofs", menu: "证明清单") { request in try await list(request) },
            Page("proofs/{code}") { request in try await show(PageForm(request)) },
            Page(post: "proofs/{code}/reports", access: .anyone) { request in try await report(request) },
            Page("desk", access: .staff(ProofRegister.keep), menu: "证明清理") { request in try await desk(request) },
        ]
    }

    private func list(_ request: PageRequest) async throws -> PageReply {
        let text = String(request.parameter("q").prefix(60))
        let state = ProofKind.State(rawValue: request.parameter("state"))
        let after = request.parameter("after")
        let (found, counts) = try await register.database.read { snapshot in
            (
                try register.list(text, state: state, after: after, limit: Self.pageSize + 1, in: snapshot),
                try register.counts(in: snapshot)
            )
        }
        let shown = found.prefix(Self.pageSize)
        func url(_ state: ProofKind.State?, _ after: String = "") -> String {
            PagePath.with("proofs", ["q": text, "state": state?.rawValue ?? "", "after": after])
        }
        let pager = Pager(isFirst: after.isEmpty, next: found.count > shown.count ? shown.last?.code : nil) {
            url(state, $0)
        }
        let total = counts.values.reduce(0, +)
        let states: [ProofKind.State?] = [nil] + ProofKind.State.allCases
        return .render(
            .text(Self.listTemplate),
            [
                "pageTitle": "证明事项清单", "query": .text(text), "state": .text(state?.rawValue ?? ""),
                "tabs": .list(
                    states.map { other in
                        let count = other.map { counts[$0] ?? 0 } ?? total
                        return [
                            "label": .text("\(other?.rawValue ?? "全部") \(count)"), "url": .text(url(other)),
                            "current": .flag(other == state),
                        ]
                    }),
                "hasProofs": .flag(!shown.isEmpty), "proofs": .list(shown.map(row)), "firstURL": .text(pager.first),
                "nextURL": .text(pager.next),
            ])
    }

    private func row(_ proof: ProofKind) -> ViewModel {
        [
            "title": .text(proof.title), "url": .text(Self.url(of: proof)), "state": .text(proof.state.rawValue),
            "badge": .text(Self.badge(proof.state)), "line": .text(Self.line(of: proof)),
        ]
    }

    private static func url(of proof: ProofKind) -> String { PagePath.with("proofs/\(PagePath.escaped(proof.code))") }

    static func badge(_ state: ProofKind.State) -> String {
        switch state {
        case .kept: "soon"
        case .cancelled: "good"
        case .replaced: "data"
        }
    }

    /// What there is to know of it in one line.
    private static func line(of proof: ProofKind) -> String {
        switch proof.state {
        case .kept:
            proof.channels.isEmpty
                ? "由\(proof.issuer)开具。" : "由\(proof.issuer)开具，可以在\(proof.channelText)办。"
        case .cancelled: proof.replacement.isEmpty ? "不用再开，谁也不能要。" : "不用再开：\(proof.replacement)。"
        case .replaced: "不用再开，改为\(proof.replacement)。"
        }
    }

    private func report(_ request: PageRequest) async throws -> PageReply {
        var input = HiddenApprovalInput()
        input.organ = request.field("organ")
        input.text = request.field("text")
        input.contact = request.field("contact")
        do {
            let receipt = try await register.database.write { [input] transaction in
                try reports.report(request.path["code"] ?? "", input, by: request.act, in: transaction)
            }
            return try await show(PageForm(request), receipt: receipt.code)
        } catch {
            return try await show(try PageForm(request, after: error))
        }
    }

    private func show(_ form: PageForm, receipt: String = "") async throws -> PageReply {
        let code = form.request.path["code"] ?? ""
        let proof = try await register.database.read { try register.proof(code, in: $0) }
        func fact(_ label: String, _ value: String) -> ViewModel? {
            value.isEmpty ? nil : ["label": .text(label), "value": .text(value)]
        }
        let facts = [
            fact("编码", proof.code), fact("也叫", proof.aliases.joined(separator: "、")), fact("过去谁要", proof.askedBy),
            fact("谁开", proof.issuer), fact("依据", proof.basis), fact("怎样替代", proof.replacement),
            fact("开具渠道", proof.channelText),
        ].compactMap(\.self)
        return .render(
            .text(Self.showTemplate),
            [
                "pageTitle": .text(proof.title),
                "back": ["label": "返回证明清单", "url": .text(PagePath.with("proofs"))],
                "errorSummary": form.summary, "title": .text(proof.title), "state": .text(proof.state.rawValue),
                "badge": .text(Self.badge(proof.state)), "facts": .list(facts), "code": .text(receipt),
                "applyURL": .text(
                    proof.channels.contains(.online) ? PagePath.with("apply", ["proof": proof.code]) : ""),
                "takesReports": .flag(!proof.state.mayBeDemanded && receipt.isEmpty),
                "action": .text(Self.url(of: proof) + "/reports"),
                "fields": [
                    form.field("organ", "哪个单位要的", maximumLength: 100),
                    form.field("text", "要您办什么", .paragraph, hint: "办什么事、什么时候、在哪里要您开这个证明。", maximumLength: 2000),
                    form.field(
                        "contact", "怎样联系您", isOptional: true, hint: "可以不留。留下的只有核查的人能看到。", maximumLength: 100),
                ],
            ], status: form.status)
    }

    private func desk(_ request: PageRequest) async throws -> PageReply {
        let demands = try await register.demands(by: request.act)
        let (counts, reported, proofs) = try await register.database.read { snapshot in
            (try register.counts(in: snapshot), try reports.counts(in: snapshot), try register.all(in: snapshot))
        }
        let titles = Dictionary(proofs.map { ($0.code, $0.title) }, uniquingKeysWith: { $1 })
        let order = reported.sorted { ($1.value.all, $0.key) < ($0.value.all, $1.key) }
        return .render(
            .text(Self.deskTemplate),
            [
                "pageTitle": "证明清理", "department": .text(request.actor.post?.agencyName ?? ""),
                "counts": .list(
                    ProofKind.State.allCases.map { state in
                        ["label": .text(state.rawValue), "value": .text("\(counts[state] ?? 0) 种")]
                    }),
                "hasDemands": .flag(!demands.isEmpty),
                "demands": .list(
                    demands.prefix(200).map { demand in
                        [
                            "place": .text(demand.place.chinese), "material": .text(demand.material),
                            "proof": .text(demand.proof.title), "state": .text(demand.proof.state.rawValue),
                            "badge": .text(Self.badge(demand.proof.state)),
                        ]
                    }),
                "more": .text(demands.count > 200 ? "\(demands.count)" : ""), "hasReports": .flag(!order.isEmpty),
                "reports": .list(
                    order.map { code, count in
                        [
                            "title": .text(titles[code] ?? code), "all": .text("\(count.all)"),
                            "confirmed": .text("\(count.confirmed)"),
                        ]
                    }),
            ])
    }
}
