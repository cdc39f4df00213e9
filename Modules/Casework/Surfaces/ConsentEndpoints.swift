import Extension
import Standards
import Storage

extension CaseworkService {
    /// What a party does who is asked to consent.
    var consentEndpoints: [any Contribution] {
        [
            Endpoint(.get, "consents", summary: "等我确认的事", access: .person) { (input: PageInput, call) in
                try await pendingConsents(after: input.after, limit: input.limit, by: call.act)
            },
            Endpoint(
                .get, "cases/{id}/consents/{role}", summary: "请我确认的内容", access: .person,
                problems: ["casework.not_found"]
            ) { (input: ConsentPath, call) in
                ConsentOfferView(try await consentOffer(of: input.id, as: input.role, by: call.act))
            },
            Endpoint(
                .post, "cases/{id}/consents/{role}", summary: "当事人确认同意", access: .person,
                problems: ["casework.not_found", "casework.consent_refused", "casework.wrong_state"]
            ) { (input: ConsentInput, call) in
                let known = try await knownForConsent(as: input.role, of: input.id, by: call.act)
                return try await call.commit(to: database) { transaction in
                    try view(
                        try consent(
                            as: input.role, of: input.id, known: known, seen: input.digest, by: call.act,
                            in: transaction), call.act, transaction)
                }
            },
            Endpoint(
                .post, "cases/{id}/consents/{role}/refusal", summary: "当事人不同意，或者收回同意", access: .person,
                problems: ["casework.not_found", "casework.wrong_state"]
            ) { (input: RefusalInput, call) in
                let known = try await knownForConsent(as: input.role, of: input.id, by: call.act)
                return try await call.commit(to: database) { transaction in
                    _ = try refuseConsent(
                        as: input.role, of: input.id, known: known, reason: input.reason, by: call.act,
                        in: transaction)
                    return ConsentOfferView(
                        try consentOffer(of: input.id, as: input.role, known: known, by: call.act, in: transaction))
                }
            },
        ]
    }
}

struct RefusalInput: SchemaType {
    var id = Identifier.none
    var role = ""
    var reason: String?
    static let schema = Schema<Self> {
        Field("id", \.id, .identifier, doc: "系统编号", in: .path)
        Field("role", \.role, .text(min: 1, max: 40), doc: "身份", in: .path)
        Field("reason", \.reason, .optional(.text(min: 1, max: 200)), doc: "原因，会告诉申请人；可以不写")
    }
}

struct ConsentPath: SchemaType {
    var id = Identifier.none
    var role = ""
    static let schema = Schema<Self> {
        Field("id", \.id, .identifier, doc: "系统编号", in: .path)
        Field("role", \.role, .text(min: 1, max: 40), doc: "身份", in: .path)
    }
}

struct ConsentInput: SchemaType {
    var id = Identifier.none
    var role = ""
    var digest = ""
    static let schema = Schema<Self> {
        Field("id", \.id, .identifier, doc: "系统编号", in: .path)
        Field("role", \.role, .text(min: 1, max: 40), doc: "身份", in: .path)
        Field("digest", \.digest, .text(min: 1, max: 64), doc: "看到的内容的摘要（先查看，回答里的 digest）；内容已经变了的不予确认")
    }
}
