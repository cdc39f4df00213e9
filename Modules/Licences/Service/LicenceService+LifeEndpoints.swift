import Extension
import Standards
import Storage

/// What staff of the issuing agency do with licences, over HTTP.
extension LicenceService {
    var lifeEndpoints: [any Contribution] { [issuedList, suspension, resumption, revocation, reissue, history] }

    private var issuedList: Endpoint {
        Endpoint(.get, "issued-licences", summary: "本单位签发或登记的证照", access: .staff(Self.manage)) {
            (input: IssuedLicencesInput, call: Call) -> CursorPage<LicenceView> in
            let licences = try await issued(
                numbered: input.number, before: input.after, limit: input.limit + 1, by: call.act)
            return CursorPage(
                licences.map { LicenceView($0, on: call.act.now.day, isDemonstration: isDemonstration) },
                limit: input.limit, cursor: \.licence.id)
        }
    }

    private var suspension: Endpoint {
        step("suspension", summary: "暂扣证照") { input, act, transaction in
            try suspend(input.licence, basis: input.basis, by: act, in: transaction)
        }
    }

    private var resumption: Endpoint {
        step("resumption", summary: "恢复暂扣的证照") { input, act, transaction in
            try resume(input.licence, basis: input.basis, by: act, in: transaction)
        }
    }

    /// One step with a licence that rests on a decision and nothing else.
    private func step(
        _ path: String, summary: String,
        _ body: @escaping @Sendable (LicenceBasisInput, Act, Transaction) throws -> Void
    ) -> Endpoint {
        Endpoint(
            .post, "licences/{id}/\(path)", summary: summary, access: .staff(Self.manage), problems: Self.lifeProblems
        ) { (input: LicenceBasisInput, call: Call) -> LicenceView in
            try await call.commit(to: database) { transaction in
                try body(input, call.act, transaction)
                return try view(input.licence, by: call.act, in: transaction)
            }
        }
    }

    private var revocation: Endpoint {
        Endpoint(
            .post, "licences/{id}/revocation", summary: "撤销、注销或吊销证照", access: .staff(Self.manage),
            problems: Self.lifeProblems
        ) { (input: LicenceRevocationInput, call: Call) -> LicenceView in
            try await call.commit(to: database) { transaction in
                try revoke(
                    input.licence, reason: input.reason, basis: input.basis, by: call.act, in: transaction)
                return try view(input.licence, by: call.act, in: transaction)
            }
        }
    }

    private var reissue: Endpoint {
        Endpoint(
            .post, "licences/{id}/reissue", summary: "变更、延续、补发或更正证照：签发下一个版本，原来的失效",
            access: .staff(Self.manage), status: 201,
            problems: Self.lifeProblems + [LicenceError.Code.notOurs.rawValue, LicenceError.Code.draft.rawValue]
        ) { (input: LicenceReissueInput, call: Call) -> LicenceView in
            try await call.commit(to: database, status: 201) { transaction in
                let new = try reissue(input.licence, input.change, by: call.act, in: transaction)
                return LicenceView(new, on: call.act.now.day, isDemonstration: isDemonstration)
            }
        }
    }

    private var history: Endpoint {
        Endpoint(
            .get, "licences/{id}/history", summary: "一份证照的经过：签发、变更、暂扣、注销，谁在什么时候看过",
            access: .signedIn, problems: [LicenceError.Code.notFound.rawValue]
        ) { (input: LicenceInput, call: Call) -> LicenceHistory in
            try await history(of: try input.identifier, by: call.act)
        }
    }

    private static let lifeProblems = [
        LicenceError.Code.notFound.rawValue, LicenceError.Code.notInForce.rawValue,
    ]

    private func view(_ id: Identifier, by act: Act, in snapshot: Snapshot) throws -> LicenceView {
        guard let licence = try register.find(id, in: snapshot) else { throw LicenceError.unknown }
        return LicenceView(licence, on: act.now.day, isDemonstration: isDemonstration)
    }
}

/// Which of the agency's licences.
struct IssuedLicencesInput: SchemaType {
    var number: String?
    var after: Identifier?
    var limit = 50

    static let schema = Schema<IssuedLicencesInput> {
        Field("number", \.number, .optional(.text(min: 1, max: 120)), doc: "证照编号或电子证照标识", in: .query)
        Field("after", \.after, .optional(.identifier), doc: "上一页给出的游标", in: .query)
        Field("limit", \.limit, Format.integer(in: 1...200).withDefault, doc: "每页几份", in: .query)
    }
}

/// A licence and the decision on which a change of its state rests.
struct LicenceBasisInput: SchemaType {
    var licence = Identifier.none
    var basis = ""

    static let schema = Schema<LicenceBasisInput> {
        Field("id", \.licence, .identifier, doc: "证照的系统编号", in: .path)
        Field("basis", \.basis, .text(min: 1, max: 80), doc: "决定文书的文号")
    }
}

/// A licence and why it ends.
struct LicenceRevocationInput: SchemaType {
    var licence = Identifier.none
    var reason = LicenceRevocation.withdrawn
    var basis = ""

    static let schema = Schema<LicenceRevocationInput> {
        Field("id", \.licence, .identifier, doc: "证照的系统编号", in: .path)
        Field("reason", \.reason, .choice, doc: "withdrawn 撤销，cancelled 注销，penalty 吊销，corrected 更正")
        Field("basis", \.basis, .text(min: 1, max: 80), doc: "决定文书的文号")
    }
}

/// A licence and how it is issued anew.
struct LicenceReissueInput: SchemaType {
    var licence = Identifier.none
    var change = LicenceChange()

    static let schema = Schema<LicenceReissueInput> {
        Field("id", \.licence, .identifier, doc: "证照的系统编号", in: .path)
        Field("ground", \.change.ground, .choice, doc: "事由：changed 变更，renewed 延续，replaced 补发，corrected 更正")
        Field("basis", \.change.basis, .text(min: 1, max: 80), doc: "决定文书的文号")
        Field(
            "fields", \.change.fields, Format.list(of: .object, max: 50).withDefault,
            doc: "要改的内容；只写名称不写内容的，删去这一项")
        Field("valid_until", \.change.validUntil, .optional(.day), doc: "新的有效期至；不写就不变")
    }
}
