import Extension
import Standards
import Storage

/// Which order.
struct OrderInput: SchemaType {
    var id: Identifier?

    static let schema = Schema<Self> {
        Field("id", \.id, .optional(.identifier), doc: "缴费单编号", in: .path)
    }

    /// The identifier of the path, which the route always has.
    var identifier: Identifier {
        get throws {
            guard let id else { throw PaymentError.notFound }
            return id
        }
    }
}

/// Which order, by the link that somebody was sent.
struct LinkInput: SchemaType {
    var id: Identifier?
    var code = ""

    static let schema = Schema<Self> {
        Field("id", \.id, .optional(.identifier), doc: "缴费单编号", in: .path)
        Field("code", \.code, .text(max: 40), doc: "代付链接里的校验码", in: .path)
    }
}

/// On which channel to pay.
struct PayInput: SchemaType {
    var id: Identifier?
    var channel = ChannelID.wechat
    var form = PayForm.code
    var payer: String?

    static let schema = Schema<Self> {
        Field("id", \.id, .optional(.identifier), doc: "缴费单编号", in: .path)
        Field("channel", \.channel, .choice, doc: "付款渠道")
        Field("form", \.form, .choice.withDefault, doc: "付款方式：code 扫码、page 跳转、in-app 渠道应用内")
        Field("payer", \.payer, .optional(.text(max: 128)), doc: "渠道应用内付款时，付款人在商户下的标识（openid）")
    }
}

/// The same by a link.
struct LinkPayInput: SchemaType {
    var id: Identifier?
    var code = ""
    var channel = ChannelID.wechat
    var form = PayForm.code

    static let schema = Schema<Self> {
        Field("id", \.id, .optional(.identifier), doc: "缴费单编号", in: .path)
        Field("code", \.code, .text(max: 40), doc: "代付链接里的校验码", in: .path)
        Field("channel", \.channel, .choice, doc: "付款渠道")
        Field("form", \.form, .choice.withDefault, doc: "付款方式：code 扫码、page 跳转")
    }
}

/// Money at a window.
struct WindowInput: SchemaType {
    var id: Identifier?
    var channel = ChannelID.cash
    var slip: String?

    static let schema = Schema<Self> {
        Field("id", \.id, .optional(.identifier), doc: "缴费单编号", in: .path)
        Field("channel", \.channel, .choice, doc: "cash 现金或 card 银行卡")
        Field("slip", \.slip, .optional(.text(max: 40)), doc: "POS 签购单参考号")
    }
}

/// A refund that somebody asks for.
struct RefundInput: SchemaType {
    var id: Identifier?
    var amount = 0
    var ground = RefundGround.overcharged

    static let schema = Schema<Self> {
        Field("id", \.id, .optional(.identifier), doc: "缴费单编号", in: .path)
        Field("amount", \.amount, Format.integer(in: 1...100_000_000_000), doc: "退多少（分）")
        Field("ground", \.ground, .choice, doc: "事由：overcharged 多收退差、reduction 补办减免")
    }
}

/// What the second person says, or which refund is handed out.
struct JudgeInput: SchemaType {
    var id: Identifier?
    var refund: Identifier?
    var isApproved = true

    static let schema = Schema<Self> {
        Field("id", \.id, .optional(.identifier), doc: "缴费单编号", in: .path)
        Field("refund", \.refund, .optional(.identifier), doc: "退费编号", in: .path)
        Field("is_approved", \.isApproved, Format.flag.withDefault, doc: "是否同意")
    }
}

/// What was counted in a drawer.
struct CountInput: SchemaType {
    var counted = 0

    static let schema = Schema<Self> {
        Field("counted", \.counted, Format.integer(in: 0...100_000_000_000), doc: "清点的现金（分）")
    }
}

/// An order as the interface shows it.
struct OrderView: SchemaType {
    var id = ""
    var caseID = ""
    var item = ""
    var title = ""
    var due = 0
    var paid = 0
    var refunded = 0
    var state = OrderState.due
    var refunds: [RefundView] = []
    var payment: AttemptView?

    init() {}

    init(_ sight: PaymentSight) {
        id = sight.order.id.text
        caseID = sight.order.caseID.text
        item = sight.order.item
        title = sight.order.title
        due = Int(sight.order.due.fen)
        paid = Int(sight.order.paid.fen)
        refunded = Int(sight.order.refunded.fen)
        state = sight.order.state
        refunds = sight.refunds.map(RefundView.init)
        payment = (sight.attempts.first { $0.state == .paid } ?? sight.attempts.last { $0.state == .open })
            .map { AttemptView($0, isRehearsal: nil) }
    }

    static let schema = Schema<Self> {
        Field("id", \.id, .text(max: 26), doc: "缴费单编号")
        Field("case_id", \.caseID, .text(max: 26), doc: "办件的系统编号")
        Field("item", \.item, .text(max: 40), doc: "事项")
        Field("title", \.title, .text(max: 400), doc: "收费项目")
        Field("due", \.due, Format.integer(in: 0...100_000_000_000), doc: "应缴（分）")
        Field("paid", \.paid, Format.integer(in: 0...100_000_000_000), doc: "已缴（分）")
        Field("refunded", \.refunded, Format.integer(in: 0...100_000_000_000), doc: "已退（分）")
        Field("state", \.state, .choice, doc: "状态：due 待缴、paid 已缴、refunded 已退、cancelled 不用再缴")
        Field("refunds", \.refunds, .list(of: .object, max: 1000), doc: "退费")
        Field("payment", \.payment, .optional(.object), doc: "已付款或正在等待付款的一次尝试")
    }
}

/// A refund as the interface shows it.
struct RefundView: SchemaType {
    var id = ""
    var amount = 0
    var ground = RefundGround.surplus
    var state = RefundState.waiting

    init() {}

    init(_ refund: PaymentRefund) {
        id = refund.id.text
        amount = Int(refund.amount.fen)
        ground = refund.ground
        state = refund.state
    }

    static let schema = Schema<Self> {
        Field("id", \.id, .text(max: 26), doc: "退费编号")
        Field("amount", \.amount, Format.integer(in: 0...100_000_000_000), doc: "金额（分）")
        Field("ground", \.ground, .choice, doc: "事由")
        Field("state", \.state, .choice, doc: "状态")
    }
}

/// An attempt as the interface shows it.
struct AttemptView: SchemaType {
    var number = 0
    var channel = ChannelID.wechat
    var form = PayForm.code
    var state = AttemptState.opening
    var invitation: String?
    var expires = Instant(milliseconds: 0)
    var isRehearsal: Bool?

    init() {}

    init(_ attempt: PaymentAttempt, isRehearsal: Bool?) {
        number = attempt.position
        channel = attempt.channel
        form = attempt.form
        state = attempt.state
        invitation = attempt.isLive ? attempt.invitation : nil
        expires = attempt.expires
        self.isRehearsal = isRehearsal
    }

    static let schema = Schema<Self> {
        Field("number", \.number, Format.integer(in: 0...1_000_000), doc: "第几次")
        Field("channel", \.channel, .choice, doc: "渠道")
        Field("form", \.form, .choice, doc: "付款方式")
        Field("state", \.state, .choice, doc: "状态")
        Field("invitation", \.invitation, .optional(.text(max: 4000)), doc: "二维码的内容或付款页面的地址")
        Field("expires", \.expires, .instant, doc: "到什么时候为止可以付款")
        Field("is_rehearsal", \.isRehearsal, .optional(.flag), doc: "是否演练，没有真钱")
    }
}

/// A drawer as the interface shows it.
struct DrawerView: SchemaType {
    var id = ""
    var content = 0
    var counted: Int?

    init() {}

    init(_ drawer: Drawer, content: Money) {
        id = drawer.id.text
        self.content = Int((drawer.expected ?? content).fen)
        counted = drawer.counted.map { Int($0.fen) }
    }

    static let schema = Schema<Self> {
        Field("id", \.id, .text(max: 26), doc: "钱箱编号")
        Field("content", \.content, Format.integer(in: -100_000_000_000...100_000_000_000), doc: "账上应有（分）")
        Field("counted", \.counted, .optional(Format.integer(in: 0...100_000_000_000)), doc: "交班时清点（分）")
    }
}
