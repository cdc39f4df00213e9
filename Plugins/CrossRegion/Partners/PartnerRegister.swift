import Foundation
public import PluginKit

/// The partners and what was agreed with them (通办朋友圈、互信授信, R13.4, R13.7).
public struct PartnerRegister: Sendable {
    let database: any Database
    let events: EventLog
    let organisation: OrganisationService
    let division: String
    /// How partners call this deployment.
    let ownCode: String
    let partnerState: RowState
    let agreementState: RowState

    init(_ host: PluginHost, ownCode: String) throws {
        database = host.database
        events = host.events
        organisation = try host.service(OrganisationService.self)
        division = host.division
        self.ownCode = ownCode
        partnerState = RowState(
            kind: "cross-region.partner", title: "跨域通办合作地区", table: "cross_region_partner", key: "code",
            columns: Self.partnerColumns.split(separator: ", ").map(String.init), begins: [PartnerRecorded.name],
            cipher: host.cipher)
        agreementState = RowState(
            kind: "cross-region.agreement", title: "跨域通办协议", table: "cross_region_agreement",
            columns: Self.agreementColumns.split(separator: ", ").map(String.init), begins: [AgreementMade.name],
            cipher: host.cipher)
    }

    static let partnerColumns = "code, name, scope, address, signing, reading, starts_on, ends_on, end_reason"
    static let agreementColumns =
        "id, partner, number, mode, decider, items, basis, starts_on, ends_on, end_reason"

    // MARK: Partners

    /// Records a partner, or its new address and keys.
    ///
    /// - Throws: `Problem` with every finding.
    public func record(_ input: PartnerInput, by act: Act, in transaction: Transaction) throws -> Partner {
        guard act.actor.holds(ItemLists.manage) else { throw Problem.forbidden }
        var findings: [Finding] = []
        if !input.code.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }) {
            findings.append(Finding("code", "field.format", "代码只能用数字、字母和连字符，例如 320500。"))
        }
        if input.code == ownCode { findings.append(Finding("code", "partner.self", "这是本地区自己的代码。")) }
        let url = URL(string: input.address)
        let isLoopback = ["127.0.0.1", "::1", "localhost"].contains(url?.host ?? "")
        if url?.host == nil || !(url?.scheme == "https" || (url?.scheme == "http" && isLoopback)) {
            findings.append(Finding("address", "partner.address", "请写完整的 https 网址；只有本机可以用 http。"))
        }
        let card = try? PeerCard(signing: input.signing, reading: input.reading)
        if card == nil { findings.append(Finding("signing", "partner.keys", "公钥读不出来，请用对方提供的名片，两把都是 SM2 公钥。")) }
        guard findings.isEmpty, let card else { throw Problem.invalid(findings) }
        let isNew = try transaction.row("SELECT code FROM cross_region_partner WHERE code = ?", input.code) == nil
        let address = input.address.hasSuffix("/") ? String(input.address.dropLast()) : input.address
        let row = try transaction.row(
            """
            INSERT INTO cross_region_partner (\(Self.partnerColumns), lowest, highest, heard_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, NULL, '', ?, ?, NULL)
            ON CONFLICT (code) DO UPDATE SET name = excluded.name, scope = excluded.scope,
                address = excluded.address, signing = excluded.signing, reading = excluded.reading,
                starts_on = excluded.starts_on, ends_on = NULL, end_reason = '', lowest = excluded.lowest,
                highest = excluded.highest
            \(partnerState.returning)
            """, input.code, input.name, input.scope, address, card.signing, card.reading, input.startsOn,
            Wire.versions.lowerBound, Wire.versions.lowerBound)
        try tell(
            PartnerRecorded(
                partner: input.code, scope: input.scope.rawValue, fingerprint: card.fingerprint,
                startsOn: input.startsOn), partnerState, input.code, row, isNew: isNew, by: act, in: transaction)
        guard let partner = try partner(input.code, in: transaction) else { throw Problem.notFound("这个合作地区") }
        return partner
    }

    /// Ends the trust in a partner from a day on; cases under way are finished.
    public func end(
        partner code: String, on day: LegalDay, reason: String, by act: Act, in transaction: Transaction
    ) throws -> Partner {
        guard act.actor.holds(ItemLists.manage) else { throw Problem.forbidden }
        guard let found = try partner(code, in: transaction) else { throw Problem.notFound("这个合作地区") }
        try Self.check(day, endsOn: found.endsOn, reason, act)
        let row = try transaction.row(
            "UPDATE cross_region_partner SET ends_on = ?, end_reason = ? WHERE code = ? \(partnerState.returning)",
            day, reason.trimmed, code)
        try tell(
            PartnerEnded(partner: code, endsOn: day), partnerState, code, row, by: act, in: transaction)
        guard let partner = try partner(code, in: transaction) else { throw Problem.notFound("这个合作地区") }
        return partner
    }

    /// A partner by its code.
    public func partner(_ code: String, in snapshot: Snapshot) throws -> Partner? {
        try snapshot.row(
            "SELECT \(Self.partnerColumns), lowest, highest, heard_at FROM cross_region_partner WHERE code = ?", code
        ).map(Partner.init)
    }

    /// All partners.
    public func partners(in snapshot: Snapshot) throws -> [Partner] {
        try snapshot.rows(
            "SELECT \(Self.partnerColumns), lowest, highest, heard_at FROM cross_region_partner ORDER BY scope, code"
        ).map(Partner.init)
    }

    // MARK: Agreements

    /// Records an agreement.
    ///
    /// - Throws: `Problem` with every finding; 409 where the partner has one of that number.
    public func agree(_ input: AgreementInput, by act: Act, in transaction: Transaction) throws -> Agreement {
        guard act.actor.holds(ItemLists.manage) else { throw Problem.forbidden }
        let places = try organisation.snapshot(in: transaction)
        var input = input
        var findings: [Finding] = []
        if try partner(input.partner, in: transaction) == nil {
            findings.append(Finding("partner", "partner.unknown", "没有登记代码为“\(input.partner)”的合作地区。"))
        }
        if input.items.isEmpty { findings.append(Finding("items", "field.required", "请至少写一个事项。")) }
        if Set(input.items.map(\.item)).count < input.items.count {
            findings.append(Finding("items", "agreement.twice", "同一个事项写了两次。"))
        }
        if let end = input.endsOn, end <= input.startsOn {
            findings.append(Finding("ends_on", "field.day", "结束日期要晚于开始日期。"))
        }
        for (index, item) in input.items.enumerated() {
            guard input.decider == .ours else {
                input.items[index].agency = ""
                continue
            }
            let agency = places.agencies.values.first { $0.key == item.agency || $0.id.text == item.agency }
            if let agency {
                input.items[index].agency = agency.id.text
            } else {
                findings.append(
                    Finding(
                        "items[\(index)].agency", "agency.unknown",
                        item.agency.isEmpty
                            ? "本方办理的事项“\(item.title)”要写明由哪个单位办理。" : "没有“\(item.agency)”这个单位，请核对单位的代号。"))
            }
        }
        if !findings.isEmpty { throw Problem.invalid(findings) }
        if try agreement(input.number, with: input.partner, in: transaction) != nil {
            throw Problem(
                409, "cross-region.agreed_already", "协议已登记", "与这个地区的协议“\(input.number)”已经登记过。要改，请先终止原来的，再用新的编号登记。")
        }
        let id = act.identifier("agreement/\(input.partner)/\(input.number)")
        let items = JSONValue.array(try input.items.map { try JSONParser.parse($0.json) }).canonical
        let row = try transaction.row(
            """
            INSERT INTO cross_region_agreement (\(Self.agreementColumns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, '')
            \(agreementState.returning)
            """, id, input.partner, input.number, input.mode, input.decider, items, input.basis, input.startsOn,
            input.endsOn)
        try tell(
            AgreementMade(
                partner: input.partner, number: input.number, mode: input.mode.rawValue,
                decider: input.decider.rawValue, items: input.items.map(\.item), startsOn: input.startsOn),
            agreementState, id.text, row, isNew: true, by: act, in: transaction)
        guard let row else { throw Problem.notFound("这份协议") }
        return try Agreement(row)
    }

    /// Ends an agreement from a day on; cases under way are finished.
    public func end(
        agreement id: Identifier, on day: LegalDay, reason: String, by act: Act, in transaction: Transaction
    ) throws -> Agreement {
        guard act.actor.holds(ItemLists.manage) else { throw Problem.forbidden }
        let found = try transaction.row(
            "SELECT \(Self.agreementColumns) FROM cross_region_agreement WHERE id = ?", id
        ).map(Agreement.init)
        guard let found else { throw Problem.notFound("这份协议") }
        try Self.check(day, endsOn: found.endsOn, reason, act)
        let row = try transaction.row(
            "UPDATE cross_region_agreement SET ends_on = ?, end_reason = ? WHERE id = ? \(agreementState.returning)",
            day, reason.trimmed, id)
        try tell(
            AgreementEnded(partner: found.partner, number: found.number, endsOn: day), agreementState, id.text, row,
            by: act, in: transaction)
        guard let row else { throw Problem.notFound("这份协议") }
        return try Agreement(row)
    }

    /// An agreement by the number that both sides know it by.
    public func agreement(_ number: String, with partner: String, in snapshot: Snapshot) throws -> Agreement? {
        try snapshot.row(
            "SELECT \(Self.agreementColumns) FROM cross_region_agreement WHERE partner = ? AND number = ?", partner,
            number
        ).map(Agreement.init)
    }

    /// All agreements.
    public func agreements(in snapshot: Snapshot) throws -> [Agreement] {
        try snapshot.rows("SELECT \(Self.agreementColumns) FROM cross_region_agreement ORDER BY partner, number")
            .map(Agreement.init)
    }

    private static func check(_ day: LegalDay, endsOn: LegalDay?, _ reason: String, _ act: Act) throws {
        var findings = Validity.ending(on: day, endsOn: endsOn, today: act.now.day)
        if reason.trimmed.isEmpty || reason.count > 500 {
            findings.append(Finding("reason", "field.required", "请写明终止的理由，不超过 500 个字。"))
        }
        if !findings.isEmpty { throw Problem.invalid(findings) }
    }

    private func tell(
        _ event: any Event, _ state: RowState, _ id: String, _ row: Row?, isNew: Bool = false, by act: Act,
        in transaction: Transaction
    ) throws {
        try events.record(
            [event], to: StreamID(division: division, kind: state.kind, id: id), isNew: isNew,
            state: try row.map(state.digest(of:)), by: act, in: transaction)
    }
}
