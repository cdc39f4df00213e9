public import Extension
public import Standards

/// How the results of a case reach the applicant, as the interface gives it.
public struct ResultDeliveryView: SchemaType {
    public var way = ResultDelivery.Way.electronic
    public var wayText = ""
    public var state = ResultDelivery.State.ready
    public var stateText = ""
    public var isChosen = false
    public var name: String?
    public var phone: String?
    public var address: String?
    public var collector: String?
    public var collectorRelation: String?
    public var courier: String?
    public var tracking: String?
    public var postedAt: Instant?
    public var arrivedOn: LegalDay?
    public var collectedBy: String?
    public var collectedAt: Instant?

    public init() {}

    init(_ delivery: ResultDelivery) {
        way = delivery.way
        wayText = delivery.way.chinese
        state = delivery.state
        stateText = delivery.state.chinese
        isChosen = delivery.chosenAt != nil
        name = delivery.address?.name
        phone = delivery.address?.phone
        address = delivery.address?.address
        collector = delivery.collector?.name
        collectorRelation = delivery.collector?.relation
        courier = delivery.posting?.courier
        tracking = delivery.posting?.tracking
        postedAt = delivery.posting?.at
        arrivedOn = delivery.arrived
        collectedBy = delivery.handover.map { "\($0.recipient)（\($0.relation)）" }
        collectedAt = delivery.handover?.at
    }

    public static let schema = Schema<Self>(fields: chosen + progress)

    private static let chosen: [Field<Self>] = [
        Field("way", \.way, .choice, doc: "结果怎样送达"),
        Field("way_text", \.wayText, .text(max: 20), doc: "送达方式的名称"),
        Field("state", \.state, .choice, doc: "到哪一步"),
        Field("state_text", \.stateText, .text(max: 20), doc: "到哪一步的名称"),
        Field("is_chosen", \.isChosen, .flag, doc: "是不是申请人自己选的"),
        Field("name", \.name, .optional(.text(max: 40)), doc: "邮寄的收件人"),
        Field("phone", \.phone, .optional(.text(max: 20)), doc: "邮寄的收件人手机"),
        Field("address", \.address, .optional(.text(max: 200)), doc: "邮寄的地址"),
        Field("collector", \.collector, .optional(.text(max: 40)), doc: "代领人"),
        Field("collector_relation", \.collectorRelation, .optional(.text(max: 20)), doc: "代领人与申请人的关系"),
    ]

    private static let progress: [Field<Self>] = [
        Field("courier", \.courier, .optional(.text(max: 40)), doc: "寄递单位"),
        Field("tracking", \.tracking, .optional(.text(max: 60)), doc: "邮件号码"),
        Field("posted_at", \.postedAt, .optional(.instant), doc: "寄出时间"),
        Field("arrived_on", \.arrivedOn, .optional(.day), doc: "签收日期"),
        Field("collected_by", \.collectedBy, .optional(.text(max: 80)), doc: "领取人"),
        Field("collected_at", \.collectedAt, .optional(.instant), doc: "领取时间"),
    ]
}
