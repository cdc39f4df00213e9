import Extension

struct SupervisionInput: SchemaType {
    var division: String?
    var state = CaseState.inProgress
    var after: String?
    var limit = 20
    static let schema = Schema<Self> {
        Field("division", \.division, .optional(.text(max: 20)), doc: "区划：本岗位的区划或其下级；不写为本岗位的区划", in: .query)
        Field("state", \.state, .choice.withDefault, doc: "办件状态", in: .query)
        Field("after", \.after, .optional(.text(max: 120)), doc: "上一页给出的 next", in: .query)
        Field("limit", \.limit, .integer(in: 1...100).withDefault, doc: "每页条数", in: .query)
    }
}

extension CaseworkService {
    /// What a supervisor does: look, and nothing else.
    var supervisionEndpoints: [any Contribution] {
        [
            Endpoint(.get, "supervision/cases", summary: "督查：一个区划里某一状态的办件，先到期的在前", access: .staff(.superviseCases)) {
                (input: SupervisionInput, call) in
                try await supervised(
                    division: input.division, state: input.state, after: input.after, limit: input.limit, by: call.act)
            }
        ]
    }
}
