import PluginKit

/// Where partners' deployments call; each letter proves its sender by itself.
struct WireEndpoints {
    let service: CrossRegionService

    var all: [any Contribution] {
        [
            Endpoint(notification: "messages", summary: "合作地区送来的报文，凭签名；答签名的回执") {
                [service] (_: Nothing, message, call) in
                try await service.receive(message.body, by: call.act)
            },
            Endpoint(notification: "comparisons", summary: "合作地区来对账，凭签名") { [service] (_: Nothing, message, call) in
                try await service.answer(comparison: message.body, by: call.act)
            },
            Endpoint(.get, "card", summary: "本部署的名片：合作地区用它的公钥核对签名、加密报文", access: .anyone) {
                [service] (_: Nothing, call) in
                try await service.card(by: call.act)
            },
        ]
    }
}

/// What partners register of this deployment (名片).
struct CardView: SchemaType {
    var code = ""
    var name = ""
    var signing = ""
    var reading = ""
    var fingerprint = ""
    var lowest = 1
    var highest = 1

    static let schema = Schema<Self> {
        Field("code", \.code, .text(max: 20), doc: "代码")
        Field("name", \.name, .text(max: 200), doc: "名称")
        Field("signing", \.signing, .text(max: 1000, lines: true), doc: "签名公钥（PEM）")
        Field("reading", \.reading, .text(max: 1000, lines: true), doc: "加密公钥（PEM）")
        Field("fingerprint", \.fingerprint, .text(max: 60), doc: "指纹，登记前请打电话核对")
        Field("lowest", \.lowest, .integer(in: 0...1_000_000), doc: "支持的最低报文版本")
        Field("highest", \.highest, .integer(in: 0...1_000_000), doc: "支持的最高报文版本")
    }
}

extension CrossRegionService {
    func card(by act: Act) async throws -> CardView {
        let card = try await ownKeys.keys(by: act).card
        var view = CardView()
        view.code = ownCode
        view.name = ownName
        view.signing = card.signing
        view.reading = card.reading
        view.fingerprint = card.fingerprint
        view.lowest = versions.lowerBound
        view.highest = versions.upperBound
        return view
    }

    /// Whether partners are reached and say what they may.
    var health: HealthCheck {
        HealthCheck("partners", title: "跨域通办往来") { act in
            let (waiting, errs) = try await database.read { snapshot in
                (
                    try messages.open(before: act.now.adding(.seconds(-3600)), limit: 1000, in: snapshot),
                    try incidents.list(since: act.now.day.adding(days: -1), limit: 100, in: snapshot)
                )
            }
            if !waiting.isEmpty {
                let partners = Set(waiting.map(\.partner)).sorted().joined(separator: "、")
                return .warning(
                    "有 \(waiting.count) 份报文一小时还没有送到：\(partners)",
                    remedy: "请联系对方的系统管理员，恢复后执行 yiciban cross-region resend。")
            }
            if let first = errs.first {
                return .warning(
                    "两天内有 \(errs.count) 种往来异常，最近一次来自 \(first.partner)：\(first.detail)",
                    remedy: "请用 yiciban cross-region incidents 查看，并和对方核对。")
            }
            return .sound("没有积压和异常")
        }
    }
}
