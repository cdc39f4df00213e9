public import Catalogue
public import Extension
import Standards
public import Storage

extension CaseworkService {
    /// What a situation takes, before anything is filed; signed in, the applicant's own licences are looked at.
    public func preview(theme id: String, answers: Answers, by act: Act) async throws -> PlanningResult {
        try await database.read { [self] snapshot in
            let (theme, hash) = try catalogue.current(theme: id, in: snapshot)
            let checked = try check(answers, for: theme)
            let evidence =
                try applicant(of: act).map {
                    try self.evidence(theme, hash, checked, EvidenceGround(applicant: $0), act, snapshot)
                } ?? []
            return plans.plan(theme, hash: hash, answers: checked, evidence: evidence, on: act.now.day)
        }
    }

    /// Begins a draft with everything filled in that is known already.
    public func begin(
        theme id: String, answers: Answers, division: String? = nil, by act: Act
    ) async throws -> CaseFile {
        let known = try await knownValues(for: id, by: act)
        return try await database.write { [self] transaction in
            try begin(theme: id, answers: answers, division: division, known: known, by: act, in: transaction)
        }
    }

    /// The values that are known of the one who acts, read before the transaction.
    ///
    /// - Parameter theme: what is to be applied for, so that a mandate can be held to it.
    public func knownValues(for theme: String? = nil, by act: Act) async throws -> [String: String] {
        try await database.read { [self] in try knownValues(for: theme, by: act, in: $0) }
    }

    func knownValues(for theme: String?, by act: Act, in snapshot: Snapshot) throws -> [String: String] {
        guard let applicant = applicant(of: act) else { throw Problem.signInRequired }
        return try fields.values(for: applicant, theme: theme, by: act, in: snapshot)
    }

    /// Begins a draft in a transaction; `known` are the values by prefill key.
    public func begin(
        theme id: String, answers: Answers, division: String?, known: [String: String], by act: Act,
        in transaction: Transaction
    ) throws -> CaseFile {
        var (file, context) = try draft(
            theme: id, answers: answers, division: division, known: known, by: act, in: transaction)
        file.evidence = try evidence(
            context.theme, file.theme.hash, file.answers, EvidenceGround(applicant: file.applicant), act, transaction)
        try insert(&file, planned: try plan(of: file, theme: context.theme, at: act), by: act, in: transaction)
        return file
    }

    /// A new draft that is not stored yet, so that what the applicant filled in can go into the same first version;
    /// what serves in place of papers is still to be looked for.
    func draft(
        theme id: String, answers: Answers, division: String?, known: [String: String], by act: Act,
        in snapshot: Snapshot
    ) throws -> (file: CaseFile, context: CaseContext) {
        guard let applicant = applicant(of: act) else { throw Problem.signInRequired }
        if let division, try !agencies.serves(division: division, in: snapshot) {
            throw CaseworkError.invalid([
                Finding("division", "division.unknown", "本系统不受理“\(division)”这个区划的事，请核对区划代码，或到那里的平台办理。")
            ])
        }
        let (theme, hash) = try catalogue.current(theme: id, in: snapshot)
        if theme.audience == .person, applicant.isEnterprise { throw CaseworkError.forPersonsOnly(theme) }
        let checked = try check(answers, for: theme)
        var file = CaseFile(
            id: act.identifier("case"), division: division ?? self.division,
            theme: ThemeReference(id: theme.id, hash: hash), applicant: applicant, answers: checked, evidence: [],
            at: act.now)
        file.assistance = act.actor.assistant.map { Assistance(account: $0.account, agency: $0.post.agency) }
        let context = CaseContext(
            act: act, calendar: try calendars.calendar(in: snapshot), theme: theme,
            plan: try plan(of: file, theme: theme, at: act), rules: rules)
        let numbers = [PrefillKey.applicantIDNumber, .enterpriseCreditCode].compactMap { known[$0.rawValue] }
        file.applicantNumbers = numbers.filter { !$0.isEmpty }
        file.form = Self.prefilled(context.plan, known)
        file.note(CaseCreated(division: file.division, caseID: file.id, theme: theme.id, themeHash: hash))
        return (file, context)
    }

    /// Changes the answers of a draft and plans anew, keeping what was typed.
    public func answer(
        _ id: Identifier, answers: Answers, expected: Int? = nil, known: [String: String], by act: Act,
        in transaction: Transaction
    ) throws -> CaseFile {
        try change(id, expected: expected, by: act, in: transaction, access: CaseAccess.applicant) { file, context in
            let checked = try check(answers, for: context.theme)
            try file.answer(
                checked,
                evidence: try evidence(
                    context.theme, file.theme.hash, checked, file.evidenceGround(in: context.plan), act, transaction))
            let plan = try plan(of: file, theme: context.theme, at: act)
            // What is verified stands over what was typed in a situation in which it was another's.
            file.form.merge(Self.prefilled(plan, known)) { $1 }
        }
    }

    /// Saves values of the one form.
    public func fill(
        _ id: Identifier, values: [String: String], expected: Int? = nil, by act: Act, in transaction: Transaction
    ) throws -> CaseFile {
        try change(id, expected: expected, by: act, in: transaction, access: CaseAccess.applicant) { file, context in
            try file.fill(values, in: context)
        }
    }

    /// Checks and encrypts a file outside the transaction.
    ///
    /// - Throws: `StorageError` when the file is too large, disguised or harmful.
    public func prepare(_ upload: UploadedFile, by act: Act) throws -> PreparedFile {
        PreparedFile(
            blob: try blobs.prepare(
                upload.bytes, declaredType: upload.contentType, fileName: upload.name, division: division,
                seed: act.seed),
            name: upload.name)
    }

    /// Attaches a prepared file to a material; after acceptance it fills a tolerated gap.
    public func attach(
        _ prepared: PreparedFile, to slot: String, of id: Identifier, expected: Int? = nil, by act: Act,
        in transaction: Transaction
    ) throws -> CaseFile {
        try change(id, expected: expected, by: act, in: transaction, access: CaseAccess.applicant) { file, context in
            try blobs.put(prepared.blob, at: act.now, in: transaction)
            try file.attach(prepared.reference, to: slot, in: context)
        }
    }

    /// Takes a file away.
    public func detach(
        _ blob: String, from slot: String, of id: Identifier, by act: Act, in transaction: Transaction
    ) throws -> CaseFile {
        try change(id, by: act, in: transaction, access: CaseAccess.applicant) { file, _ in
            try file.detach(blob, from: slot)
        }
    }

    /// Puts a commitment or a later supply in a material's place, or takes it back.
    public func substitute(
        _ slot: String, by substitute: MaterialSubstitute?, of id: Identifier, by act: Act,
        in transaction: Transaction
    ) throws -> CaseFile {
        try change(id, by: act, in: transaction, access: CaseAccess.applicant) { file, context in
            try file.substitute(slot, by: substitute, in: context)
        }
    }

    // MARK: Helpers

    private func applicant(of act: Act) -> Applicant? {
        guard let person = act.actor.person, let party = act.actor.party else { return nil }
        return Applicant(party: party, person: person, mandate: act.actor.mandate)
    }

    private func check(_ answers: Answers, for theme: Theme) throws -> Answers {
        let check = AnswerCheck(answers, for: theme)
        if !check.findings.isEmpty { throw CaseworkError.invalid(check.findings) }
        return check.answers
    }

    func evidence(
        _ theme: Theme, _ hash: String, _ answers: Answers, _ ground: EvidenceGround, _ act: Act, _ snapshot: Snapshot
    ) throws -> [EvidencedSource] {
        let asked = plans.sourcesToAsk(theme, hash: hash, answers: answers, on: act.now.day)
        return asked.isEmpty ? [] : try materials.available(asked, for: ground, on: act.now.day, in: snapshot)
    }

    static func prefilled(_ plan: Plan, _ known: [String: String]) -> [String: String] {
        var values: [String: String] = [:]
        for field in plan.form.flatMap(\.fields) {
            if let key = field.prefill, let value = known[key], !value.isEmpty { values[field.id] = value }
        }
        return values
    }
}

/// A file that was checked and encrypted, ready to be stored.
public struct PreparedFile: Sendable {
    public let blob: PreparedBlob
    /// The name that the sender gave it.
    public let name: String

    /// How a case refers to it.
    public var reference: FileReference {
        FileReference(
            blob: blob.id, division: blob.division, name: name, contentType: blob.type.rawValue, size: blob.size)
    }
}

extension CaseworkError {
    static func forPersonsOnly(_ theme: Theme) -> CaseworkError {
        CaseworkError(
            .notApplicable, status: 422, "这件事由个人申请",
            "“\(theme.title)”由个人申请，您现在代企业办理。请先切换为本人，再申请。")
    }
}
