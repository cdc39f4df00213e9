import Standards
import Foundation
import Extension
import Storage

extension MessagingService {
    /// The check of the way for short messages, and the numbers of what waits, failed, or reached nobody.
    var health: [any Contribution] {
        [
            HealthCheck("messaging", title: "短信") { _ in await smsHealth },
            Gauge("messages_waiting", help: "short messages that wait to be sent", title: "待发短信") { snapshot, _ in
                [.init(try Self.count(["waiting", "sending"], in: snapshot))]
            },
            Gauge(
                "messages_failed", help: "ways on which a notice failed within a day; another took its place",
                title: "一天内短信失败"
            ) { snapshot, now in
                let count: Double? = try snapshot.row(
                    "SELECT COUNT(*) AS n FROM message_delivery WHERE state = 'failed' AND updated_at > ?",
                    now.adding(.seconds(-86_400)))?.get("n")
                return [.init(count ?? 0)]
            },
            Gauge("messages_undelivered", help: "notices that no way led to; staff must see to them", title: "未能送达") {
                snapshot, _ in [.init(try Self.count(["undelivered"], in: snapshot))]
            },
            Gauge("messages_to_print", help: "notices on paper that are to be printed", title: "待寄通知") { snapshot, _ in
                [.init(try Self.count(["to-print"], in: snapshot))]
            },
        ]
    }

    private var smsHealth: Health {
        get async {
            let set = smsSettingsHealth
            guard case .http = settings.sms.channel, let address = ProviderAddress(settings.sms.url),
                let obstacle = await OutboundHTTP.obstacle(to: address.url)
            else { return set }
            return .fault(
                "短信平台 \(address.url.host ?? "") \(obstacle)",
                remedy: "请检查网络、防火墙和 messaging.sms.url；恢复之前短信会排队，过时的改用纸质送达。")
        }
    }

    private var smsSettingsHealth: Health {
        let missing = book.all.filter { $0.template == nil }.map { $0.kind.title }
        switch settings.sms.channel {
        case .none:
            return .warning(
                "没有启用短信，应送达的通知改用纸质", remedy: "在 settings.yaml 的 messaging.sms 里设置短信平台；演练可以写 channel: sandbox。")
        case .sandbox: return .sound("演练发件箱，不会真的发出；用 yiciban message outbox 查看")
        case .http:
            if !missing.isEmpty {
                return .warning(
                    "\(missing.count) 种通知没有短信模板：\(missing.joined(separator: "、"))，只能用纸质送达",
                    remedy: "在 messaging.sms.templates 里写上它们在短信平台的模板编号和变量顺序。")
            }
            let helperless = book.all.filter { $0.template?.helper == nil && $0.kind.weight != .instant }.count
            if helperless > 0 {
                return .warning(
                    "\(helperless) 种通知没有发给指定联系人的模板，没有手机的人只能收纸质通知",
                    remedy: "在 messaging.sms.templates 里加上 helperID 和 helperVariables（要有“收信人”）。")
            }
            return .sound("短信平台 \(ProviderAddress(settings.sms.url)?.url.host ?? "")，\(book.all.count) 种通知都有模板")
        }
    }

    /// The states of one count lie in one partial index, so that the cost is that of what is open.
    private static func count(_ states: [String], in snapshot: Snapshot) throws -> Double {
        let marks = states.map { _ in "?" }.joined(separator: ", ")
        return try snapshot.rows(
            """
            SELECT COUNT(*) AS n FROM message_delivery WHERE state IN (\(marks))
                AND state IN ('to-print', 'posted', 'undelivered', 'failed', 'waiting', 'sending')
            """, arguments: states.map { .text($0) }
        ).first?.get("n") ?? 0
    }
}
