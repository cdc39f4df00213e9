import PluginKit

/// A query to another department, as callers send it.
struct QueryInput: SchemaType {
    var caseNumber = ""
    var role = MaterialSlot.Source.applicant
    var proof = ""
    var purpose = ""
    var ground: ProofRequest.Ground?
    var legalBasis: String?
    var readableUntil: LegalDay?

    static let schema = Schema<Self> {
        Field("case_number", \.caseNumber, .text(min: 1, max: 60), doc: "办件编号")
        Field("role", \.role, .text(min: 1, max: 60).withDefault, doc: "核验谁：applicant 是申请人，其他当事人写主题里的代号")
        Field("proof", \.proof, .text(min: 1, max: 40), doc: "证明的编码")
        Field("purpose", \.purpose, .text(max: 200).withDefault, doc: "用来办什么")
        Field("ground", \.ground, .optional(.choice), doc: "依据：本人同意或法定职权")
        Field("legal_basis", \.legalBasis, .optional(.text(max: 300)), doc: "法定职权的依据")
        Field("readable_until", \.readableUntil, .optional(.day), doc: "凭本人同意的，答复看到哪天为止")
    }
}

/// An application for a proof, as callers send it.
struct ApplicationInput: SchemaType {
    /// How the person asks; at a window that is known.
    enum Channel: String, Sendable, CaseIterable {
        case online = "网上"
        case phone = "掌上"
    }

    var proof = ""
    var purpose = ""
    var channel = Channel.online

    static let schema = Schema<Self> {
        Field("proof", \.proof, .text(min: 1, max: 40), doc: "证明的编码")
        Field("purpose", \.purpose, .text(max: 200).withDefault, doc: "开了用来办什么")
        Field("channel", \.channel, .choice.withDefault, doc: "从哪里申请：网页写网上，手机应用和小程序写掌上；窗口代办的自动记为线下")
    }
}

struct ConsentInput: SchemaType {
    var id = ""
    var agrees = false
    static let schema = Schema<Self> {
        Field("id", \.id, .text(min: 1, max: 40), doc: "申请的标识", in: .path)
        Field("agrees", \.agrees, .flag, doc: "同意还是不同意")
    }
}

struct AnswerInput: SchemaType {
    var id = ""
    var answer: ProofRequest.Answer?
    var note: String?
    static let schema = Schema<Self> {
        Field("id", \.id, .text(min: 1, max: 40), doc: "申请的标识", in: .path)
        Field("answer", \.answer, .optional(.choice), doc: "答复：符合、不符合或查无")
        Field("note", \.note, .optional(.text(max: 500, lines: true)), doc: "说明；不符合和查无的必须写")
    }
}

struct RequestID: SchemaType {
    var id = ""
    static let schema = Schema<Self> { Field("id", \.id, .text(min: 1, max: 40), doc: "申请的标识", in: .path) }
}

struct RequestQuestion: SchemaType {
    var box = ProofDesk.Box.incoming
    var state: ProofRequest.State?
    var after: String?
    var limit = 20
    static let schema = Schema<Self> {
        Field("box", \.box, .choice.withDefault, doc: "incoming 是要本单位答复的，outgoing 是本单位发起的", in: .query)
        Field("state", \.state, .optional(.choice), doc: "进展；不写为全部", in: .query)
        Field("after", \.after, .optional(.text(max: 40)), doc: "下一页的起点", in: .query)
        Field("limit", \.limit, .integer(in: 1...100).withDefault, doc: "一页几条", in: .query)
    }
}

struct MyQuestion: SchemaType {
    var after: String?
    var limit = 20
    static let schema = Schema<Self> {
        Field("after", \.after, .optional(.text(max: 40)), doc: "下一页的起点", in: .query)
        Field("limit", \.limit, .integer(in: 1...100).withDefault, doc: "一页几条", in: .query)
    }
}

/// A request as one reader may see it.
struct RequestView: SchemaType {
    /// Who reads it.
    enum Reader {
        /// Who answers: the whole.
        case answerer
        /// Who asked: the person masked, and the answer as long as it may be read.
        case asker
        /// The person itself.
        case person
        /// Who watches all: nothing personal.
        case watcher
    }

    var id = ""
    var way = ProofRequest.Way.query
    var proof = ""
    var title = ""
    var asker: String?
    var answerer = ""
    var ground = ProofRequest.Ground.consent
    var legalBasis: String?
    var state = ProofRequest.State.open
    var isOverdue = false
    var askedAt = Instant(milliseconds: 0)
    var due: LegalDay?
    var readableUntil: LegalDay?
    var name: String?
    var idNumber: String?
    var purpose: String?
    var caseNumber: String?
    var answeredAt: Instant?
    var answer: ProofRequest.Answer?
    var note: String?
    var licence: String?

    init() {}

    init(
        _ request: ProofRequest, title: String, _ places: OrganisationSnapshot, for reader: Reader, on day: LegalDay
    ) {
        func office(_ id: Identifier) -> String { places.agencies[id]?.name(on: day) ?? id.text }
        id = request.id.text
        way = request.way
        proof = request.proof
        self.title = title
        asker = request.asker.map(office)
        answerer = office(request.answerer)
        ground = request.ground
        state = request.state
        isOverdue = request.isOverdue(on: day)
        askedAt = request.askedAt
        due = request.due
        readableUntil = request.readableUntil
        answeredAt = request.answeredAt
        if reader == .watcher { return }
        let content = request.content
        legalBasis = content.legalBasis.isEmpty ? nil : content.legalBasis
        purpose = content.purpose
        caseNumber = content.caseNumber.isEmpty ? nil : content.caseNumber
        let isMasked = reader == .asker
        name = isMasked ? (try? PersonName(content.name).masked) ?? "*" : content.name
        idNumber =
            isMasked || reader == .person
            ? (try? ResidentID(exactly: content.idNumber).masked) ?? "****" : content.idNumber
        // What the person took back, the asker reads no more; the person and who answered do.
        guard reader != .asker || request.isReadable(on: day) else { return }
        answer = request.answer
        note = content.note.isEmpty ? nil : content.note
        licence = reader == .person ? request.licence?.text : nil
    }

    static let schema = Schema<Self>(fields: matter + personal)

    private static let matter: [Field<Self>] = [
        Field("id", \.id, .text(max: 40), doc: "标识"),
        Field("way", \.way, .choice, doc: "怎样来的：query 是部门核验，online、phone、window 是本人从网上、掌上、窗口申请"),
        Field("proof", \.proof, .text(max: 40), doc: "证明的编码"),
        Field("title", \.title, .text(max: 200), doc: "证明的名称"),
        Field("asker", \.asker, .optional(.text(max: 100)), doc: "哪个单位发起的；本人申请的没有"),
        Field("answerer", \.answerer, .text(max: 100), doc: "哪个单位答复"),
        Field("ground", \.ground, .choice, doc: "依据"),
        Field("legal_basis", \.legalBasis, .optional(.text(max: 300)), doc: "法定职权的依据"),
        Field("state", \.state, .choice, doc: "进展"),
        Field("is_overdue", \.isOverdue, .flag, doc: "是否已经超过答复期限"),
        Field("asked_at", \.askedAt, .instant, doc: "发起的时间"),
        Field("due", \.due, .optional(.day), doc: "最晚哪天答复"),
        Field("readable_until", \.readableUntil, .optional(.day), doc: "发起单位看到哪天为止"),
    ]

    private static let personal: [Field<Self>] = [
        Field("name", \.name, .optional(.text(max: 120)), doc: "关于谁"),
        Field("id_number", \.idNumber, .optional(.text(max: 40)), doc: "身份证号码"),
        Field("purpose", \.purpose, .optional(.text(max: 200)), doc: "用途"),
        Field("case_number", \.caseNumber, .optional(.text(max: 60)), doc: "办件编号"),
        Field("answered_at", \.answeredAt, .optional(.instant), doc: "答复的时间"),
        Field("answer", \.answer, .optional(.choice), doc: "答复"),
        Field("note", \.note, .optional(.text(max: 500, lines: true)), doc: "说明"),
        Field("licence", \.licence, .optional(.text(max: 40)), doc: "开具的电子证明在证照里的标识"),
    ]
}

extension ProofDesk {
    /// Requests as one kind of reader sees them.
    func views(
        _ requests: [ProofRequest], for reader: RequestView.Reader, on day: LegalDay, in snapshot: Snapshot
    ) throws -> [RequestView] {
        let places = try organisation.snapshot(in: snapshot)
        var titles: [String: String] = [:]
        for code in Set(requests.map(\.proof)) { titles[code] = try? register.proof(code, in: snapshot).title }
        return requests.map { request in
            RequestView(request, title: titles[request.proof] ?? request.proof, places, for: reader, on: day)
        }
    }

    /// The kind of reader that a member of staff is.
    func reader(of request: ProofRequest, _ act: Act) -> RequestView.Reader {
        request.answerer == act.actor.post?.agency ? .answerer : .asker
    }
}
