import Extension
import Standards

/// The page on which whoever rehearses plays the payer, and the same for scripts.
struct SandboxCashier {
    let gateway: SandboxGateway
    let now: Instant

    func answer(_ request: GatewayRequest) -> GatewayReply {
        let path = String(request.target.prefix { $0 != "?" })
        if path == "/control/pay" { return control(request) }
        let code = String(path.dropFirst("/cashier/".count))
        let found = gateway.withState { state in state.numbers[code].flatMap { state.trades[$0] } }
        guard let trade = found else { return page(404, "没有这笔付款", "请从缴费页面重新打开二维码。") }
        if request.method == "POST" {
            return gateway.pay(code, at: now)
                ? page(200, "付款成功（演练）", "已付 \(trade.amount.chinese)，没有真钱。请回到缴费页面看结果。")
                : page(409, "付不了", "这笔付款已经付过、关闭或者过期。")
        }
        let state = trade.paid != nil ? "已付款" : trade.isOpen(at: now) ? "等待付款" : "已关闭"
        let button =
            trade.isOpen(at: now)
            ? "<form method=\"post\" action=\"/cashier/\(code)\"><button>付 \(trade.amount.chinese)</button></form>" : ""
        return page(
            200, "演练收银台", "\(Self.escaped(trade.title))　\(trade.amount.chinese)　\(state)\(button)", isHTML: true)
    }

    private func control(_ request: GatewayRequest) -> GatewayReply {
        let code = GatewayText.form(String(decoding: request.body, as: UTF8.self))?["code"] ?? ""
        let isPaid = gateway.pay(code, at: now)
        return GatewayReply(
            status: isPaid ? 200 : 409,
            message: WireMessage(
                headers: ["Content-Type": "application/json"], body: Array("{\"paid\":\(isPaid)}".utf8)))
    }

    private func page(_ status: Int, _ title: String, _ text: String, isHTML: Bool = false) -> GatewayReply {
        let body = """
            <!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
            <title>\(title)</title><body style="font-family:sans-serif;margin:2rem;font-size:1.25rem">
            <h1>\(title)</h1><p>\(isHTML ? text : Self.escaped(text))</p>
            <style>button{font-size:1.5rem;padding:.75rem 2rem;margin-top:1rem}</style></body></html>
            """
        return GatewayReply(
            status: status,
            message: WireMessage(headers: ["Content-Type": "text/html; charset=utf-8"], body: Array(body.utf8)))
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }
}
