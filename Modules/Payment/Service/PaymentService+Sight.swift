import Cryptography
import Documents
public import Extension
public import Standards
public import Storage

extension PaymentService {
    /// The right to take money at a window (收费).
    public static let collect = Permission("payment.collect", "窗口收费、开钱箱、交班")
    /// The right to ask for refunds.
    public static let refund = Permission("payment.refund", "提出退费")
    /// The right to agree to refunds of others (退费复核).
    public static let approve = Permission("payment.approve", "复核退费")
    /// The right to look at the books and at differences (对账).
    public static let books = Permission("payment.books", "查看账目、对账")

    /// An order for whoever may see it: the applicant, staff who handle money in its division, the system.
    ///
    /// - Throws: ``PaymentError`` `not_found` for everybody else.
    public func order(_ id: Identifier, by act: Act, in snapshot: Snapshot) throws -> PaymentSight {
        guard let file = try store.find(id, in: snapshot), Self.mayOpen(file.order, act.actor) else {
            throw PaymentError.notFound
        }
        return PaymentSight(file)
    }

    /// The orders of a case that an actor may see.
    public func orders(ofCase caseID: Identifier, by act: Act, in snapshot: Snapshot) throws -> [PaymentOrder] {
        try store.orders(ofCase: caseID, in: snapshot).filter { Self.mayOpen($0, act.actor) }
    }

    private static func mayOpen(_ order: PaymentOrder, _ actor: Actor) -> Bool {
        switch actor.kind {
        case .system: return true
        case .anonymous: return false
        case .person: return actor.party == order.party || (order.party == order.person && actor.person == order.person)
        case .staff:
            guard let post = actor.post, [collect, refund, approve, books].contains(where: actor.holds) else {
                return false
            }
            return DivisionCode.covers(post.division, order.division)
        }
    }

    // MARK: 亲友代付

    /// The code of the link by which somebody else may pay an order (亲友代付). It follows from the order, so that nothing
    /// need be kept, and nobody can make it up.
    public func shareCode(of id: Identifier) -> String {
        Hex.encode(cipher.blindIndex(id.text, purpose: "payment.share").prefix(16))
    }

    /// An order for whoever holds its link: what is paid and how much, and nothing of the applicant.
    ///
    /// - Throws: ``PaymentError`` `not_found` for another code.
    public func order(_ id: Identifier, code: String, in snapshot: Snapshot) throws -> PaymentSight {
        guard ConstantTime.equal(Array(code.utf8), Array(shareCode(of: id).utf8)),
            let file = try store.find(id, in: snapshot)
        else { throw PaymentError.notFound }
        return PaymentSight(file)
    }
}

extension PaymentService {
    /// The QR code of an attempt as SVG; nil where nothing is to be scanned.
    public func picture(of attempt: PaymentAttempt) -> String? {
        guard attempt.state == .open, attempt.form == .code, let invitation = attempt.invitation else { return nil }
        return try? CodePicture.svg(invitation)
    }

    /// Where whoever rehearses plays the payer; nil where money is real.
    public func rehearsalURL(of attempt: PaymentAttempt) -> String? {
        guard attempt.state == .open, let invitation = attempt.invitation,
            let channel = channels.first(where: { $0.id == attempt.channel }), channel.isRehearsal
        else { return nil }
        if invitation.hasPrefix("http") { return invitation }
        guard let mark = invitation.firstRange(of: "pr="), let url = settings.wechat?.url else { return nil }
        return "\(url)/cashier/\(invitation[mark.upperBound...])"
    }

    /// The channels on which a payer can pay online here.
    public var onlineChannels: [ChannelID] { channels.map(\.id) }

    /// Those among them that a payer can come to in a form.
    public func onlineChannels(_ form: PayForm) -> [ChannelID] {
        channels.filter { $0.forms.contains(form) }.map(\.id)
    }
}

/// An order with its attempts and refunds, as those who may see it see it.
public struct PaymentSight: Sendable, Hashable {
    public let order: PaymentOrder
    public let attempts: [PaymentAttempt]
    public let refunds: [PaymentRefund]
    /// The amounts by title.
    public let lines: [(title: String, amount: Money)]

    init(_ file: OrderFile) {
        order = file.order
        attempts = file.attempts
        refunds = file.refunds
        lines = file.lines.map { ($0.title, $0.amount) }
    }

    public static func == (first: PaymentSight, second: PaymentSight) -> Bool {
        first.order == second.order && first.attempts == second.attempts && first.refunds == second.refunds
    }

    public func hash(into hasher: inout Hasher) { hasher.combine(order) }
}
