public import PluginKit

extension VisitRegister {
    /// Orders help: for oneself, or as staff by telephone for somebody (按铃, R12.18).
    ///
    /// - Throws: ``Problem`` with every finding; 409 `age-friendly.half_day_full` that names the next free half day, 409
    ///   `age-friendly.ordered_already` and `age-friendly.too_many_open`.
    func order(
        _ input: VisitInput, calendar: WorkingCalendar, by act: Act, in transaction: Transaction
    ) throws -> Visit {
        let places = try organisation.snapshot(in: transaction)
        var draft = try VisitDraft(self, input, places, by: act, in: transaction)
        let wanted = draft.slot(input, rules.offered(at: act.now, calendar))
        guard draft.findings.isEmpty else { throw Problem.invalid(draft.findings) }
        try refuseMore(than: rules.openAtOnce, of: draft.person, in: transaction)
        let slot = try take(wanted, of: draft.division, at: act.now, calendar, in: transaction)
        try refuseSecond(in: slot, for: draft.person, in: transaction)
        let id = act.identifier("age-friendly.visit")
        let details = Visit.Details(
            name: draft.name, phone: draft.phone, address: draft.address, words: input.words, ground: draft.ground,
            code: Self.code(act))
        let row = try transaction.row(
            """
            INSERT INTO age_friendly_visit (\(VisitSchema.columns))
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) \(state.returning)
            """, draft.division, id, input.kind, Visit.State.ordered, slot.day, slot.half, draft.site,
            input.subject, draft.person, draft.way, Identifier?.none, Identifier?.none, act.now, 1,
            try seal(details, of: id, by: act))
        guard let row else { throw Problem.notFound("这单预约") }
        let visit = try visit(row)
        try tell(
            VisitOrdered(
                visit: id, person: visit.person, kind: visit.kind, way: visit.way, day: slot.day, half: slot.half),
            of: visit, row, isNew: true, by: act, in: transaction)
        return visit
    }

    /// As ``order(_:calendar:by:in:)``, in a transaction of its own.
    public func order(_ input: VisitInput, by act: Act) async throws -> Visit {
        let calendar = try await calendar()
        return try await database.write { try order(input, calendar: calendar, by: act, in: $0) }
    }

    func seal(_ details: Visit.Details, of id: Identifier, by act: Act) throws -> [UInt8] {
        try cipher.sealDocument(details, context: VisitSchema.context(id.text), seed: act.seed)
    }

    /// Four digits that the visitor says at the door.
    private static func code(_ act: Act) -> String {
        let bytes = act.seed.bytes("age-friendly.visit.code", count: 2)
        return String(10_000 + (Int(bytes[0]) << 8 | Int(bytes[1])) % 10_000).dropFirst().description
    }

    private func refuseMore(than limit: Int, of person: Identifier?, in transaction: Transaction) throws {
        guard let person else { return }
        let count: Int =
            try transaction.row(
                "SELECT count(*) AS n FROM age_friendly_visit WHERE person = ? AND \(VisitSchema.open)", person
            )?.get("n") ?? 0
        guard count < limit else {
            throw Problem(
                409, "age-friendly.too_many_open", "已经约了 \(count) 次", "已经有 \(count) 单还没有办完，请等办完，或者取消不需要的，再预约。")
        }
    }

    /// The half day's row is locked by now, so that a bell that is pressed twice at once is one order.
    private func refuseSecond(in slot: HalfDay, for person: Identifier?, in transaction: Transaction) throws {
        guard let person else { return }
        let known = try transaction.row(
            "SELECT id FROM age_friendly_visit WHERE person = ? AND day = ? AND half = ? AND \(VisitSchema.open)",
            person, slot.day, slot.half)
        guard known == nil else {
            throw Problem(
                409, "age-friendly.ordered_already", "已经约好了", "\(slot.chinese)已经约好一单，不用再按。要改时间，请先取消原来的。")
        }
    }
}
