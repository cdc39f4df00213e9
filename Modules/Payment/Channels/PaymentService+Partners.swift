import Extension
import Foundation

extension PaymentService {
    /// Whether the gateways can be reached.
    var partnerHealth: HealthCheck {
        HealthCheck("payment-gateways", title: "支付渠道") { [settings] _ in
            let gateways = [("微信支付", settings.wechat?.url), ("支付宝", settings.alipay?.url)].compactMap { title, text in
                text.flatMap(URL.init(string:)).map { (title: title, url: $0) }
            }
            if gateways.isEmpty { return .sound("没有开通网上支付，窗口收现金和银行卡") }
            var obstacles: [String] = []
            for gateway in gateways {
                if let obstacle = await OutboundHTTP.obstacle(to: gateway.url) {
                    obstacles.append("\(gateway.title) \(gateway.url.host ?? "") \(obstacle)")
                }
            }
            if obstacles.isEmpty { return .sound("\(gateways.map(\.title).joined(separator: "、"))都连得上") }
            return .fault(
                obstacles.joined(separator: "；"), remedy: "请检查网络、防火墙和 payment 里的 url；恢复之前缴费人可以到窗口交，订单不会丢。")
        }
    }
}
