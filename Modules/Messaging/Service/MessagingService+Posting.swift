public import Extension
import Standards
public import Storage

extension MessagingService {
    /// Sends a notice: puts it into words, lays it into the inbox and sets out the ways on which it goes.
    ///
    /// What happened once is told once: a draft with the same kind, party, subject and occasion is passed over.
    ///
    /// - Returns: the notice's identifier; nil when it was told already, or there is nobody whom it is for.
    /// - Throws: ``MessagingError`` `unknown_kind`.
    @discardableResult
    public func post(_ draft: NoticeDraft, by act: Act, in transaction: Transaction) throws -> Identifier? {
        guard let entry = book[draft.kind] else { throw MessagingError.unknownKind(draft.kind) }
        guard let recipient = try recipient(of: draft, at: act.now, in: transaction) else { return nil }
        let id = act.identifier("message/\(draft.kind)/\(recipient.party)/\(draft.subject)/\(draft.occasion)")
        let notice = Notice(
            id: id, division: draft.division, kind: draft.kind, weight: entry.kind.weight, recipient: recipient,
            subject: draft.subject, createdAt: act.now, readAt: nil, content: entry.content(of: draft))
        guard let state = try store.insert(notice, occasion: draft.occasion, by: act, in: transaction) else {
            return nil
        }
        let means = try means(for: notice, in: transaction, on: act.now.day)
        let routes = means.reach.first(notice.weight)
        for route in routes.sorted(by: { $0.rawValue < $1.rawValue }) {
            try send(notice, on: route, by: means, reason: "no_way", label: "first", act: act, in: transaction)
        }
        try tell(
            [
                MessagePosted(
                    notice: id, kind: draft.kind, subject: draft.subject,
                    routes: routes.sorted { $0.rawValue < $1.rawValue })
            ], about: notice, isNew: true, state: state, by: act, in: transaction)
        return id
    }

    private func recipient(
        of draft: NoticeDraft, at instant: Instant, in snapshot: Snapshot
    ) throws -> Recipient? {
        switch draft.addressee {
        case .known(let recipient): recipient
        case .holder(let number):
            try directory.person(withNumber: number, in: snapshot).map { Recipient(party: $0, person: $0) }
        case .enterprise(let code, let names):
            try directory.agent(ofEnterprise: code, covering: names, at: instant, in: snapshot)
        }
    }

    /// How a recipient can be reached with a notice now, and with which words and addresses.
    struct Means {
        var reach = Reach()
        var name = ""
        var phone: MobileNumber?
        var address: String?
        var helper: ContactPreference.Helper?
    }

    func means(for notice: Notice, in snapshot: Snapshot, on day: LegalDay) throws -> Means {
        let contact = try directory.contact(of: notice.recipient, in: snapshot)
        let preference = try contacts.preference(of: notice.recipient.person, in: snapshot)
        let template = book[notice.kind]?.template
        var means = Means()
        means.name = contact?.name ?? ""
        let stated = notice.content.stated
        means.phone = contact?.phone ?? stated.phone.flatMap { try? MobileNumber($0) }
        means.address = preference.address ?? contact?.address ?? stated.address
        means.helper = preference.helper.flatMap { $0.isInForce(on: day) ? $0 : nil }
        let sends = channel != nil && template != nil
        means.reach = Reach(
            phone: sends && means.phone != nil, helper: sends && template?.helper != nil && means.helper != nil,
            paper: means.address != nil, declinesSMS: preference.declinesSMS, wantsPaper: preference.wantsPaper)
        return means
    }

    /// Sets out one way.
    ///
    /// - Parameters:
    ///   - reason: why a member of staff must see to it, when that is the way.
    ///   - label: makes the delivery's identifier one of its own.
    func send(
        _ notice: Notice, on route: Route, by means: Means, reason: String, label: String, act: Act,
        in transaction: Transaction
    ) throws {
        var content = Delivery.Content(name: means.name)
        var state = Delivery.State.waiting
        var dueAt = act.now
        var number: String?
        switch route {
        case .phone, .helper:
            let isHelper = route == .helper
            let template = book[notice.kind]?.template
            let words = isHelper ? template?.helper : template?.own
            let values = notice.content.values.merging([NoticeVariable.addressee.name: means.name]) { $1 }
            content.name = isHelper ? means.helper?.name ?? "" : means.name
            content.phone = isHelper ? means.helper?.phone : means.phone?.text
            content.template = words?.id
            content.variables = words?.variables.map { values[$0] ?? "" }
            content.text = isHelper ? "您是\(means.name)的指定联系人，请转告：\(notice.content.short)" : notice.content.short
            if notice.weight != .instant { dueAt = settings.sms.quietHours?.earliest(at: act.now) ?? act.now }
        case .paper:
            state = .toPrint
            content.address = means.address
            if notice.content.paper == nil {
                let year = act.now.day.year
                let serial = try store.nextSerial(division: notice.division, year: year, in: transaction)
                number = "通〔\(year)〕\(serial)号"
            }
        case .staff: state = .undelivered
        }
        let isHeld = dueAt > act.now
        let delivery = Delivery(
            id: act.identifier("delivery/\(notice.id)/\(route.rawValue)/\(label)"), division: notice.division,
            notice: notice.id, route: route, state: state, dueAt: dueAt, attempts: 0, attemptedAt: nil,
            reason: route == .staff ? reason : isHeld ? "quiet_hours" : nil, reference: nil, number: number,
            createdAt: act.now, updatedAt: act.now, content: content)
        try store.insert(
            delivery, paper: route == .paper ? notice.content.paper?.id.text : nil, by: act, in: transaction)
    }

    /// Ends one way as failed and sets out the next, if the notice is due and no other way is alive.
    func fail(
        _ delivery: Delivery, reason: String, by act: Act, in transaction: Transaction
    ) throws {
        guard let notice = try store.notice(delivery.notice, in: transaction) else { throw MessagingError.notFound }
        var delivery = delivery
        delivery.state = .failed
        delivery.reason = reason
        try store.save(delivery, by: act, in: transaction)
        var next: Route?
        if notice.weight == .due {
            let all = try store.deliveries(of: notice.id, in: transaction)
            let means = try means(for: notice, in: transaction, on: act.now.day)
            next = means.reach.next(
                after: Set(all.map(\.route)),
                isAlive: all.contains { $0.id != delivery.id && $0.state.isAlive })
            if let next {
                try send(
                    notice, on: next, by: means, reason: "all_failed", label: "after/\(delivery.id)", act: act,
                    in: transaction)
            }
        }
        try tell(
            [
                MessageFailed(
                    notice: notice.id, delivery: delivery.id, route: delivery.route, reason: reason, next: next)
            ], about: notice, by: act, in: transaction)
    }
}

extension NoticeBook.Entry {
    /// What a draft says in the wording in force. A short message says only what may be read by others.
    func content(of draft: NoticeDraft) -> Notice.Content {
        var ignored: [Finding] = []
        func said(_ text: String) -> [String] { NoticeText(text, at: "", findings: &ignored).said(draft.values) }
        return Notice.Content(
            title: said(wording.title).joined(), paragraphs: said(wording.text), short: said(wording.short).joined(),
            sender: draft.sender, values: draft.values, link: draft.link, paper: draft.paper,
            stated: draft.stated)
    }
}
