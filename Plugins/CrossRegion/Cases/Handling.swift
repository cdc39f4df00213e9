public import PluginKit

/// What staff do with a case: each act is a change here and a message to the other side in one transaction.
extension CrossRegionService {
    /// Finds a case that the actor may handle, and holds its line and row.
    ///
    /// The line comes first everywhere, so that an act here and a message from there never wait for each other.
    private func held(
        _ id: Identifier, _ permission: Permission, _ side: CrossCase.Side, by act: Act, in transaction: Transaction
    ) throws -> CrossCase {
        guard act.actor.holds(permission) else { throw Problem.forbidden }
        guard let known = try cases.find(id.text, in: transaction), known.side == side,
            try isInSight(known, of: act, in: transaction)
        else { throw Problem.notFound("这个跨域办件") }
        _ = try messages.line(known.partner, id.text, in: transaction)
        guard let value = try cases.lock(id.text, in: transaction) else { throw Problem.notFound("这个跨域办件") }
        return value
    }

    /// Whether a case is the actor's business: its window's division and below, its organ's inbox, its own application.
    func isInSight(_ value: CrossCase, of act: Act, in snapshot: Snapshot) throws -> Bool {
        switch act.actor.kind {
        case .system: return true
        // What somebody filed itself is nobody else's, at a window or by a grant either.
        case .person:
            return act.actor.actsInPerson && !value.person.isEmpty && value.person == act.actor.party?.text
        case .anonymous: return false
        case .staff: break
        }
        guard let post = act.actor.post else { return false }
        switch value.side {
        case .decides: return act.actor.holds(Self.decide) && value.agency == post.agency.text
        case .collects:
            // What somebody filed online is theirs alone; a window that helps acts for the person.
            guard act.actor.holds(Self.collect), value.person.isEmpty else { return false }
            return try organisation.snapshot(in: snapshot).isWithin(value.division, post.division)
        }
    }

    private func require(_ value: CrossCase, _ states: [CrossCase.State]) throws {
        if !states.contains(value.state) {
            throw Problem(
                409, "cross-region.state", "现在不能这样办", "这个办件现在是“\(value.state.rawValue)”，不能这样办。请刷新后再看。")
        }
    }

    private func agencyName(_ act: Act, _ value: CrossCase, in snapshot: Snapshot) throws -> String {
        if let name = act.actor.post?.agencyName { return name }
        let agency = try organisation.snapshot(in: snapshot).agencies.values.first { $0.id.text == value.agency }
        return agency?.name(on: act.now.day) ?? ""
    }

    /// Takes an application on (受理) and promises a day by our own calendar.
    func accept(
        _ id: Identifier, calendar: WorkingCalendar, by act: Act, in transaction: Transaction
    ) throws -> CrossCase {
        var value = try held(id, Self.decide, .decides, by: act, in: transaction)
        try require(value, [.filed])
        let here = try cases.complete(value.document.papers, of: id.text, in: transaction)
        if here.count < value.document.papers.count {
            throw Problem(
                409, "cross-region.papers_missing", "材料还没有到齐",
                "还有 \(value.document.papers.count - here.count) 份材料正在从受理地传来，到齐后再受理。")
        }
        let due = calendar.due(for: .workingDays(value.days), from: act.now.day).day
        value.state = .accepted
        value.dueOn = due
        var body = AcceptanceBody()
        body.dueOn = due
        body.dueAt = due.end
        body.agency = try agencyName(act, value, in: transaction)
        value.document.acceptedBy = body.agency
        try cases.save(value, [moved(value, by: "ours")], by: act, in: transaction)
        try messages.write(.acceptance(body), about: value, by: act, in: transaction)
        return value
    }

    /// Tells at once everything that is missing (一次性告知补正).
    func correct(_ id: Identifier, missing: [String], by act: Act, in transaction: Transaction) throws -> CrossCase {
        var value = try held(id, Self.decide, .decides, by: act, in: transaction)
        try require(value, [.filed])
        let missing = missing.map(\.trimmed).filter { !$0.isEmpty }
        if missing.isEmpty { throw Problem.invalid([Finding("missing", "field.required", "请写明要补正的内容，每行一条。")]) }
        if missing.count > 50 || missing.contains(where: { !$0.fits(500) }) {
            throw Problem.invalid([Finding("missing", "field.too_long", "最多 50 条，每条不超过 500 个字。")])
        }
        value.state = .correcting
        value.document.corrections = missing
        try cases.save(value, [moved(value, by: "ours")], by: act, in: transaction)
        var body = CorrectionBody()
        body.missing = missing
        try messages.write(.correction(body), about: value, by: act, in: transaction)
        return value
    }

    /// Answers a correction with a note and papers.
    func supplement(
        _ id: Identifier, note: String, papers: [PaperFile], by act: Act, in transaction: Transaction
    ) throws -> CrossCase {
        var value: CrossCase
        if act.actor.kind == .person {
            guard let known = try cases.find(id.text, in: transaction),
                try isInSight(known, of: act, in: transaction)
            else { throw Problem.notFound("这个跨域办件") }
            _ = try messages.line(known.partner, id.text, in: transaction)
            guard let own = try cases.lock(id.text, in: transaction) else { throw Problem.notFound("这个跨域办件") }
            value = own
        } else {
            value = try held(id, Self.collect, .collects, by: act, in: transaction)
        }
        try require(value, [.correcting])
        var findings = papers.enumerated().flatMap { $1.findings("papers[\($0)]") }
        if note.trimmed.isEmpty && papers.isEmpty {
            findings.append(Finding("note", "field.required", "请上传补正的材料，或者写明说明。"))
        }
        if !note.fits(2000) { findings.append(Finding("note", "field.too_long", "说明不超过 2000 个字。")) }
        if value.document.papers.count + papers.count > 30 {
            findings.append(Finding("papers", "paper.many", "一个办件最多 30 份材料。"))
        }
        if !findings.isEmpty { throw Problem.invalid(findings) }
        let first = value.document.papers.count + 1
        let notes = papers.enumerated().map { $1.note(slot: "P\(first + $0)") }
        value.state = .filed
        value.visits += 1
        value.document.supplements.append(note.trimmed)
        value.document.papers += notes
        try cases.save(value, [moved(value, by: "ours")], by: act, in: transaction)
        try count(cases: 0, visits: 1, of: value, by: act, in: transaction)
        var body = SupplementBody()
        body.note = note.trimmed
        body.papers = notes
        try messages.write(.supplement(body), about: value, by: act, in: transaction)
        try send(papers, notes, about: value, by: act, in: transaction)
        return value
    }

    /// Decides a case, once.
    func decide(
        _ id: Identifier, isGranted: Bool, text: String, files: [PaperFile], by act: Act, in transaction: Transaction
    ) throws -> CrossCase {
        var value = try held(id, Self.decide, .decides, by: act, in: transaction)
        try require(value, isGranted ? [.accepted] : [.filed, .accepted])
        var findings = files.enumerated().flatMap { $1.findings("files[\($0)]") }
        if text.trimmed.isEmpty {
            findings.append(Finding("text", "field.required", isGranted ? "请写明办理结果。" : "请写明不予办理的理由和救济途径。"))
        }
        if !text.fits(2000) { findings.append(Finding("text", "field.too_long", "不超过 2000 个字。")) }
        if files.count > 10 { findings.append(Finding("files", "paper.many", "最多 10 份结果文件。")) }
        if !findings.isEmpty { throw Problem.invalid(findings) }
        let notes = files.enumerated().map { $1.note(slot: "R\($0 + 1)") }
        var body = DecisionBody()
        body.isGranted = isGranted
        body.text = text.trimmed
        body.agency = try agencyName(act, value, in: transaction)
        body.files = notes
        value.state = isGranted ? .granted : .refused
        value.decidedAt = act.now
        value.document.decision = body.text
        value.document.decidedBy = body.agency
        value.document.files = notes
        try cases.save(value, [moved(value, by: "ours")], by: act, in: transaction)
        try messages.write(.decision(body), about: value, by: act, in: transaction)
        try send(files, notes, about: value, by: act, in: transaction)
        return value
    }

    /// Takes a step with papers that are on their way between the two places.
    func move(
        _ id: Identifier, _ input: CustodyInput, by act: Act, in transaction: Transaction
    ) throws -> CrossCase {
        guard let known = try cases.find(id.text, in: transaction) else { throw Problem.notFound("这个跨域办件") }
        let permission = known.side == .collects ? Self.collect : Self.decide
        let value = try held(id, permission, known.side, by: act, in: transaction)
        return try move(
            input.thing, input.step, of: value, note: input.note, courier: input.courier, tracking: input.tracking,
            by: act, in: transaction)
    }

    func move(
        _ thing: CustodyStep.Thing, _ step: CustodyStep.Step, of value: CrossCase, note: String, courier: String,
        tracking: String, by act: Act, in transaction: Transaction
    ) throws -> CrossCase {
        let obstacle = CustodyStep.obstacle(
            step, of: thing, by: value.side, after: value.document.custody, in: value.state)
        if let obstacle { throw Problem(409, "cross-region.custody", "交接对不上", obstacle) }
        if step == .send, courier.trimmed.isEmpty {
            throw Problem.invalid([Finding("courier", "field.required", "寄出时请写明快递公司。")])
        }
        if step == .send, let finding = Finding.tracking(tracking.trimmed) {
            throw Problem.invalid([finding])
        }
        var body = CustodyBody()
        body.thing = thing
        body.step = step
        body.note = note.trimmed
        body.courier = courier.trimmed
        body.tracking = tracking.trimmed
        body.at = act.now
        let taken = CustodyStep(
            thing: thing, step: step, side: value.side, note: body.note, courier: body.courier,
            tracking: body.tracking, at: act.now)
        try append(taken, to: value, by: "ours", act, in: transaction)
        try messages.write(.custody(body), about: value, by: act, in: transaction)
        return try cases.find(value.id.text, in: transaction) ?? value
    }
}

/// A step with papers, as staff record it.
public struct CustodyInput: SchemaType {
    public var thing = CustodyStep.Thing.originals
    public var step = CustodyStep.Step.receive
    public var note = ""
    public var courier = ""
    public var tracking = ""

    public init() {}

    public static let schema = Schema<Self> {
        Field("thing", \.thing, .choice, doc: "什么东西")
        Field("step", \.step, .choice, doc: "做了什么")
        Field("note", \.note, .text(max: 200).withDefault, doc: "有哪些，例如 身份证原件一份")
        Field("courier", \.courier, .text(max: 40).withDefault, doc: "快递公司；寄出时要写")
        Field("tracking", \.tracking, .text(max: 40).withDefault, doc: "快递单号；寄出时要写")
    }
}
