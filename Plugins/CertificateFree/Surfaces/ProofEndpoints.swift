import PluginKit

/// The list of proofs over HTTP: anybody reads it and reports who still asks.
struct ProofEndpoints {
    let register: ProofRegister
    let reports: ProofReports

    var all: [any Contribution] {
        [
            Endpoint(.get, "proofs", summary: "证明事项清单：保留的、取消的、由数据替代的", access: .anyone) {
                (input: ProofQuestion, _) in
                let found = try await register.database.read { snapshot in
                    try register.list(
                        input.text ?? "", state: input.state, after: input.after ?? "", limit: input.limit + 1,
                        in: snapshot)
                }
                return CursorPage(found.map(ProofView.init), limit: input.limit, cursor: \.code)
            },
            Endpoint(
                .get, "proofs/{code}", summary: "一种证明：谁要、谁开、依据、怎样替代", access: .anyone,
                problems: ["resource.not_found"]
            ) { (input: ProofCode, _) in
                ProofView(try await register.database.read { try register.proof(input.code, in: $0) })
            },
            Endpoint(
                .post, "proofs/{code}/reports", summary: "反映还有单位在要已经取消或由数据替代的证明；凭查询码看结果", access: .anyone,
                status: 201, problems: ["input.invalid", "resource.not_found", "certificate-free.proof_kept"]
            ) { (input: ProofReportInput, call) in
                try await call.commit(to: register.database, status: 201) { transaction in
                    try reports.report(input.code, input.report, by: call.act, in: transaction)
                }
            },
            Endpoint(
                .get, "demands", summary: "还在索要已经取消或由数据替代的证明的主题和事项",
                access: .staff(ProofRegister.keep)
            ) { (_: Nothing, call) in
                var list = DemandList()
                list.demands = try await register.demands(by: call.act).map(DemandView.init)
                return list
            },
        ]
    }
}
