public import PluginKit

/// The register of delegated powers (放权赋能台账, R01.1).
public struct PowerRegister: Sendable {
    /// Give powers and take them back.
    public static let delegate = Permission("zone-empowerment.delegate", "登记和收回下放的权限")

    let database: any Database
    let events: EventLog
    let organisation: OrganisationService
    let seals: ESealService
    let state: RowState

    init(_ host: PluginHost) throws {
        database = host.database
        events = host.events
        organisation = try host.service(OrganisationService.self)
        seals = try host.service(ESealService.self)
        state = RowState(
            kind: "zone-empowerment.power", title: "下放的权限", table: "zone_empowerment_power",
            columns: Self.columns.split(separator: ", ").map(String.init), begins: [PowerDelegated.name],
            cipher: host.cipher)
    }

    static let columns =
        "division, id, item, title, field, level, from_organ, agency, mode, basis, starts_on, ends_on, end_reason"

    /// Gives a power.
    ///
    /// - Throws: `Problem` with every finding; 409 where the same organ has it already in that time.
    public func delegate(_ input: PowerInput, by act: Act, in transaction: Transaction) throws -> DelegatedPower {
        let places = try organisation.snapshot(in: transaction)
        try require(act, for: input.division, places)
        let agency = places.agencies.values.first { $0.key == input.agency || $0.id.text == input.agency }
        var findings: [Finding] = []
        if agency == nil { findings.append(Finding("agency", "agency.unknown", "没有“\(input.agency)”这个单位，请核对单位的代号。")) }
        if places.divisions[input.division] == nil {
            findings.append(Finding("division", "division.unknown", "没有“\(input.division)”这个区划，请核对代码。"))
        } else if let agency, !places.isWithin(agency.division, input.division) {
            findings.append(Finding("agency", "agency.elsewhere", "承接单位不在“\(input.division)”，请核对。"))
        }
        if let end = input.endsOn, end <= input.startsOn {
            findings.append(Finding("ends_on", "field.day", "结束日期要晚于开始日期。"))
        }
        guard findings.isEmpty, let agency else { throw Problem.invalid(findings) }
        let power = DelegatedPower(
            id: act.identifier("power"), item: input.item, title: input.title, field: input.field, level: input.level,
            from: input.from, division: input.division, agency: agency.id, mode: input.mode, basis: input.basis,
            startsOn: input.startsOn, endsOn: input.endsOn, endReason: "")
        let known = try list(division: input.division, in: transaction).first { other in
            other.item == power.item && other.agency == power.agency
                && other.startsOn < (power.endsOn ?? .last) && power.startsOn < (other.endsOn ?? .last)
        }
        if let known {
            throw Problem(
                409, "zone-empowerment.given_already", "已经下放过",
                "“\(known.title)”已按\(known.basis)下放给这个单位，时间有重叠。要改，请先收回原来的。")
        }
        let row = try transaction.row(
            """
            INSERT INTO zone_empowerment_power (\(Self.columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            \(state.returning)
            """, power.division, power.id, power.item, power.title, power.field.rawValue, power.level.rawValue,
            power.from, power.agency, power.mode.rawValue, power.basis, power.startsOn, power.endsOn, power.endReason)
        try tell(
            PowerDelegated(
                power: power.id.text, item: power.item, division: power.division, mode: power.mode.rawValue,
                startsOn: power.startsOn), power, row, isNew: true, by: act, in: transaction)
        return power
    }

    /// Takes a power back. Cases under way stay where they are.
    ///
    /// - Parameter day: from which day on; not in the past.
    public func takeBack(
        _ id: Identifier, on day: LegalDay, reason: String, by act: Act, in transaction: Transaction
    ) throws -> DelegatedPower {
        guard act.actor.holds(Self.delegate) else { throw Problem.forbidden }
        let found = try transaction.row(
            "SELECT \(Self.columns) FROM zone_empowerment_power WHERE id = ?", id
        ).map(DelegatedPower.init)
        guard let found else { throw Problem.notFound("这项下放的权限") }
        try require(act, for: found.division, try organisation.snapshot(in: transaction))
        var findings: [Finding] = []
        if day < act.now.day { findings.append(Finding("day", "field.day", "不能追溯收回，请写今天或以后的日期。")) }
        if let end = found.endsOn, end <= day {
            findings.append(Finding("day", "field.day", "这项权限\(end.chinese)就到期或已收回。"))
        }
        if reason.trimmed.isEmpty || reason.count > 500 {
            findings.append(Finding("reason", "field.required", "请写明收回的依据和理由，不超过 500 个字。"))
        }
        if !findings.isEmpty { throw Problem.invalid(findings) }
        let row = try transaction.row(
            "UPDATE zone_empowerment_power SET ends_on = ?, end_reason = ? WHERE id = ? \(state.returning)", day,
            reason.trimmed, id)
        guard let row else { throw Problem.notFound("这项下放的权限") }
        let power = try DelegatedPower(row)
        try tell(
            PowerTakenBack(power: id.text, item: power.item, division: power.division, endsOn: day), power, row,
            by: act, in: transaction)
        return power
    }

    /// The powers of a place, or of all, in the order of places and items.
    public func list(division: String? = nil, in snapshot: Snapshot) throws -> [DelegatedPower] {
        try snapshot.rows(
            """
            SELECT \(Self.columns) FROM zone_empowerment_power WHERE (? = '' OR division = ?)
            ORDER BY division, item, starts_on
            """, division ?? "", division ?? ""
        ).map(DelegatedPower.init)
    }

    /// The powers that were not taken back, each with what is still missing (R01.5).
    public func standing(division: String? = nil, at now: Instant) async throws -> Standing {
        try await database.read { snapshot in
            let check = try check(at: now, in: snapshot)
            let powers = try list(division: division, in: snapshot)
                .filter { $0.endsOn.map { now.day < $0 } ?? true }
                .map { (power: $0, readiness: check.readiness(of: $0)) }
            return Standing(powers: powers, places: check.places)
        }
    }

    /// Looks at what is in place now.
    func check(at now: Instant, in snapshot: Snapshot) throws -> ReadinessCheck {
        let seals = try seals.seals(by: Act(actor: .system("zone-empowerment"), now: now), in: snapshot)
        return ReadinessCheck(try organisation.snapshot(in: snapshot), seals: seals, on: now.day)
    }

    /// Powers with what is missing, and the places of which they speak.
    public struct Standing: Sendable {
        public let powers: [(power: DelegatedPower, readiness: Readiness)]
        public let places: OrganisationSnapshot
    }

    /// Staff give and take powers in their own division and below.
    private func require(_ act: Act, for division: String, _ places: OrganisationSnapshot) throws {
        guard act.actor.holds(Self.delegate) else { throw Problem.forbidden }
        if let post = act.actor.post, places.divisions[division] != nil, !places.isWithin(division, post.division) {
            throw Problem.forbidden
        }
    }

    private func tell(
        _ event: any Event, _ power: DelegatedPower, _ row: Row?, isNew: Bool = false, by act: Act,
        in transaction: Transaction
    ) throws {
        try events.record(
            [event], to: StreamID(division: power.division, kind: state.kind, id: power.id.text), isNew: isNew,
            state: try row.map(state.digest(of:)), by: act, in: transaction)
    }
}

extension DelegatedPower {
    init(_ row: Row) throws {
        self.init(
            id: try row.get("id"), item: try row.get("item"), title: try row.get("title"),
            field: Field(rawValue: try row.get("field")) ?? .market,
            level: Level(rawValue: try row.get("level")) ?? .city, from: try row.get("from_organ"),
            division: try row.get("division"), agency: try row.get("agency"),
            mode: Mode(rawValue: try row.get("mode")) ?? .direct, basis: try row.get("basis"),
            startsOn: try row.get("starts_on"), endsOn: try row.get("ends_on"), endReason: try row.get("end_reason"))
    }
}
