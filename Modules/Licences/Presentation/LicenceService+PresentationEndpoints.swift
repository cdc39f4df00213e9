import Extension
import Standards
import Storage

/// Showing licences and reading what is shown, over HTTP.
extension LicenceService {
    var presentationEndpoints: [any Contribution] { [begin, end, mine, read] }

    private var begin: Endpoint {
        Endpoint(
            .post, "licence-presentations", summary: "亮码：同意让别人看自己证照的哪些内容", access: .personAlone, status: 201,
            problems: [LicenceError.Code.draft.rawValue]
        ) { (input: PresentationInput, call: Call) -> PresentationCodeView in
            try await call.commit(to: database, status: 201) { transaction in
                PresentationCodeView(try present(input, by: call.act, in: transaction))
            }
        }
    }

    private var end: Endpoint {
        Endpoint(
            .post, "licence-presentations/{id}/end", summary: "停止出示", access: .personAlone,
            problems: [LicenceError.Code.notFound.rawValue]
        ) { (input: PresentationID, call: Call) -> PresentationView in
            try await call.commit(to: database) { transaction in
                try endPresentation(input.id, by: call.act, in: transaction)
                guard let found = try presentations.find(input.id, in: transaction) else {
                    throw LicenceError.unknown
                }
                return try view(of: found, at: call.act.now, in: transaction)
            }
        }
    }

    private var mine: Endpoint {
        Endpoint(.get, "licence-presentations", summary: "我出示过的证照，谁在什么时候看过", access: .personAlone) {
            (input: LicenceListInput, call: Call) -> CursorPage<PresentationView> in
            CursorPage(
                try await presentations(before: input.after, limit: input.limit + 1, by: call.act),
                limit: input.limit, cursor: \.id.text)
        }
    }

    private var read: Endpoint {
        Endpoint(
            .post, "licence-presentations/reading", summary: "扫码：看对方同意出示的内容，计一次", access: .anyone,
            problems: [LicenceError.Code.code.rawValue, LicenceError.Code.onlyForStaff.rawValue]
        ) { (input: PresentationCodeInput, call: Call) -> PresentationReading in
            guard let code = PresentationCode(input.code) else { throw LicenceError.unreadableCode }
            return try await call.commit(to: database) { transaction in
                try readPresentation(code, by: call.act, in: transaction)
            }
        }
    }
}

/// Which presentation.
struct PresentationID: SchemaType {
    var id = Identifier.none

    static let schema = Schema<PresentationID> {
        Field("id", \.id, .identifier, doc: "系统编号", in: .path)
    }
}

/// What a scanner read.
struct PresentationCodeInput: SchemaType {
    var code = ""

    static let schema = Schema<PresentationCodeInput> {
        Field("code", \.code, .text(min: 1, max: 200), doc: "扫到的内容")
    }
}
