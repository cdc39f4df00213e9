public import PluginKit

/// An application across regions as a window or an applicant files it.
public struct FilingInput: SchemaType {
    /// One item, and by which agreement it goes where.
    public struct Part: SchemaType {
        public var partner = ""
        public var agreement = ""
        public var item = ""

        public init() {}

        public static let schema = Schema<Self> {
            Field("partner", \.partner, .text(min: 1, max: 20), doc: "办理地的代码")
            Field("agreement", \.agreement, .text(min: 1, max: 60), doc: "协议编号")
            Field("item", \.item, .text(min: 1, max: 40), doc: "事项代号")
        }
    }

    public var parts: [Part] = []
    public var name = ""
    public var idNumber = ""
    public var phone = ""
    public var note = ""
    public var originals = ""

    public init() {}

    public static let schema = Schema<Self> {
        Field("parts", \.parts, .list(of: .object, max: 10), doc: "办什么；多地联办时写多项")
        Field("name", \.name, .text(max: 60).withDefault, doc: "申请人姓名；本人网上办理时不用写")
        Field("id_number", \.idNumber, .text(max: 18).withDefault, doc: "申请人的公民身份号码；本人网上办理时不用写")
        Field("phone", \.phone, .text(max: 30).withDefault, doc: "联系电话")
        Field("note", \.note, .text(max: 2000, lines: true).withDefault, doc: "说明")
        Field("originals", \.originals, .text(max: 200).withDefault, doc: "窗口收取了哪些原件；没有就不写")
    }
}

extension CrossRegionService {
    /// Takes in an application: one case for each item, all under one number for the applicant.
    ///
    /// - Throws: `Problem` with every finding.
    func file(
        _ input: FilingInput, papers: [PaperFile], as profile: PersonProfile? = nil, by act: Act,
        in transaction: Transaction
    ) throws -> [CrossCase] {
        let isOnline = act.actor.kind == .person
        guard isOnline || act.actor.holds(Self.collect) else { throw Problem.forbidden }
        var input = input
        input.idNumber = input.idNumber.asCode.uppercased()
        if let profile {
            input.name = profile.name.text
            input.idNumber = profile.idNumber
        }
        let found = try check(input, papers, isOnline: isOnline, by: act, in: transaction)
        let bundle = act.identifier("bundle")
        let notes = papers.enumerated().map { $1.note(slot: "P\($0 + 1)") }
        let filingDivision = act.actor.post?.division ?? division
        return try found.enumerated().map { index, offer in
            let id = found.count == 1 ? bundle : act.identifier("case/\(index)")
            let others = found.enumerated().filter { $0.offset != index }
                .map { "\($0.element.partner.name)：\($0.element.item.title)" }
            let value = CrossCase(
                id: id, division: filingDivision, bundle: bundle, side: .collects, partner: offer.partner.code,
                agreement: offer.agreement.number, item: offer.item.item, title: offer.item.title,
                mode: offer.agreement.mode, scope: offer.partner.scope, days: offer.item.days, agency: "",
                person: isOnline ? act.actor.person?.text ?? "" : "", filedAt: act.now, state: .filed,
                document: CaseDocument(
                    name: input.name, idNumber: input.idNumber, phone: input.phone, note: input.note, papers: notes,
                    others: others), dueOn: nil, decidedAt: nil, visits: 1)
            try cases.insert(
                value,
                [
                    CaseFiled(
                        caseID: id, partner: value.partner, item: value.item, mode: value.mode.rawValue)
                ], by: act, in: transaction)
            try count(cases: 1, visits: 1, of: value, by: act, in: transaction)
            var body = ApplicationBody()
            body.bundle = bundle.text
            body.agreement = value.agreement
            body.mode = value.mode
            body.item = value.item
            body.filedAt = act.now
            body.name = input.name
            body.idNumber = input.idNumber
            body.phone = input.phone
            body.note = input.note
            body.papers = notes
            body.others = others
            try messages.write(.application(body), about: value, by: act, in: transaction)
            try send(papers, notes, about: value, by: act, in: transaction)
            if index == 0, !input.originals.isEmpty {
                return try move(
                    .originals, .collect, of: value, note: input.originals, courier: "", tracking: "", by: act,
                    in: transaction)
            }
            return value
        }
    }

    /// Keeps papers with a case and writes a message for each part.
    func send(
        _ papers: [PaperFile], _ notes: [PaperNote], about value: CrossCase, by act: Act, in transaction: Transaction
    ) throws {
        for (paper, note) in zip(papers, notes) {
            for (part, bytes) in paper.parts.enumerated() {
                try cases.keep(bytes, of: value.id.text, slot: note.slot, part: part, by: act, in: transaction)
                try messages.write(
                    .paper(PaperPart(slot: note.slot, part: part, bytes: bytes)), about: value, by: act,
                    in: transaction)
            }
        }
    }

    private struct Offer {
        let partner: Partner
        let agreement: Agreement
        let item: AgreementItem
    }

    private func check(
        _ input: FilingInput, _ papers: [PaperFile], isOnline: Bool, by act: Act, in snapshot: Snapshot
    ) throws -> [Offer] {
        var findings: [Finding] = []
        if input.name.isEmpty { findings.append(Finding("name", "field.required", "请填写申请人姓名。")) }
        do throws(StandardsError) {
            _ = try ResidentID(input.idNumber)
        } catch {
            findings.append(Finding("id_number", error.code.rawValue, error.message))
        }
        if papers.count > 30 { findings.append(Finding("papers", "paper.many", "一次最多 30 份材料。")) }
        for (index, paper) in papers.enumerated() { findings += paper.findings("papers[\(index)]") }
        if input.parts.isEmpty { findings.append(Finding("parts", "field.required", "请选择要办的事项。")) }
        if isOnline, !input.originals.isEmpty {
            findings.append(Finding("originals", "mode.originals", "网上办理不收原件。"))
        }
        var offers: [Offer] = []
        for (index, part) in input.parts.enumerated() {
            let place = "parts[\(index)]"
            let partner = try partners.partner(part.partner, in: snapshot)
            let agreement = try partners.agreement(part.agreement, with: part.partner, in: snapshot)
            guard let partner, partner.isTrusted(on: act.now.day), let agreement,
                agreement.isInForce(on: act.now.day), agreement.decider == .theirs,
                let item = agreement.items.first(where: { $0.item == part.item })
            else {
                findings.append(Finding(place, "agreement.none", "与这个地区没有现行有效、由对方办理这个事项的协议。"))
                continue
            }
            if agreement.mode == .online, !isOnline {
                findings.append(Finding(place, "mode.online", "“\(item.title)”按协议全程网办，请申请人登录后自己提交。"))
            }
            if agreement.mode == .collect, isOnline {
                findings.append(Finding(place, "mode.collect", "“\(item.title)”按协议由窗口代收，请到就近的政务服务大厅办理。"))
            }
            if (agreement.mode == .together) != (input.parts.count > 1) {
                findings.append(
                    Finding(
                        place, "mode.together",
                        agreement.mode == .together
                            ? "“\(item.title)”是多地联办事项，请把各地的事项一起提交。" : "“\(item.title)”不是多地联办事项，请单独提交。"))
            }
            offers.append(Offer(partner: partner, agreement: agreement, item: item))
        }
        if !findings.isEmpty { throw Problem.invalid(findings) }
        return offers
    }
}
