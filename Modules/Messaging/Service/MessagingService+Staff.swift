import Organisation
public import Extension
import Standards
public import Storage

extension MessagingService {
    /// The deliveries of a division in one state, oldest first: the lists by which staff work. Each look is recorded.
    ///
    /// - Parameter division: the post's own, or one below it; the post's own when nil.
    public func deliveries(
        _ state: Delivery.State, division: String? = nil, after cursor: String? = nil, limit: Int = 20, by act: Act
    ) async throws -> CursorPage<DeliveryView> {
        let division = try place(division, by: act)
        if let cursor { _ = try Identifier(cursor) }
        let found = try await database.read { snapshot in
            guard try organisation.snapshot(in: snapshot).mayHandle(act.actor, division: division) else {
                throw MessagingError.forbidden
            }
            return try store.list(division: division, state: state, after: cursor, limit: limit + 1, in: snapshot).map {
                DeliveryView(
                    $0, of: try store.notice($0.notice, in: snapshot), lateAfter: settings.paperDays, at: act.now)
            }
        }
        if act.actor.kind == .staff, !found.isEmpty {
            try await lookUps.note(
                MessagesListed(division: division, state: state.rawValue, count: min(found.count, limit)),
                stream: StreamID(division: division, kind: "message-lookup", id: division), by: act)
        }
        return CursorPage(found, limit: limit, cursor: \.id)
    }

    /// How many deliveries of the post's own division wait in a state, counted up to a limit; it shows nothing of them.
    public func count(_ state: Delivery.State, upTo limit: Int = 100, by act: Act) async throws -> Int {
        let division = try place(nil, by: act)
        return try await database.read {
            try store.count(division: division, state: state, limit: limit, in: $0)
        }
    }

    /// One delivery with its notice, for staff; the look is recorded.
    public func delivery(_ id: Identifier, by act: Act) async throws -> (delivery: Delivery, notice: Notice) {
        let found = try await database.read { snapshot -> (delivery: Delivery, notice: Notice) in
            guard let delivery = try store.delivery(id, in: snapshot) else { throw MessagingError.notFound }
            return (delivery, try handled(delivery, by: act, in: snapshot))
        }
        try await noteLook(at: found.notice, by: act)
        return found
    }

    /// One notice with all ways on which it went, for staff; the look is recorded.
    public func notice(_ id: Identifier, by act: Act) async throws -> (notice: Notice, deliveries: [Delivery]) {
        let found = try await database.read { snapshot -> (notice: Notice, deliveries: [Delivery]) in
            guard let notice = try store.notice(id, in: snapshot) else { throw MessagingError.notFound }
            try require(notice.division, by: act, in: snapshot)
            return (notice, try store.deliveries(of: id, in: snapshot))
        }
        try await noteLook(at: found.notice, by: act)
        return found
    }

    /// Records that a member of staff saw name and address, in a chain of its own beside the notice's.
    private func noteLook(at notice: Notice, by act: Act) async throws {
        guard act.actor.kind == .staff else { return }
        try await lookUps.note(
            MessageViewed(notice: notice.id),
            stream: StreamID(division: notice.division, kind: "message-lookup", id: notice.id.text), by: act)
    }

    /// Records that a paper was put into the post.
    public func recordPosting(
        _ id: Identifier, tracking: String, by act: Act, in transaction: Transaction
    ) throws -> Delivery {
        try change(id, by: act, in: transaction) { delivery, notice in
            guard delivery.state == .toPrint else { throw MessagingError.wrongState(delivery, "登记寄出") }
            let tracking = tracking.withoutInvisibles.trimmed
            if let finding = Finding.tracking(tracking) { throw MessagingError.invalid([finding]) }
            delivery.state = .posted
            delivery.content.service = NoticeService(
                way: .post, recipient: "", day: act.now.day, tracking: tracking)
            return [MessagePaperPosted(notice: notice.id, delivery: delivery.id)]
        }
    }

    /// Records how a paper was served (送达回证); that of a paper of legal force is recorded with that paper too.
    public func recordService(
        _ id: Identifier, _ service: NoticeService, by act: Act, in transaction: Transaction
    ) throws -> Delivery {
        try change(id, by: act, in: transaction) { delivery, notice in
            guard delivery.state == .toPrint || delivery.state == .posted else {
                throw MessagingError.wrongState(delivery, "登记送达")
            }
            try check(service, since: delivery.createdAt.day, by: act)
            if let paper = notice.content.paper { try legalPapers.serve(paper, service, by: act, in: transaction) }
            delivery.state = .served
            delivery.content.service = service
            return [MessageServed(notice: notice.id, delivery: delivery.id, way: service.way)]
        }
    }

    private func check(_ service: NoticeService, since first: LegalDay, by act: Act) throws {
        var findings: [Finding] = []
        if service.recipient.isEmpty { findings.append(Finding("recipient", "field.required", "请写明由谁收件。")) }
        if service.day < first || service.day > act.now.day {
            findings.append(
                Finding("day", "field.day", "送达日期应在\(first.chineseDate)到今天之间，请核对。"))
        }
        if service.way == .post, let finding = Finding.tracking(service.tracking) { findings.append(finding) }
        if service.way != .post, service.tracking != nil {
            findings.append(Finding("tracking", "field.unknown", "只有邮寄送达才有邮件号码，请删去，或改选邮寄送达。"))
        }
        if !findings.isEmpty { throw MessagingError.invalid(findings) }
    }

    /// Records that a paper came back; the next way is tried, or a member of staff sees to it.
    public func recordReturn(_ id: Identifier, by act: Act, in transaction: Transaction) throws -> Delivery {
        let delivery = try store.lock(id, in: transaction)
        _ = try handled(delivery, by: act, in: transaction)
        guard delivery.state == .posted else { throw MessagingError.wrongState(delivery, "登记退回") }
        try fail(delivery, reason: "returned", by: act, in: transaction)
        return try store.delivery(id, in: transaction) ?? delivery
    }

    /// Records what was done about a notice that no way led to.
    public func resolve(
        _ id: Identifier, note: String, by act: Act, in transaction: Transaction
    ) throws -> Delivery {
        try change(id, by: act, in: transaction) { delivery, notice in
            guard delivery.state == .undelivered else { throw MessagingError.wrongState(delivery, "登记处理结果") }
            let note = note.withoutInvisibles.trimmed
            if note.isEmpty || note.count > 200 {
                throw MessagingError.invalid([
                    Finding("note", "field.required", "请写明怎样告知了本人，例如 12月1日电话告知，或在公告栏公告（200字以内）。")
                ])
            }
            delivery.state = .resolved
            delivery.content.note = note
            return [MessageResolved(notice: notice.id, delivery: delivery.id)]
        }
    }

    /// Sends a notice once more on the ways that lead to the person now; what waits for a member of staff is settled by
    /// it.
    public func resend(_ id: Identifier, by act: Act, in transaction: Transaction) throws -> Delivery {
        try change(id, by: act, in: transaction) { delivery, notice in
            guard delivery.state == .undelivered || delivery.state == .failed else {
                throw MessagingError.wrongState(delivery, "重新发送")
            }
            let means = try means(for: notice, in: transaction, on: act.now.day)
            let routes = means.reach.first(notice.weight).subtracting([.staff])
            if routes.isEmpty {
                throw MessagingError(
                    .noChannel, "没有可用的送达方式", "这个人没有登记手机号码、指定联系人和地址，发不出去。请先补登联系方式，或登记处理结果。")
            }
            for route in routes.sorted(by: { $0.rawValue < $1.rawValue }) {
                try send(
                    notice, on: route, by: means, reason: "", label: "again/\(delivery.id)", act: act, in: transaction)
            }
            delivery.state = .cancelled
            return [MessageResent(notice: notice.id, routes: routes.sorted { $0.rawValue < $1.rawValue })]
        }
    }

    /// Notes that a paper of legal force was served on another way, as at its case's own page.
    public func paperServed(_ paper: Identifier, by act: Act, in transaction: Transaction) throws {
        for found in try store.deliveries(ofPaper: paper, in: transaction) {
            var delivery = try store.lock(found.id, in: transaction)
            guard delivery.state == .toPrint || delivery.state == .posted,
                let notice = try store.notice(delivery.notice, in: transaction)
            else { continue }
            delivery.state = .served
            try store.save(delivery, by: act, in: transaction)
            try tell(
                [
                    MessageServed(
                        notice: notice.id, delivery: delivery.id, way: delivery.content.service?.way ?? .inPerson)
                ], about: notice, by: act, in: transaction)
        }
    }

    // MARK: Who may

    private func change(
        _ id: Identifier, by act: Act, in transaction: Transaction,
        _ body: (inout Delivery, Notice) throws -> [any Event]
    ) throws -> Delivery {
        var delivery = try store.lock(id, in: transaction)
        let notice = try handled(delivery, by: act, in: transaction)
        let happened = try body(&delivery, notice)
        try store.save(delivery, by: act, in: transaction)
        try tell(happened, about: notice, by: act, in: transaction)
        return delivery
    }

    private func handled(_ delivery: Delivery, by act: Act, in snapshot: Snapshot) throws -> Notice {
        guard let notice = try store.notice(delivery.notice, in: snapshot) else { throw MessagingError.notFound }
        try require(delivery.division, by: act, in: snapshot)
        return notice
    }

    private func require(_ division: String, by act: Act, in snapshot: Snapshot) throws {
        guard act.actor.holds(Self.deliver) else { throw MessagingError.forbidden }
        guard try organisation.snapshot(in: snapshot).mayHandle(act.actor, division: division) else {
            throw MessagingError.notFound
        }
    }

    private func place(_ division: String?, by act: Act) throws -> String {
        guard act.actor.holds(Self.deliver) else { throw MessagingError.forbidden }
        return division ?? act.actor.post?.division ?? self.division
    }
}
