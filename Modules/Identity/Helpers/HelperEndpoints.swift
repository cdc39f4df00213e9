import Extension
import Standards
import Storage

/// Acting for another person, over HTTP. To act: `PUT me/acting` with the grant as `mandate`.
extension IdentityService {
    var helperEndpoints: [any Contribution] { [helpGiven, granting, codeMaking, accepting, revoking] }

    private var helpGiven: Endpoint {
        Endpoint(.get, "me/help", summary: "谁可以替我办、我可以替谁办", access: .personOrHelper) {
            (_: Nothing, call: Call) -> HelpOutput in
            HelpOutput(try await help(by: call.act))
        }
    }

    private var granting: Endpoint {
        Endpoint(
            .post, "me/helpers", summary: "授权一个人替我办事", access: .person, status: 201,
            problems: [IdentityError.Code.invalid.rawValue]
        ) { (input: GrantInput, call: Call) -> HelpOutput in
            try await call.commit(to: database, status: 201) { transaction in
                try grantHelp(
                    to: NamedHelper(name: input.name, idNumber: input.idNumber), input.offer.offer, by: call.act,
                    in: transaction)
                return HelpOutput(try help(by: call.act, in: transaction))
            }
        }
    }

    private var codeMaking: Endpoint {
        Endpoint(
            .post, "me/helper-codes", summary: "生成授权码：对方输入后就可以替我办事，24 小时有效，只能用一次", access: .person, status: 201,
            problems: [IdentityError.Code.invalid.rawValue]
        ) { (input: OfferInput, call: Call) -> HelperCodeOutput in
            // A code is told once, so the answer of a repeated request is not kept.
            let code = try await database.write { try makeHelperCode(input.offer, by: call.act, in: $0) }
            return HelperCodeOutput(code: code, expiresAt: call.act.now.adding(HelperCode.lifetime))
        }
    }

    private var accepting: Endpoint {
        Endpoint(
            .post, "me/help", summary: "输入授权码，替对方办事", access: .personAlone, status: 201,
            problems: [IdentityError.Code.helperCode.rawValue]
        ) { (input: HelperCodeInput, call: Call) -> HelpOutput in
            try await call.commit(to: database, status: 201) { transaction in
                try acceptHelperCode(input.code, by: call.act, in: transaction)
                return HelpOutput(try help(by: call.act, in: transaction))
            }
        }
    }

    private var revoking: Endpoint {
        Endpoint(
            .delete, "me/helpers/{id}", summary: "收回我给的授权，或者不再替对方办", access: .person,
            problems: [IdentityError.Code.mandateUnknown.rawValue]
        ) { (input: GrantReference, call: Call) -> HelpOutput in
            try await call.commit(to: database) { transaction in
                try revokeHelp(input.grant, by: call.act, in: transaction)
                return HelpOutput(try help(by: call.act, in: transaction))
            }
        }
    }
}

/// For what and how long.
struct OfferInput: SchemaType {
    var relation = HelperGrant.Relation.relative
    var scope: [String] = []
    var validUntil = LegalDay.first

    var offer: HelperOffer {
        var offer = HelperOffer()
        offer.relation = relation
        offer.scope = Set(scope)
        offer.validUntil = validUntil
        return offer
    }

    static let schema = Schema<Self> {
        Field("relation", \.relation, .choice, doc: "对方是我的什么人：relative 亲属，community 社区（村）工作人员，friend 朋友、邻居")
        Field("scope", \.scope, Format.list(of: .text(min: 1, max: 60), max: 50).withDefault, doc: "只能办哪些主题；不写就是全部")
        Field("valid_until", \.validUntil, .day, doc: "授权到哪一天为止，最长一年")
    }
}

/// Who may act, for what and how long.
struct GrantInput: SchemaType {
    var name = ""
    var idNumber = ""
    var offer = OfferInput()

    static let schema = Schema<Self> {
        Field("name", \.name, .text(min: 1, max: 64), doc: "对方的姓名")
        Field("id_number", \.idNumber, .text(min: 1, max: 40), doc: "对方的身份证号码")
        Field("offer", \.offer, .object, doc: "能办什么、到什么时候")
    }
}

/// A code that was read out.
struct HelperCodeInput: SchemaType {
    var code = ""

    static let schema = Schema<Self> { Field("code", \.code, .text(min: 1, max: 40), doc: "授权码") }
}

/// Which grant.
struct GrantReference: SchemaType {
    var grant = Identifier.none

    static let schema = Schema<Self> { Field("id", \.grant, .identifier, doc: "授权编号", in: .path) }
}

/// A code to read out.
struct HelperCodeOutput: SchemaType {
    var code = ""
    var expiresAt = Instant(milliseconds: 0)

    init() {}

    init(code: HelperCode, expiresAt: Instant) {
        self.code = code.shown
        self.expiresAt = expiresAt
    }

    static let schema = Schema<Self> {
        Field("code", \.code, .text(max: 20), doc: "授权码，只告诉您信得过的人")
        Field("expires_at", \.expiresAt, .instant, doc: "什么时候失效")
    }
}

/// Who helps whom.
struct HelpOutput: SchemaType {
    var helpers: [GrantOutput] = []
    var helped: [GrantOutput] = []

    init() {}

    init(_ help: HelpGiven) {
        helpers = help.helpers.map(GrantOutput.init)
        helped = help.helped.map(GrantOutput.init)
    }

    static let schema = Schema<Self> {
        Field("helpers", \.helpers, .list(of: .object), doc: "可以替我办事的人")
        Field("helped", \.helped, .list(of: .object), doc: "我可以替谁办事")
    }
}

/// A grant as the interface shows it.
struct GrantOutput: SchemaType {
    var id = Identifier.none
    var principal = ""
    var helper = ""
    var relation = HelperGrant.Relation.relative
    var basis = HelperGrant.Basis.online
    var scope: [String] = []
    var validUntil = LegalDay.first

    init() {}

    init(_ shown: ShownGrant) {
        id = shown.grant.id
        principal = shown.principal
        helper = shown.helper
        relation = shown.grant.relation
        basis = shown.grant.basis
        scope = shown.grant.scope.sorted()
        validUntil = shown.grant.validUntil
    }

    static let schema = Schema<Self> {
        Field("id", \.id, .identifier, doc: "授权编号")
        Field("principal", \.principal, .text(max: 64), doc: "委托的人")
        Field("helper", \.helper, .text(max: 64), doc: "代办的人")
        Field("relation", \.relation, .choice, doc: "代办的人是委托人的什么人")
        Field("basis", \.basis, .choice, doc: "怎么授权的：online 网上，code 授权码，window 窗口，proof 证照证明")
        Field("scope", \.scope, .list(of: .text(max: 60)), doc: "只能办的主题，空表示全部")
        Field("valid_until", \.validUntil, .day, doc: "到哪一天为止")
    }
}
