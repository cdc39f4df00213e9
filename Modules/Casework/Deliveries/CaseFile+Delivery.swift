import Catalogue
public import Extension
import Standards

/// What the applicant chooses.
public struct DeliveryChoice: SchemaType {
    public var way = ResultDelivery.Way.electronic
    public var name: String?
    public var phone: String?
    public var address: String?
    public var collectorName: String?
    public var collectorTail: String?
    public var collectorRelation: String?

    public init() {}

    public static let schema = Schema<Self>(fields: fields)

    static let fields: [Field<Self>] = [
        Field("way", \.way, .choice, doc: "结果怎样送达"),
        Field("name", \.name, .optional(.text(max: 40)), doc: "邮寄的收件人"),
        Field("phone", \.phone, .optional(.text(max: 20)), doc: "邮寄的收件人手机"),
        Field("address", \.address, .optional(.text(max: 200)), doc: "邮寄的地址"),
        Field("collector_name", \.collectorName, .optional(.text(max: 40)), doc: "代领人姓名；不写就只能本人领取"),
        Field("collector_tail", \.collectorTail, .optional(.text(max: 4)), doc: "代领人身份证号码后四位"),
        Field("collector_relation", \.collectorRelation, .optional(.text(max: 20)), doc: "代领人与申请人的关系"),
    ]

    /// The delivery that was chosen.
    ///
    /// - Throws: ``CaseworkError`` with all findings.
    func delivery(at now: Instant) throws -> ResultDelivery {
        var findings: [Finding] = []
        func text(_ value: String?, _ field: String, _ doc: String) -> String {
            let value = (value ?? "").withoutInvisibles.trimmed
            if value.isEmpty { findings.append(Finding(field, "field.required", "请填写\(doc)。")) }
            return value
        }
        var mail: ResultDelivery.MailAddress?
        var collector: ResultDelivery.Collector?
        if way == .post {
            let name = text(name, "name", "收件人姓名")
            let place = text(address, "address", "收件地址")
            do {
                let number = try MobileNumber(phone ?? "")
                mail = ResultDelivery.MailAddress(name: name, phone: number.text, address: place)
            } catch {
                findings.append(Finding("phone", error.code.rawValue, error.message))
            }
        }
        if way == .collect, [collectorName, collectorTail, collectorRelation].contains(where: { !($0 ?? "").isEmpty }) {
            let name = text(collectorName, "collector_name", "代领人姓名；不需要代领人的，请把这几项都清空")
            let relation = text(collectorRelation, "collector_relation", "代领人与您的关系")
            let tail = DeliveryChoice.tail(collectorTail ?? "")
            if tail == nil {
                findings.append(Finding("collector_tail", "field.format", "请填写代领人身份证号码的后四位，例如 123X。"))
            }
            collector = ResultDelivery.Collector(name: name, numberTail: tail ?? "", relation: relation)
        }
        if !findings.isEmpty { throw CaseworkError.invalid(findings) }
        return ResultDelivery(way: way, address: mail, collector: collector, chosenAt: now)
    }

    /// The last four characters of an identity number; nil for anything else.
    static func tail(_ text: String) -> String? {
        let tail = text.filter { !$0.isWhitespace }.uppercased()
        let isDigits = tail.dropLast().utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        let last = tail.utf8.last
        let ends =
            last == UInt8(ascii: "X") || last.map { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } == true
        return tail.utf8.count == 4 && isDigits && ends ? tail : nil
    }
}

extension ResultDelivery {
    init(way: Way, address: MailAddress? = nil, collector: Collector? = nil, chosenAt: Instant?) {
        self.init(
            way: way, address: address, collector: collector, chosenAt: chosenAt, handover: nil, posting: nil,
            arrived: nil)
    }
}

extension CaseFile {
    /// Whether the applicant may still say how the results reach it.
    public var takesDeliveryChoice: Bool {
        switch state {
        case .draft, .submitted, .correction, .accepted, .inProgress, .suspended: true
        case .completed: delivery.map { $0.posting == nil && $0.handover == nil } ?? true
        case .refused, .withdrawn, .terminated, .notAccepted: false
        }
    }

    /// Records what the applicant chose; it may choose otherwise until the results have left.
    mutating func choose(_ choice: DeliveryChoice, in context: CaseContext) throws {
        guard takesDeliveryChoice else { throw CaseworkError.wrongState(self, "改变结果的送达方式") }
        let chosen = try choice.delivery(at: context.act.now)
        if let delivery, delivery.way == chosen.way, delivery.address == chosen.address,
            delivery.collector == chosen.collector, delivery.chosenAt != nil
        {
            return
        }
        delivery = chosen
        note(CaseDeliveryChosen(division: division, caseID: id, way: chosen.way))
    }

    /// The way of results for which nobody chose one: what is issued here lies in the wallet; what another system issues
    /// is handed out with the rest at the window (统一出件).
    mutating func settleDelivery(in context: CaseContext) {
        if delivery != nil { return }
        let granted = items.filter { $0.decision?.outcome == .granted }.map(\.id)
        let isAllHere = granted.compactMap { context.planned($0) }.flatMap(\.item.results)
            .allSatisfy { $0.issuer == .here }
        delivery = ResultDelivery(way: isAllHere ? .electronic : .collect, chosenAt: nil)
    }

    private func leaving(_ way: ResultDelivery.Way, _ wanted: String) throws -> ResultDelivery {
        guard state == .completed, let delivery else { throw CaseworkError.wrongState(self, wanted) }
        guard delivery.way == way else {
            throw CaseworkError(
                .wrongState, "送达方式不同", "申请人选择的是“\(delivery.way.chinese)”，不能\(wanted)。要改的，请申请人登录修改，或在窗口为其修改。")
        }
        return delivery
    }

    /// Hands the results over at a window. Only the applicant, who acts for it, or whom it named may collect.
    mutating func handOver(
        to recipient: String, tail: String, relation: String, signature: GivenSignature?,
        in context: CaseContext
    ) throws {
        let delivery = try leaving(.collect, "登记领取")
        if delivery.handover != nil {
            throw CaseworkError(.alreadyServed, "已经领取", "这件事的结果已经领取，不用再登记。")
        }
        var findings: [Finding] = []
        let shown = DeliveryChoice.tail(tail)
        if recipient.isEmpty { findings.append(Finding("recipient", "field.required", "请填写领取人的姓名。")) }
        if shown == nil { findings.append(Finding("tail", "field.format", "请填写领取人身份证号码的后四位，例如 123X。")) }
        if signature == nil { findings.append(Finding("signature", "field.required", "请选择领取人怎样签名。")) }
        if let finding = signature?.finding { findings.append(finding) }
        let isSelf = relation.isEmpty || relation == "本人"
        let names = applicantNames(in: context)
        if let shown, !recipient.isEmpty {
            let isApplicant =
                isSelf && names.contains { StatedName($0) == StatedName(recipient) }
                && applicantNumbers?.first.map { $0.hasSuffix(shown) } == true
            let isCollector =
                delivery.collector.map {
                    StatedName($0.name) == StatedName(recipient) && $0.numberTail == shown && $0.relation == relation
                } ?? false
            if !isApplicant && !isCollector {
                findings.append(
                    Finding(
                        "recipient", "delivery.not_entitled",
                        isSelf
                            ? "姓名或身份证号码后四位与申请人不一致，请核对证件。"
                            : "申请人没有指定这个人代领，或者姓名、身份证号码后四位、关系与指定的不一致。请申请人登录指定代领人，或者本人来领。"))
            }
        }
        if !findings.isEmpty { throw CaseworkError.invalid(findings) }
        guard let shown, let signature else { return }
        self.delivery?.handover = ResultDelivery.Handover(
            recipient: recipient, numberTail: shown, relation: isSelf ? "本人" : relation, signature: signature.kind,
            picture: signature.picture?.reference, by: context.act.actor.account, at: context.act.now)
        note(
            CaseResultsHandedOver(division: division, caseID: id, isApplicant: isSelf, signature: signature.kind))
    }

    /// The names under which the applicant, or who acts for it, may collect.
    private func applicantNames(in context: CaseContext) -> [String] {
        context.theme.form.flatMap(\.fields).filter { $0.prefill == PrefillKey.applicantName.rawValue }
            .compactMap { form[$0.id] }
    }

    /// Records that the results were put into the post.
    mutating func post(courier: String, tracking: String, in context: CaseContext) throws {
        let delivery = try leaving(.post, "登记寄出")
        if delivery.posting != nil { throw CaseworkError(.alreadyServed, "已经寄出", "这件事的结果已经登记寄出，不用再登记。") }
        var findings: [Finding] = []
        if courier.isEmpty { findings.append(Finding("courier", "field.required", "请填写寄递单位，例如 EMS。")) }
        if let finding = Finding.tracking(tracking) { findings.append(finding) }
        if !findings.isEmpty { throw CaseworkError.invalid(findings) }
        self.delivery?.posting = ResultDelivery.Posting(
            courier: courier, tracking: tracking, by: context.act.actor.account, at: context.act.now)
        note(CaseResultsPosted(division: division, caseID: id))
    }

    /// Records what became of the parcel: the day on which it arrived, or nil when it came back.
    mutating func endPosting(arrived day: LegalDay?, in context: CaseContext) throws {
        let delivery = try leaving(.post, "登记签收或退回")
        guard let posting = delivery.posting, delivery.arrived == nil else {
            throw CaseworkError(.wrongState, "没有在途的邮件", "这件事的结果没有寄出，或者已经签收。请刷新页面，查看最新情况。")
        }
        guard let day else {
            self.delivery?.posting = nil
            note(CaseResultsReturned(division: division, caseID: id))
            return
        }
        if day < posting.at.day || day > context.act.now.day {
            throw CaseworkError.invalid([
                Finding("day", "field.day", "签收日期应在寄出之日（\(posting.at.day.chineseDate)）到今天之间，请核对。")
            ])
        }
        self.delivery?.arrived = day
        note(CaseResultsArrived(division: division, caseID: id, day: day.text))
    }
}
