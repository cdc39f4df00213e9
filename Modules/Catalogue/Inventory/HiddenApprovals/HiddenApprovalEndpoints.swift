import Extension
import Standards
import Storage

extension InventoryService {
    /// Reports of hidden approvals over HTTP: anybody reports and asks. The legal review has its desk.
    var hiddenApprovalEndpoints: [any Contribution] {
        [
            Endpoint(
                .post, "hidden-approvals", summary: "反映清单之外的审批（隐形审批）", access: .anyone, status: 201,
                problems: ["input.invalid"]
            ) { (input: HiddenApprovalInput, call) in
                try await call.commit(to: database, status: 201) { transaction in
                    try reportHiddenApproval(input, by: call.act, in: transaction)
                }
            },
            Endpoint(
                .get, "hidden-approvals/{code}", summary: "凭查询码查看反映的问题办到哪里", access: .anyone,
                problems: ["catalogue.report_not_found"]
            ) { (input: HiddenApprovalCode, _) in
                try await hiddenApproval(code: input.code)
            },
        ]
    }
}

struct HiddenApprovalCode: SchemaType {
    var code = ""
    static let schema = Schema<Self> {
        Field("code", \.code, .text(min: 1, max: 40), doc: "查询码", in: .path)
    }
}
