import Foundation
import PluginKit

/// What is to be paid, a QR code to pay it with, and what became of it; for the applicant, and by a link for whoever pays
/// in its place (亲友代付).
struct PaymentPages: PageGroup {
    let services: PortalServices

    var pages: [Page] {
        [
            Page("/pay/{id}", access: .signedIn) { request in
                let id = try request.identifier()
                let (act, payment) = (request.act, services.payment)
                return page(
                    try await payment.database.read { try payment.order(id, by: act, in: $0) }, code: nil, request)
            },
            Page(post: "/pay/{id}", access: .personOrHelper) { request in
                let id = try request.identifier()
                let (act, payment) = (request.act, services.payment)
                let sight = try await payment.database.read { try payment.order(id, by: act, in: $0) }
                return try await pay(sight, code: nil, request)
            },
            Page("/pay/{id}/{code}") { request in page(try await linked(request), code: request.path["code"], request)
            },
            Page(post: "/pay/{id}/{code}", access: .anyone) { request in
                try await pay(try await linked(request), code: request.path["code"], request)
            },
        ]
    }

    private func linked(_ request: PageRequest) async throws -> PaymentSight {
        let (id, code, payment) = (try request.identifier(), request.path["code"] ?? "", services.payment)
        return try await payment.database.read { try payment.order(id, code: code, in: $0) }
    }

    private func pay(_ sight: PaymentSight, code: String?, _ request: PageRequest) async throws -> PageReply {
        let words = request.field("channel").split(separator: "/").map(String.init)
        guard sight.order.state == .due, let channel = words.first.flatMap(ChannelID.init),
            let form = PayForm(rawValue: words.last ?? ""), form == .code || form == .page
        else { return .redirect(Self.url(sight.order, code)) }
        do {
            _ = try await services.payment.pay(sight.order.id, on: channel, form, by: request.act)
        } catch let error as PaymentError {
            return page(sight, code: code, request, trouble: error.message)
        }
        return .redirect(Self.url(sight.order, code))
    }

    private static func url(_ order: PaymentOrder, _ code: String?) -> String {
        "/pay/\(order.id)" + (code.map { "/\($0)" } ?? "")
    }

    private func page(
        _ sight: PaymentSight, code: String?, _ request: PageRequest, trouble: String? = nil
    ) -> PageReply {
        let (order, now) = (sight.order, request.act.now)
        let open = order.state == .due ? sight.attempts.last { $0.state == .open && $0.expires > now } : nil
        let isOwner = code == nil && request.actor.kind == .person
        let share = "/pay/\(order.id)/\(services.payment.shareCode(of: order.id))"
        return .render(
            .named("payment"),
            .record([
                "pageTitle": "缴费", "back": isOwner ? ViewModel.back("返回办理进度", "/cases/\(order.caseID)") : nil,
                "lines": sight.lines.map { line -> ViewModel in
                    .record(["title": line.title, "amount": line.amount.chinese])
                },
                "amount": order.due.chinese, "state": order.state.chinese, "isDue": order.state == .due,
                "badgeClass": Self.badges[order.state], "sentence": sentence(sight),
                "live": order.state == .due ? "due-\(open?.position ?? 0)" : "done",
                "message": trouble.map { ViewModel.message("bad", $0) }, "action": Self.url(order, code),
                "channels": order.state == .due && (isOwner || code != nil) ? channels : [],
                "apps": order.state == .due && (isOwner || code != nil) ? apps : [],
                "hasChannels": !channels.isEmpty, "attempt": open.map(attempt),
                "shareURL": isOwner && order.state == .due && !channels.isEmpty ? share : "",
                "caseURL": isOwner ? "/cases/\(order.caseID)" : "",
                "refunds": sight.refunds.filter { $0.ground != .surplus || isOwner }.map { refund -> ViewModel in
                    .record([
                        "amount": refund.amount.chinese, "ground": refund.ground.chinese, "state": refund.state.chinese,
                    ])
                }, "hasRefunds": !sight.refunds.isEmpty,
            ]))
    }

    private static let badges: [OrderState: String] = [
        .due: "upload", .paid: "good", .refunded: "made", .cancelled: "made",
    ]

    private var channels: [ViewModel] {
        services.payment.onlineChannels(.code).map { channel in
            .record(["value": "\(channel.rawValue)/code", "label": "\(channel.chinese)扫码付"])
        }
    }

    /// The channels' own pages, which open the wallet on the phone that shows this page (H5).
    private var apps: [ViewModel] {
        services.payment.onlineChannels(.page).map { channel in
            .record(["value": "\(channel.rawValue)/page", "label": "在这部手机上用\(channel.chinese)付"])
        }
    }

    private func attempt(_ attempt: PaymentAttempt) -> ViewModel {
        let picture = services.payment.picture(of: attempt)
        return .record([
            "channel": attempt.channel.chinese,
            "picture": picture.map { "data:image/svg+xml;base64,\(Data($0.utf8).base64EncodedString())" } ?? "",
            "expires": String(attempt.expires.chinaTime.suffix(5)),
            "pageURL": attempt.form == .page ? attempt.invitation ?? "" : "",
            "rehearsalURL": services.payment.rehearsalURL(of: attempt) ?? "",
        ])
    }

    private func sentence(_ sight: PaymentSight) -> String {
        let order = sight.order
        switch order.state {
        case .due: return "缴费后各部门接着办理，等待缴费的时间不计入办理时限。不会用手机付款的，可以到政务服务窗口用现金或银行卡缴。"
        case .paid:
            let payment = sight.attempts.first { $0.state == .paid }
            let way = payment.map { "\($0.channel.chinese)，\($0.paid?.chinaTime ?? "")" } ?? ""
            return "已经收到 \(order.paid.chinese)（\(way)），事项已经接着办理。"
        case .refunded: return "已经退还 \(order.refunded.chinese)，按原来的付款方式退回。"
        case .cancelled: return "这笔费用不用再缴（\(order.ending?.chinese ?? "")）。已经付了款的，会按原来的方式退回。"
        }
    }
}
