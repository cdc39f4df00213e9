import Cryptography
public import Extension
public import Standards
public import Storage

/// A holder made a proof that can be verified without a network.
public struct LicenceProved: Event {
    public static let name = "licence.proved"
    public let licence: Identifier
    public let expires: Instant
}

extension LicenceService {
    /// Makes a proof of a licence that its holder may show where there is no network.
    ///
    /// - Parameters:
    ///   - labels: what of it is told, as for ``present(_:by:in:)``.
    ///   - days: how long it may be used, 1 to 30.
    /// - Throws: ``LicenceError`` with `licences.draft` and all findings, also where that is too much for one code.
    public func prove(
        _ id: Identifier, labels: [String], days: Int, by act: Act, in transaction: Transaction
    ) throws -> OfflineProof {
        guard act.actor.actsInPerson, let party = act.actor.party else {
            throw Problem.forbidden
        }
        guard let licence = try register.find(id, in: transaction),
            try register.isHolder(party, of: id, in: transaction)
        else { throw LicenceError.unknown }
        var findings: [Finding] = []
        if !licence.isInForce(on: act.now.day) {
            findings.append(
                Finding(
                    "licence", "licences.not_in_force", "“\(licence.title)”\(licence.standing(on: act.now.day))，不能出示。"))
        }
        if try qualities.isDoubtful(id, in: transaction) { findings.append(Self.doubtful(licence)) }
        if !(1...OfflineProof.maximumDays).contains(days) {
            findings.append(Finding("days", "field.range", "可以用 1 到 \(OfflineProof.maximumDays) 天。"))
        }
        let fields = licence.presentable.filter { labels.contains($0.label) }
        for label in labels where !fields.contains(where: { $0.label == label }) {
            findings.append(Finding("labels", "licences.label", "证照里没有“\(label)”这一项。"))
        }
        // Whole seconds, as the code has them.
        let made = Instant(milliseconds: act.now.milliseconds / 1000 * 1000)
        let content = OfflineProof.Content(
            reference: OfflineProof.reference(id), title: licence.title, issuer: licence.statement.issuer.name,
            validUntil: licence.validUntil, fields: fields, made: made, expires: made.adding(.seconds(days * 86_400)),
            isElsewhere: licence.origin == .elsewhere, isDemonstration: isDemonstration)
        let proof = try OfflineProof.sign(content, by: signer)
        if proof.text.utf8.count > OfflineProof.maximumLength {
            findings.append(Finding("labels", "licences.proof.too_long", "选的内容太多，一个二维码放不下。请少选几项。"))
        }
        guard findings.isEmpty else { throw LicenceError(.draft, "还不能出具，请按提示改正。", findings: findings) }
        try events.record(
            [LicenceProved(licence: id, expires: content.expires)], to: Self.stream(of: licence), by: act,
            in: transaction)
        return proof
    }

    /// The keys with which proofs are signed here, for everybody.
    public var proofKeys: ProofKeys {
        var key = ProofKeys.Key()
        key.name = Hex.encode(OfflineProof.name(of: signer.certificate.publicKey))
        key.key = signer.certificate.publicKey.pem
        key.isDemonstration = isDemonstration
        var keys = ProofKeys()
        keys.issuer = signer.certificate.subject.commonName ?? ""
        keys.keys = [key]
        return keys
    }

    /// The licences that ceased to be in force while a proof of them may still run, signed; at most a minute old.
    ///
    /// - Throws: ``LicenceError`` when there are more of them than one list holds.
    public func proofRevocations(at instant: Instant) async throws -> ProofRevocations {
        if let kept = proofLists.list(at: instant) { return kept }
        let register = register
        let since = instant.adding(.seconds(-(OfflineProof.maximumDays + 1) * 86_400))
        let most = ProofRevocations.maximumCount
        let ended = try await database.read { try register.notInForce(since: since, limit: most + 1, in: $0) }
        guard ended.count <= most else {
            throw LicenceError(.signer, "一个月里失效的证照超过 \(most) 份，一张清单放不下。请联网核验。")
        }
        let list = try ProofRevocations.sign(ended, at: instant, by: signer)
        proofLists.keep(list)
        return list
    }

    /// Verifies a proof against our own keys and register, where there is a network.
    public func verifyProof(_ text: String, at instant: Instant) async throws -> ProofReading {
        let register = register
        let reference = OfflineProof(text)?.content.reference
        let isRevoked = try await database.read { snapshot in
            try reference.map { try register.isNotInForce($0, in: snapshot) } ?? false
        }
        let revoked = Set([reference].compactMap { isRevoked ? $0 : nil })
        return try OfflineProofVerifier(keys: proofKeys, revoked: revoked, at: instant).verify(text, at: instant)
    }

    var proofEndpoints: [any Contribution] {
        [
            Endpoint(
                .post, "licences/{id}/proof", summary: "出具离线凭证：没有网络也能核验的二维码", access: .personAlone, status: 201,
                problems: [LicenceError.Code.notFound.rawValue, LicenceError.Code.draft.rawValue]
            ) { (input: ProofInput, call: Call) -> ProofView in
                try await call.commit(to: database, status: 201) { transaction in
                    ProofView(
                        try prove(input.licence, labels: input.labels, days: input.days, by: call.act, in: transaction))
                }
            },
            Endpoint(.get, "licence-keys", summary: "核验离线凭证的公钥清单", access: .anyone) {
                (_: Nothing, call: Call) -> ProofKeys in proofKeys
            },
            Endpoint(.get, "licence-revocations", summary: "失效清单：离线核验时用，有签名", access: .anyone) {
                (_: Nothing, call: Call) -> ProofRevocations in try await proofRevocations(at: call.act.now)
            },
            Endpoint(.post, "licence-proofs/verification", summary: "核验离线凭证，任何人都可以用", access: .anyone) {
                (input: ProofTextInput, call: Call) -> ProofReading in
                try await verifyProof(input.code, at: call.act.now)
            },
        ]
    }
}

/// Which licence, what of it, and how long.
struct ProofInput: SchemaType {
    var licence = Identifier.none
    var labels: [String] = []
    var days = 7

    static let schema = Schema<ProofInput> {
        Field("id", \.licence, .identifier, doc: "证照的系统编号", in: .path)
        Field("labels", \.labels, Format.list(of: .text(min: 1, max: 60), max: 100).withDefault, doc: "出示哪些内容")
        Field("days", \.days, Format.integer(in: 1...OfflineProof.maximumDays).withDefault, doc: "可以用几天")
    }
}

/// What a scanner read.
struct ProofTextInput: SchemaType {
    var code = ""

    static let schema = Schema<ProofTextInput> {
        Field("code", \.code, .text(min: 1, max: OfflineProof.maximumLength), doc: "扫到的内容")
    }
}

/// A proof as its holder gets it.
struct ProofView: SchemaType {
    var code = ""
    var expiresAt = Instant(milliseconds: 0)

    init() {}

    init(_ proof: OfflineProof) {
        code = proof.text
        expiresAt = proof.content.expires
    }

    static let schema = Schema<ProofView> {
        Field("code", \.code, .text(max: OfflineProof.maximumLength), doc: "二维码的内容")
        Field("expires_at", \.expiresAt, .instant, doc: "用到什么时候")
    }
}
