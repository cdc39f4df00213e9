import Documents
import Foundation
import PluginKit

/// The kiosk in a hall (取号机): large buttons, no account; its address carries a code that nobody outside knows.
struct KioskPages: PageGroup {
    private static let path = "/hall/{site}/kiosk/{code}"

    let services: PortalServices
    private var hall: HallService { services.hall }

    var pages: [Page] {
        [
            Page(Self.path) { request in try await show(request, .none) },
            Page(post: Self.path, access: .anyone) { request in try await take(request) },
        ]
    }

    private func url(_ request: PageRequest) -> String {
        "/hall/\(request.path["site"] ?? "")/kiosk/\(request.path["code"] ?? "")"
    }

    private func show(_ request: PageRequest, _ feedback: FormFeedback, _ trouble: String? = nil) async throws
        -> PageReply
    {
        let (key, code, now) = (request.path["site"] ?? "", request.path["code"] ?? "", request.act.now)
        let wanted = request.parameter("ticket")
        let (place, sight, slip) = try await hall.database.read { [hall] snapshot in
            let place = try hall.kiosk(key, code: code, in: snapshot)
            let sight = try hall.sight(of: key, limit: 0, at: now, in: snapshot)
            let slip = try (try? Identifier(wanted)).map { try hall.sight(ofTicket: $0, at: now, in: snapshot) }
            return (place, sight, slip)
        }
        return .render(
            .named("hall-kiosk"),
            .record([
                "pageTitle": "\(place.site.name)取号", "name": place.site.name, "isBare": true,
                "action": url(request), "isClosed": sight.isClosed, "trouble": trouble ?? "",
                "isBookable": place.isBookable, "code": request.field("code"),
                "waiting": sight.counts, "slip": slip.map { self.slip($0) },
                "errorSummary": feedback.summary(),
                "fields": TicketForm(rules: place.rules, request: request, feedback: feedback, asksForID: true).fields,
            ]), status: trouble == nil ? feedback.status : 409)
    }

    private func slip(_ sight: TicketSight) -> ViewModel {
        let (ticket, line) = (sight.ticket, TicketLine(sight: sight))
        let site = services.faces.shelf.book.address
        let address = "\(site)/hall/\(sight.hall.site.key)/tickets/\(ticket.id)"
        let picture = site.isEmpty ? nil : try? CodePicture.svg(address)
        return .record([
            "label": ticket.label, "class": ticket.ticketClass.chinese, "headline": line.headline,
            "sentence": line.sentence, "taken": ticket.taken.chinaTime,
            "business": sight.hall.rules.title(ofBusiness: ticket.business),
            "picture": picture.map { "data:image/svg+xml;base64,\(Data($0.utf8).base64EncodedString())" } ?? "",
        ])
    }

    private func take(_ request: PageRequest) async throws -> PageReply {
        let (key, code) = (request.path["site"] ?? "", request.path["code"] ?? "")
        let asked = TicketForm.request(request)
        let act = Act(
            actor: .anonymous(terminal: .kiosk), now: request.act.now, seed: request.act.seed,
            requestID: request.act.requestID, clientAddress: request.act.clientAddress)
        let (isArrival, booked) = (request.field("do") == "arrive", request.field("code"))
        do {
            let ticket = try await hall.database.write { [hall] in
                isArrival
                    ? try hall.arriveAtKiosk(booked, at: key, kiosk: code, by: act, in: $0)
                    : try hall.takeAtKiosk(asked, at: key, code: code, by: act, in: $0)
            }
            return .redirect("\(url(request))?ticket=\(ticket.id)")
        } catch let error as HallError where error.code != .kiosk && error.code != .siteUnknown {
            let feedback = FormFeedback(error)
            return try await show(request, feedback ?? .none, feedback == nil ? error.message : nil)
        }
    }
}
