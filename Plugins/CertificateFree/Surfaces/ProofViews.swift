import PluginKit

/// A proof of the list, as callers read it.
struct ProofView: SchemaType {
    var code = ""
    var title = ""
    var aliases: [String] = []
    var askedBy = ""
    var issuer = ""
    var basis = ""
    var state = ProofKind.State.kept
    var replacement = ""
    var channels: [ProofKind.Channel] = []

    init() {}

    init(_ proof: ProofKind) {
        code = proof.code
        title = proof.title
        aliases = proof.aliases
        askedBy = proof.askedBy
        issuer = proof.issuer
        basis = proof.basis
        state = proof.state
        replacement = proof.replacement
        channels = ProofKind.Channel.allCases.filter(proof.channels.contains)
    }

    static let schema = Schema<Self> {
        Field("code", \.code, .text(max: 40), doc: "编码")
        Field("title", \.title, .text(max: 200), doc: "名称")
        Field("aliases", \.aliases, .list(of: .text(max: 500)), doc: "别名")
        Field("asked_by", \.askedBy, .text(max: 300), doc: "索要单位")
        Field("issuer", \.issuer, .text(max: 40), doc: "开具部门")
        Field("basis", \.basis, .text(max: 500), doc: "依据")
        Field("state", \.state, .choice, doc: "状态")
        Field("replacement", \.replacement, .text(max: 500), doc: "怎样替代")
        Field("channels", \.channels, .list(of: .choice, max: 3), doc: "开具渠道")
    }
}

/// Which proofs are wanted.
struct ProofQuestion: SchemaType {
    var text: String?
    var state: ProofKind.State?
    var after: String?
    var limit = 20

    static let schema = Schema<Self> {
        Field("text", \.text, .optional(.text(max: 60)), doc: "名称、别名、编码或部门里的文字", in: .query)
        Field("state", \.state, .optional(.choice), doc: "状态；不写为全部", in: .query)
        Field("after", \.after, .optional(.text(max: 40)), doc: "下一页的起点", in: .query)
        Field("limit", \.limit, .integer(in: 1...100).withDefault, doc: "一页几条", in: .query)
    }
}

/// A proof by its code.
struct ProofCode: SchemaType {
    var code = ""
    static let schema = Schema<Self> { Field("code", \.code, .text(min: 1, max: 40), doc: "证明的编码", in: .path) }
}

/// What a reporter tells of an office that still asks for a proof.
struct ProofReportInput: SchemaType {
    var code = ""
    var organ = ""
    var text = ""
    var contact: String?

    static let schema = Schema<Self> {
        Field("code", \.code, .text(min: 1, max: 40), doc: "证明的编码", in: .path)
        Field("organ", \.organ, .text(min: 2, max: 100), doc: "哪个单位要求的")
        Field("text", \.text, .text(min: 10, max: 2000, lines: true), doc: "办什么事、什么时候、在哪里要求的")
        Field("contact", \.contact, .optional(.text(max: 100)), doc: "联系方式；不想留的不写")
    }

    var report: HiddenApprovalInput {
        var input = HiddenApprovalInput()
        input.organ = organ
        input.text = text
        input.contact = contact
        return input
    }
}

/// A place where a proof is still asked for.
struct DemandView: SchemaType {
    var place = ""
    var material = ""
    var proof = ""
    var message = ""

    init() {}

    init(_ demand: ProofDemand) {
        place = demand.place.chinese
        material = demand.material
        proof = demand.proof.code
        message = demand.message
    }

    static let schema = Schema<Self> {
        Field("place", \.place, .text(max: 400), doc: "哪里")
        Field("material", \.material, .text(max: 200), doc: "哪一项材料")
        Field("proof", \.proof, .text(max: 40), doc: "证明的编码")
        Field("message", \.message, .text(max: 2000), doc: "说明和改正办法")
    }
}

struct DemandList: SchemaType {
    var demands: [DemandView] = []
    static let schema = Schema<Self> {
        Field("demands", \.demands, .list(of: .object, max: 100_000), doc: "还在索要的地方")
    }
}
