import PluginKit

/// What a partner's message changes here. Each checks everything before it writes anything, since a refusal is
/// committed together with what was written before it.
extension CrossRegionService {
    /// Makes the effect of a message.
    ///
    /// - Throws: ``Refusal`` when the partner may not say this.
    func apply(
        _ body: MessageBody, of note: MessageLog.Note, from partner: Partner, by act: Act, in transaction: Transaction
    ) throws {
        if case .application(let application) = body {
            return try receive(application, note, from: partner, by: act, in: transaction)
        }
        guard let value = try cases.lock(note.caseID, in: transaction), value.partner == partner.code else {
            throw Refusal("case", "没有与贵方之间的这个办件。")
        }
        switch body {
        case .application: break
        case .paper(let part): try receive(part, value, by: act, in: transaction)
        case .supplement(let supplement): try receive(supplement, value, by: act, in: transaction)
        case .acceptance(let acceptance): try receive(acceptance, value, by: act, in: transaction)
        case .correction(let correction): try receive(correction, value, by: act, in: transaction)
        case .decision(let decision): try receive(decision, value, by: act, in: transaction)
        case .custody(let custody): try receive(custody, value, by: act, in: transaction)
        }
    }

    private func receive(
        _ application: ApplicationBody, _ note: MessageLog.Note, from partner: Partner, by act: Act,
        in transaction: Transaction
    ) throws {
        guard note.number == 1, try cases.find(note.caseID, in: transaction) == nil else {
            throw Refusal("known", "这个办件编号已经用过。")
        }
        // Both sides ask their own calendar on which day of theirs the moment lies.
        let day = application.filedAt.day
        let oldest = act.now.adding(.seconds(-30 * 86_400))
        guard application.filedAt <= act.now.adding(.seconds(60 * settings.clockSkewMinutes)),
            application.filedAt >= oldest
        else { throw Refusal("filed_at", "提交时间不在近三十天之内。") }
        guard partner.isTrusted(on: day) else { throw Refusal("partner", "提交的那天双方的合作还没有开始，或已经终止。") }
        let agreement = try partners.agreement(application.agreement, with: partner.code, in: transaction)
        guard let agreement, agreement.isInForce(on: day), agreement.decider == .ours,
            agreement.mode == application.mode,
            let item = agreement.items.first(where: { $0.item == application.item })
        else { throw Refusal("agreement", "提交的那天，协议“\(application.agreement)”里没有由本方办理的这个事项。") }
        try check(application.papers, beside: [])
        guard let id = try? Identifier(note.caseID), let bundle = try? Identifier(application.bundle),
            let agency = try? Identifier(item.agency)
        else { throw Refusal("form", "办件编号不对。") }
        let places = try organisation.snapshot(in: transaction)
        let value = CrossCase(
            id: id, division: places.agencies[agency]?.division ?? division, bundle: bundle, side: .decides,
            partner: partner.code, agreement: agreement.number, item: item.item, title: item.title,
            mode: agreement.mode, scope: partner.scope, days: item.days, agency: agency.text, person: "",
            filedAt: application.filedAt, state: .filed,
            document: CaseDocument(
                name: application.name, idNumber: application.idNumber, phone: application.phone,
                note: application.note, papers: application.papers, others: application.others),
            dueOn: nil, decidedAt: nil, visits: 0)
        try cases.insert(
            value,
            [CaseReceived(caseID: id, partner: partner.code, item: item.item, mode: agreement.mode.rawValue)],
            by: act, in: transaction)
    }

    private func receive(_ part: PaperPart, _ value: CrossCase, by act: Act, in transaction: Transaction) throws {
        // Each side sends what it announced itself.
        let announced = value.side == .decides ? value.document.papers : value.document.files
        guard let paper = announced.first(where: { $0.slot == part.slot }), part.part < paper.parts.count else {
            throw Refusal("paper", "没有预告过的材料。")
        }
        guard let bytes = part.bytes, PeerDigest.of(bytes) == paper.parts[part.part] else {
            throw Refusal("paper", "材料“\(part.slot)”的内容和预告的不一样。")
        }
        try cases.keep(
            bytes, of: value.id.text, slot: part.slot, part: part.part, by: act, in: transaction)
    }

    private func receive(
        _ supplement: SupplementBody, _ value: CrossCase, by act: Act, in transaction: Transaction
    ) throws {
        guard value.side == .decides, value.state == .correcting else {
            throw Refusal("state", "这个办件没有在等补正。")
        }
        try check(supplement.papers, beside: value.document.papers + value.document.files)
        var value = value
        value.document.supplements.append(supplement.note)
        value.document.papers += supplement.papers
        value.state = .filed
        try cases.save(value, [moved(value, by: value.partner)], by: act, in: transaction)
    }

    private func receive(
        _ acceptance: AcceptanceBody, _ value: CrossCase, by act: Act, in transaction: Transaction
    ) throws {
        try requireAsked(value, in: [.filed])
        var value = value
        value.state = .accepted
        value.dueOn = acceptance.dueOn
        value.document.acceptedBy = acceptance.agency
        try cases.save(value, [moved(value, by: value.partner)], by: act, in: transaction)
    }

    private func receive(
        _ correction: CorrectionBody, _ value: CrossCase, by act: Act, in transaction: Transaction
    ) throws {
        try requireAsked(value, in: [.filed])
        guard !correction.missing.isEmpty else { throw Refusal("form", "没有写明要补正什么。") }
        var value = value
        value.state = .correcting
        value.document.corrections = correction.missing
        try cases.save(value, [moved(value, by: value.partner)], by: act, in: transaction)
    }

    private func receive(
        _ decision: DecisionBody, _ value: CrossCase, by act: Act, in transaction: Transaction
    ) throws {
        try requireAsked(value, in: decision.isGranted ? [.accepted] : [.filed, .accepted])
        try check(decision.files, beside: value.document.papers)
        var value = value
        value.state = decision.isGranted ? .granted : .refused
        value.decidedAt = act.now
        value.visits += 1
        value.document.decision = decision.text
        value.document.decidedBy = decision.agency
        value.document.files = decision.files
        try cases.save(value, [moved(value, by: value.partner)], by: act, in: transaction)
        try count(cases: 0, visits: 1, of: value, by: act, in: transaction)
    }

    private func receive(_ custody: CustodyBody, _ value: CrossCase, by act: Act, in transaction: Transaction) throws {
        let other: CrossCase.Side = value.side == .collects ? .decides : .collects
        let obstacle = CustodyStep.obstacle(
            custody.step, of: custody.thing, by: other, after: value.document.custody, in: value.state)
        if let obstacle { throw Refusal("custody", obstacle) }
        try append(
            CustodyStep(
                thing: custody.thing, step: custody.step, side: other, note: custody.note, courier: custody.courier,
                tracking: custody.tracking, at: custody.at), to: value, by: value.partner, act, in: transaction)
    }

    /// A step of custody with its event.
    func append(
        _ step: CustodyStep, to value: CrossCase, by who: String, _ act: Act, in transaction: Transaction
    ) throws {
        var value = value
        value.document.custody.append(step)
        try cases.save(
            value,
            [CustodyMoved(caseID: value.id, thing: step.thing.rawValue, step: step.step.rawValue, by: who)], by: act,
            in: transaction)
    }

    func moved(_ value: CrossCase, by who: String) -> CaseMoved {
        CaseMoved(caseID: value.id, state: value.state.rawValue, by: who)
    }

    /// Only who was asked to decide decides, and once.
    private func requireAsked(_ value: CrossCase, in states: [CrossCase.State]) throws {
        guard value.side == .collects else { throw Refusal("asked", "这个办件由本方办理，不由贵方决定。") }
        if value.state == .granted || value.state == .refused {
            throw Refusal("decided", "这个办件已经办结，不能再改。")
        }
        guard states.contains(value.state) else {
            throw Refusal("state", "这个办件现在是“\(value.state.rawValue)”，不能这样办。")
        }
    }

    /// Papers are announced once each, under names of their own, with parts that fit.
    private func check(_ notes: [PaperNote], beside known: [PaperNote]) throws {
        let slots = notes.map(\.slot)
        guard Set(slots).count == slots.count, Set(slots).isDisjoint(with: known.map(\.slot)) else {
            throw Refusal("paper", "两份材料用了同一个编号。")
        }
        let fits = notes.allSatisfy { $0.parts.count == max(1, ($0.size + Wire.partLength - 1) / Wire.partLength) }
        guard fits, notes.count + known.count <= 60 else { throw Refusal("paper", "材料的份数或大小不对。") }
    }
}
