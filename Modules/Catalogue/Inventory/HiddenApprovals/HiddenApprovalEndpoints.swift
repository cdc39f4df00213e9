import Extension
import Standards
import Storage

extension InventoryService {
    /// Reports of hidden approvals over HTTP: anybody reports and asks, the legal review follows them to their end.
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
            Endpoint(
                .post, "hidden-approvals/{id}/closing", summary: "办结一条隐形审批线索", access: .staff(.reviewItemsLegally),
                problems: ["input.invalid", "catalogue.report_not_found", "catalogue.wrong_state"]
            ) { (input: HiddenApprovalClosing, call) in
                try await call.commit(to: database) { transaction in
                    try closeHiddenApproval(
                        input.id, HiddenApproval.Outcome(rawValue: input.outcome), reply: input.reply, by: call.act,
                        in: transaction)
                    return Nothing()
                }
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

struct HiddenApprovalClosing: SchemaType {
    var id = Identifier(at: Instant(milliseconds: 0), random: [UInt8](repeating: 0, count: Identifier.randomLength))
    var outcome = ""
    var reply = ""
    static let schema = Schema<Self> {
        Field("id", \.id, .identifier, doc: "系统编号", in: .path)
        Field("outcome", \.outcome, .text(max: 20), doc: "结论：confirmed 属实，unfounded 不属于，transferred 已转交")
        Field("reply", \.reply, .text(max: 1000, lines: true), doc: "答复，举报人会看到")
    }
}
