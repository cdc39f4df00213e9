public import Extension
public import Standards
public import Storage

extension LicenceService {
    /// One licence, for who may see it; the look-up is recorded, a refused one too.
    ///
    /// - Throws: ``LicenceError`` with `licences.not_found`, also for who may not know of it.
    public func licence(_ id: Identifier, by act: Act) async throws -> Licence {
        try await lookUp(id, .content, by: act) { licence, _ in licence }
    }

    /// The signed file of a licence issued here.
    ///
    /// - Throws: ``LicenceError`` with `licences.not_found`, `licences.no_file`.
    public func file(of id: Identifier, by act: Act) async throws -> FileReply {
        let register = register
        return try await lookUp(id, .file, by: act) { licence, snapshot in
            guard let bytes = try register.file(of: licence.id, in: snapshot) else {
                throw LicenceError(
                    .noFile, "这份证照由\(licence.statement.issuer.name)签发，本系统没有签名文件，请下载原件或到签发机构获取。")
            }
            return FileReply(bytes: bytes, contentType: LicenceFile.contentType, name: licence.fileName)
        }
    }

    /// The original of a licence issued elsewhere.
    ///
    /// - Throws: ``LicenceError`` with `licences.not_found`, `licences.no_original`.
    public func original(of id: Identifier, by act: Act) async throws -> FileReply {
        let blobs = blobs
        return try await lookUp(id, .original, by: act) { licence, snapshot in
            let division = licence.statement.division
            guard let blob = licence.original,
                let type = try BlobStore.find(blob, division: division, in: snapshot)?.type,
                let bytes = try blobs.get(blob, division: division, in: snapshot)
            else { throw LicenceError(.noOriginal, "这份证照没有登记原件，请向颁发机构索取。") }
            return FileReply(
                bytes: bytes, contentType: type.mediaType, name: "\(licence.statement.title)-\(id).\(type.rawValue)")
        }
    }

    /// What a party holds or may see, newest first.
    ///
    /// - Parameters:
    ///   - party: the person or enterprise; others than the system ask for the party in whose name they act.
    ///   - cursor: the last licence already seen.
    ///   - limit: 1 to 201, one more than a page holds.
    ///   - act: who asks.
    /// - Throws: ``Problem/forbidden`` when the actor asks for somebody else's.
    public func licences(
        of party: Identifier, before cursor: Identifier? = nil, limit: Int = 50, by act: Act
    ) async throws -> [Licence] {
        guard act.actor.kind == .system || (act.actor.actsInPerson && act.actor.party == party) else {
            throw Problem.forbidden
        }
        let register = register
        let licences = try await database.read {
            try register.wallet(of: party, before: cursor, limit: min(max(limit, 1), 201), in: $0)
        }
        try await lookUps.note(
            LicencesListed(party: party, count: licences.count, at: act.now),
            stream: StreamID(division: division, kind: "licence-wallet", id: party.text), by: act)
        return licences
    }

    /// Which types of licence parties hold, as a source of exemptions when a case is planned (免提交).
    ///
    /// One indexed read. It tells only identifiers, so it isn't recorded here: the case that uses one records it.
    ///
    /// - Returns: for each party its types with the newest licence of each that is in force on the day.
    public func held(
        by parties: [Identifier], types: [String], on day: LegalDay, in snapshot: Snapshot
    ) throws -> [Identifier: [String: Identifier]] {
        try register.held(by: parties, types: types, on: day, in: snapshot)
    }

    /// Whose licences of some types are in force and end within some days, the first to end first: for who reminds of it.
    ///
    /// It tells only identifiers, and nobody's right is asked: whoever uses it has decided who may be reminded.
    /// Holders who are not known here yet are left out.
    ///
    /// - Parameters:
    ///   - types: types of licences, such as 居民身份证.
    ///   - first: the first day of the stretch.
    ///   - last: the last day of the stretch.
    ///   - cursor: the last one already seen.
    public func ending(
        _ types: [String], from first: LegalDay, through last: LegalDay, after cursor: LicenceEnding? = nil,
        limit: Int, in snapshot: Snapshot
    ) throws -> [LicenceEnding] {
        try register.ending(types, from: first, through: last, after: cursor, limit: limit, in: snapshot)
    }

    /// The licences that a case has led to; whoever shows them has decided about access to the case.
    public func results(of caseID: Identifier, in snapshot: Snapshot) throws -> [Licence] {
        try register.results(of: caseID, in: snapshot)
    }

    /// Makes the licences that were recorded under an identity number a party's own, once the party is known.
    ///
    /// One that was taken over under another name is doubtful from then on.
    ///
    /// - Returns: how many there were.
    @discardableResult
    public func claim(
        _ idNumber: String, for party: RegisteredParty, by act: Act, in transaction: Transaction
    ) throws -> Int {
        let claimed = try register.claim(idNumber, for: party.id, in: transaction)
        for id in claimed {
            guard let licence = try register.find(id, in: transaction),
                !licence.holders.contains(where: { $0.name == party.name })
            else { continue }
            try doubt(licence, QualityFindings.otherName, by: act, in: transaction)
        }
        return claimed.count
    }

    /// Reads a licence by a right and records that.
    ///
    /// - Parameter servingCase: the case in which it serves; whoever names it has decided about access to the material.
    func lookUp<Value: Sendable>(
        _ id: Identifier, _ part: LicenceLookedUp.Part, in servingCase: Identifier? = nil, by act: Act,
        _ body: @escaping @Sendable (Licence, Snapshot) throws -> Value
    ) async throws -> Value {
        let found = try await database.read { snapshot -> LookedUp<Value> in
            guard let licence = try register.find(id, in: snapshot) else { throw LicenceError.unknown }
            let ground =
                servingCase == nil ? try ground(for: act.actor, to: licence, in: snapshot) : .caseMaterial
            return LookedUp(
                stream: Self.stream(of: licence), ground: ground,
                value: ground == nil ? nil : try body(licence, snapshot))
        }
        try await lookUps.note(
            LicenceLookedUp(licence: id, part: part, ground: found.ground, caseID: servingCase, at: act.now),
            stream: found.stream, by: act)
        guard let value = found.value else { throw LicenceError.unknown }
        return value
    }
}

/// What one read found: the licence's stream, the right to see it, and with it the value that was asked for.
private struct LookedUp<Value: Sendable>: Sendable {
    let stream: StreamID
    let ground: LicenceAccessGround?
    let value: Value?
}
