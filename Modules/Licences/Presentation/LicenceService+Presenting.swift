public import Extension
import Standards
public import Storage

/// A holder's consent to show something of its licences.
public struct PresentationInput: SchemaType {
    /// The licences; empty for all in force (一照通).
    public var licences: [String] = []
    /// The labels of what is shown of them.
    public var labels: [String] = []
    /// `anyone`, `staff`, or an agency's identifier.
    public var audience = "anyone"
    public var minutes = 1
    public var uses = 1
    public var purpose = ""

    public init() {}

    static let minutes = 1...10
    static let uses = 1...5
    static let purposeLength = 60

    public static let schema = Schema<PresentationInput> {
        Field(
            "licences", \.licences, Format.list(of: .text(min: 26, max: 26), max: 20).withDefault,
            doc: "出示哪些证照；不写就是全部有效的证照（一照通）")
        Field(
            "labels", \.labels, Format.list(of: .text(min: 1, max: 60), max: 100).withDefault,
            doc: "出示其中的哪些内容，按名称；证照名称、颁发机构、状态和有效期总是出示")
        Field(
            "audience", \.audience, Format.text(min: 1, max: 26).withDefault,
            doc: "给谁看：anyone 持码的人，staff 先扫码的那个政府部门，或者部门的系统编号")
        Field(
            "minutes", \.minutes, Format.integer(in: PresentationInput.minutes).withDefault, doc: "几分钟内有效")
        Field("uses", \.uses, Format.integer(in: PresentationInput.uses).withDefault, doc: "可以扫几次")
        Field("purpose", \.purpose, Format.text(max: PresentationInput.purposeLength).withDefault, doc: "做什么用，给扫码的人看")
    }
}

/// A presentation that has just begun, with the code that is shown once.
public struct BegunPresentation: Sendable {
    public let presentation: Presentation
    public let code: PresentationCode
}

extension LicenceService {
    /// Lets somebody see something of the acting party's licences, by a code.
    ///
    /// - Throws: ``LicenceError`` with `licences.draft` and all findings; ``Problem/forbidden`` for others than a party
    ///   itself.
    public func present(
        _ input: PresentationInput, by act: Act, in transaction: Transaction
    ) throws -> BegunPresentation {
        guard act.actor.actsInPerson, let party = act.actor.party else {
            throw Problem.forbidden
        }
        var findings: [Finding] = []
        if !PresentationInput.minutes.contains(input.minutes) {
            findings.append(Finding("minutes", "field.range", "请选择 1 到 10 分钟。"))
        }
        if !PresentationInput.uses.contains(input.uses) {
            findings.append(Finding("uses", "field.range", "可以扫 1 到 5 次。"))
        }
        let purpose = input.purpose.withoutInvisibles.trimmed
        if purpose.count > PresentationInput.purposeLength {
            findings.append(Finding("purpose", "field.too_long", "用途不超过 \(PresentationInput.purposeLength) 个字。"))
        }
        let audience = try? PresentationAudience(input.audience)
        if audience == nil { findings.append(Finding("audience", "licences.audience", "请选择给谁看。")) }
        let licences = try held(input.licences, by: party, on: act.now.day, in: transaction, &findings)
        let known = Set(licences.flatMap(\.presentable).map(\.label))
        for label in input.labels where !input.licences.isEmpty && !known.contains(label) {
            findings.append(Finding("labels", "licences.label", "证照里没有“\(label)”这一项。"))
        }
        guard findings.isEmpty, let audience else {
            throw LicenceError(.draft, "还不能出示，请按提示改正。", findings: findings)
        }
        let id = act.identifier("licence/presentation/\(party)")
        let presentation = Presentation(
            id: id, party: party,
            content: PresentationContent(
                licences: input.licences.isEmpty ? [] : licences.map(\.id), labels: Set(input.labels),
                purpose: purpose),
            audience: audience, usesLeft: input.uses, expires: act.now.adding(.seconds(input.minutes * 60)),
            ended: nil)
        let code = PresentationCode.make(id, seed: act.seed)
        let state = try presentations.insert(presentation, code: code, division: division, by: act, in: transaction)
        try events.record(
            [
                PresentationBegun(
                    presentation: id, party: party, audience: audience.text, licences: licences.map(\.id),
                    expires: presentation.expires)
            ], to: stream(of: presentation), state: state, by: act, in: transaction)
        return BegunPresentation(presentation: presentation, code: code)
    }

    /// Stops a presentation before its time.
    ///
    /// - Throws: ``LicenceError`` `not_found` for one of somebody else.
    public func endPresentation(_ id: Identifier, by act: Act, in transaction: Transaction) throws {
        guard let found = try presentations.find(id, in: transaction), found.party == act.actor.party,
            act.actor.actsInPerson
        else { throw LicenceError.unknown }
        guard let state = try presentations.end(id, at: act.now, in: transaction) else { return }
        try events.record(
            [PresentationEnded(presentation: id)], to: stream(of: found), state: state, by: act, in: transaction)
    }

    /// What the acting party showed, newest first.
    public func presentations(
        before cursor: Identifier? = nil, limit: Int = 50, by act: Act
    ) async throws -> [PresentationView] {
        guard act.actor.actsInPerson, let party = act.actor.party else { throw Problem.forbidden }
        let store = presentations
        return try await database.read { [self] snapshot in
            try store.list(of: party, before: cursor, limit: min(max(limit, 1), 201), in: snapshot).map {
                try view(of: $0, at: act.now, in: snapshot)
            }
        }
    }

    /// Reads what a code shows: counts the reading, binds the code to the first agency that reads it, and records it
    /// with the presentation and with each licence.
    ///
    /// - Throws: ``LicenceError`` with `licences.code`, the same for every code that can't be read, so that nobody
    ///   learns which there are.
    public func readPresentation(
        _ code: PresentationCode, by act: Act, in transaction: Transaction
    ) throws -> PresentationReading {
        guard let found = try presentations.find(code: code, in: transaction), found.isOpen(at: act.now) else {
            throw LicenceError.unreadableCode
        }
        let reader = act.actor.post?.agency
        let bound: PresentationAudience
        switch found.audience {
        case .anyone: bound = .anyone
        case .agency(let wanted):
            guard let reader, wanted == nil || wanted == reader else {
                throw reader == nil ? LicenceError.onlyForStaff : LicenceError.unreadableCode
            }
            bound = .agency(reader)
        }
        guard let state = try presentations.use(found.id, boundTo: bound, in: transaction) else {
            throw LicenceError.unreadableCode
        }
        let day = act.now.day
        let shown =
            found.content.licences.isEmpty
            ? try register.wallet(of: found.party, role: .holder, limit: 100, in: transaction)
                .filter { try $0.isInForce(on: day) && !qualities.isDoubtful($0.id, in: transaction) }
            : try found.content.licences.compactMap { try register.find($0, in: transaction) }
        try events.record(
            [PresentationRead(presentation: found.id, agency: reader, licences: shown.map(\.id))],
            to: stream(of: found), state: state, by: act, in: transaction)
        for licence in shown {
            try events.record(
                [
                    LicenceLookedUp(
                        licence: licence.id, part: .content, ground: .presentation, caseID: nil, at: act.now)
                ], to: Self.stream(of: licence), by: act, in: transaction)
        }
        if let reader {
            try events.record(
                [PresentationRead(presentation: found.id, agency: reader, licences: shown.map(\.id))],
                to: StreamID(division: division, kind: "licence-desk", id: reader.text), by: act, in: transaction)
        }
        return PresentationReading(found, shown, on: day, isDemonstration: isDemonstration)
    }

    private func held(
        _ ids: [String], by party: Identifier, on day: LegalDay, in snapshot: Snapshot, _ findings: inout [Finding]
    ) throws -> [Licence] {
        var licences: [Licence] = []
        for text in ids {
            guard let id = try? Identifier(text), let licence = try register.find(id, in: snapshot),
                try register.isHolder(party, of: id, in: snapshot)
            else {
                findings.append(Finding("licences", "licences.not_held", "没有找到要出示的证照。证照由持证人自己出示。"))
                continue
            }
            if !licence.isInForce(on: day) {
                findings.append(
                    Finding("licences", "licences.not_in_force", "“\(licence.title)”\(licence.standing(on: day))，不能出示。")
                )
            }
            if try qualities.isDoubtful(id, in: snapshot) { findings.append(Self.doubtful(licence)) }
            licences.append(licence)
        }
        return licences
    }

    func stream(of presentation: Presentation) -> StreamID {
        StreamID(division: division, kind: "licence-presentation", id: presentation.id.text)
    }

    func view(of presentation: Presentation, at instant: Instant, in snapshot: Snapshot) throws -> PresentationView {
        let records = try Journal.entries(of: stream(of: presentation), in: snapshot)
        let readings = try records.filter { $0.entry.type == PresentationRead.name }.map { record in
            let event = try EventCoding.decode(PresentationRead.self, record.entry.body)
            return (at: record.at, agency: event.agency)
        }
        let titles = try presentation.content.licences.compactMap { try register.find($0, in: snapshot)?.title }
        return PresentationView(presentation, titles: titles, readings: readings, at: instant)
    }
}
