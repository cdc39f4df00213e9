import Extension
import Standards
import Storage

extension CaseworkService {
    /// How results reach the applicant.
    var deliveryEndpoints: [any Contribution] {
        let problems = ["casework.wrong_state", "casework.stale_version", "casework.not_found"]
        return [
            Endpoint(
                .put, "cases/{id}/delivery", summary: "选择结果怎样送达：电子、窗口领取或邮寄", access: .personOrHelper, problems: problems
            ) { (input: DeliveryChoiceInput, call) in
                try await call.commit(to: database) { transaction in
                    try view(
                        try chooseDelivery(
                            input.id, input.choice, expected: call.expectedVersion, by: call.act, in: transaction),
                        call.act, transaction)
                }
            },
            Endpoint(.get, "result-deliveries", summary: "等待领取或寄出的结果，先产生的在前", access: .staff(.acceptCases)) {
                (input: ResultDeliveryListInput, call) in
                try await deliveries(
                    input.way, input.state, after: input.after, limit: input.limit, by: call.act)
            },
            Endpoint(
                .post, "cases/{id}/handover", summary: "登记结果在窗口领取", access: .staff(.acceptCases), problems: problems
            ) { (input: HandoverInput, call) in
                let signature = try signature(input.signature, picture: input.signaturePicture, by: call.act)
                return try await call.commit(to: database) { transaction in
                    try view(
                        try handOver(
                            input.id, to: input.recipient, tail: input.tail, relation: input.relation,
                            signature: signature, expected: call.expectedVersion, by: call.act, in: transaction),
                        call.act, transaction)
                }
            },
            Endpoint(
                .post, "cases/{id}/posting", summary: "登记结果已寄出", access: .staff(.acceptCases), problems: problems
            ) { (input: ResultPostingInput, call) in
                try await call.commit(to: database) { transaction in
                    try view(
                        try postResults(
                            input.id, courier: input.courier, tracking: input.tracking, expected: call.expectedVersion,
                            by: call.act, in: transaction), call.act, transaction)
                }
            },
            Endpoint(
                .post, "cases/{id}/arrival", summary: "登记寄出的结果已签收；不写日期就是被退回", access: .staff(.acceptCases),
                problems: problems
            ) { (input: ArrivalInput, call) in
                try await call.commit(to: database) { transaction in
                    try view(
                        try endPosting(
                            input.id, arrived: input.day, expected: call.expectedVersion, by: call.act,
                            in: transaction), call.act, transaction)
                }
            },
        ]
    }
}

struct DeliveryChoiceInput: SchemaType {
    var id = Identifier.none
    var way = ResultDelivery.Way.electronic
    var name: String?
    var phone: String?
    var address: String?
    var collectorName: String?
    var collectorTail: String?
    var collectorRelation: String?

    static let schema = Schema<Self> {
        Field("id", \.id, .identifier, doc: "系统编号", in: .path)
        Field("way", \.way, .choice, doc: "结果怎样送达")
        Field("name", \.name, .optional(.text(max: 40)), doc: "邮寄的收件人")
        Field("phone", \.phone, .optional(.text(max: 20)), doc: "邮寄的收件人手机")
        Field("address", \.address, .optional(.text(max: 200)), doc: "邮寄的地址")
        Field("collector_name", \.collectorName, .optional(.text(max: 40)), doc: "代领人姓名；不写就只能本人领取")
        Field("collector_tail", \.collectorTail, .optional(.text(max: 4)), doc: "代领人身份证号码后四位")
        Field("collector_relation", \.collectorRelation, .optional(.text(max: 20)), doc: "代领人与申请人的关系")
    }

    var choice: DeliveryChoice {
        var choice = DeliveryChoice()
        choice.way = way
        choice.name = name
        choice.phone = phone
        choice.address = address
        choice.collectorName = collectorName
        choice.collectorTail = collectorTail
        choice.collectorRelation = collectorRelation
        return choice
    }
}

struct ResultDeliveryListInput: SchemaType {
    var way = ResultDelivery.Way.collect
    var state = ResultDelivery.State.ready
    var after: String?
    var limit = 20
    static let schema = Schema<Self> {
        Field("way", \.way, Format<ResultDelivery.Way>.choice.withDefault, doc: "送达方式", in: .query)
        Field("state", \.state, Format<ResultDelivery.State>.choice.withDefault, doc: "到哪一步", in: .query)
        Field("after", \.after, .optional(.text(max: 60)), doc: "上一页给出的 next", in: .query)
        Field("limit", \.limit, .integer(in: 1...100).withDefault, doc: "一页几条", in: .query)
    }
}

struct HandoverInput: SchemaType {
    var id = Identifier.none
    var recipient = ""
    var tail = ""
    var relation = "本人"
    var signature: ApplicantSignature.Kind?
    var signaturePicture: String?
    static let schema = Schema<Self> {
        Field("id", \.id, .identifier, doc: "系统编号", in: .path)
        Field("recipient", \.recipient, .text(min: 1, max: 40), doc: "领取人姓名")
        Field("tail", \.tail, .text(min: 4, max: 4), doc: "领取人身份证号码后四位")
        Field("relation", \.relation, .text(max: 20).withDefault, doc: "与申请人的关系；本人领取写 本人")
        Field("signature", \.signature, .optional(.choice), doc: "怎样签名")
        Field(
            "signature_picture", \.signaturePicture, SignaturePicture.format,
            doc: "在签字板上签名时：签名图片（PNG 或 JPEG，不超过 512 KB）的 Base64")
    }
}

struct ResultPostingInput: SchemaType {
    var id = Identifier.none
    var courier = ""
    var tracking = ""
    static let schema = Schema<Self> {
        Field("id", \.id, .identifier, doc: "系统编号", in: .path)
        Field("courier", \.courier, .text(min: 1, max: 40), doc: "寄递单位")
        Field("tracking", \.tracking, .text(min: 1, max: 60), doc: "邮件号码")
    }
}

struct ArrivalInput: SchemaType {
    var id = Identifier.none
    var day: LegalDay?
    static let schema = Schema<Self> {
        Field("id", \.id, .identifier, doc: "系统编号", in: .path)
        Field("day", \.day, .optional(.day), doc: "签收日期；不写就是被退回")
    }
}
