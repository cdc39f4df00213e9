import Catalogue
import Extension
import Standards
import Storage

extension CaseworkService {
    /// What an applicant does.
    var applicantEndpoints: [any Contribution] {
        [
            Endpoint(.post, "themes/{id}/plan", summary: "按情形算出办事方案", access: .anyone) {
                (input: PlanInput, call) in
                PlanView(
                    try await preview(theme: input.theme, answers: input.answers, by: call.act),
                    for: call.act.actor.kind == .person ? .applicant : .visitor, today: call.act.now.day)
            },
            Endpoint(
                .post, "cases", summary: "新建一件事；填写完整时可直接提交", access: .personOrHelper, status: 201,
                problems: ["casework.duplicate", "casework.not_applicable", "casework.unanswered"]
            ) { (input: NewCase, call) in
                let prepared = try await call.prepare(from: database) { try prepare(input, by: call.act, in: $0) }
                return try await call.commit(to: database, status: 201) { transaction in
                    try file(input, prepared: prepared, by: call.act, in: transaction)
                }
            },
            Endpoint(.get, "cases", summary: "我的办件", access: .personOrHelper) { (input: ListInput, call) in
                try await mine(after: input.after, limit: input.limit, by: call.act)
            },
            Endpoint(
                .get, "cases/{id}", summary: "一件事的进展", access: .signedIn, problems: ["casework.not_found"]
            ) { (input: CasePath, call) in
                CaseView(try await sight(of: input.id, by: call.act), at: call.act.now)
            },
            Endpoint(
                .patch, "cases/{id}", summary: "修改草稿或补正内容", access: .personOrHelper,
                problems: ["casework.wrong_state", "casework.stale_version"]
            ) { (input: CaseChange, call) in
                let known = try await knownValues(by: call.act)
                return try await call.commit(to: database) { transaction in
                    try edit(input, known: known, call: call, in: transaction)
                }
            },
            Endpoint(
                upload: .put, "cases/{id}/materials/{slot}", summary: "上传一份材料", access: .personOrHelper,
                problems: ["storage.blob_refused", "material.not_asked"]
            ) { (input: MaterialPath, file, call) in
                let prepared = try prepare(file, by: call.act)
                return try await call.commit(to: database, status: 201) { transaction in
                    try view(
                        try attach(
                            prepared, to: input.slot, of: input.id, expected: call.expectedVersion, by: call.act,
                            in: transaction), call.act, transaction)
                }
            },
            Endpoint(.delete, "cases/{id}/materials/{slot}/{file}", summary: "删去一个文件", access: .personOrHelper) {
                (input: FilePath, call) in
                try await call.commit(to: database) { transaction in
                    try view(
                        try detach(input.file, from: input.slot, of: input.id, by: call.act, in: transaction),
                        call.act, transaction)
                }
            },
            Endpoint(
                download: "cases/{id}/materials/{slot}/{file}", summary: "查看一个文件", access: .signedIn,
                contentTypes: ["application/pdf", "image/png", "image/jpeg", "application/ofd"]
            ) { (input: FilePath, call) in
                try await file(input.file, slot: input.slot, of: input.id, by: call.act)
            },
            Endpoint(
                download: "cases/{id}/signatures/{file}", summary: "查看在签字板上签的名", access: .signedIn,
                contentTypes: ["image/png", "image/jpeg"]
            ) { (input: SignaturePath, call) in
                try await signaturePicture(input.file, of: input.id, by: call.act)
            },
            Endpoint(
                .post, "cases/{id}/submission", summary: "提交，或补正后重新提交", access: .personOrHelper,
                problems: [
                    "input.invalid", "casework.duplicate", "casework.consent_missing", "casework.plan_changed",
                    "casework.unmended", "casework.nothing_to_correct",
                ]
            ) { (input: SubmissionInput, call) in
                try await submission(input, call: call)
            },
            Endpoint(
                .post, "cases/{id}/withdrawal", summary: "撤回", access: .personOrHelper,
                problems: ["casework.wrong_state"]
            ) { (input: CasePath, call) in
                try await call.commit(to: database) { transaction in
                    try view(
                        try withdraw(input.id, expected: call.expectedVersion, by: call.act, in: transaction), call.act,
                        transaction)
                }
            },
        ]
    }

    private func edit(
        _ input: CaseChange, known: [String: String], call: Call, in transaction: Transaction
    ) throws -> CaseView {
        var file: CaseFile?
        // The first change is held to the version that the caller saw; the others follow in the same transaction.
        var expected = call.expectedVersion
        if let answers = input.answers {
            file = try answer(
                input.id, answers: answers, expected: expected, known: known, by: call.act, in: transaction)
            expected = nil
        }
        if let values = input.form {
            file = try fill(input.id, values: values, expected: expected, by: call.act, in: transaction)
            expected = nil
        }
        for (slot, word) in (input.substitutes ?? [:]).sorted(by: { $0.key < $1.key }) {
            file = try substitute(
                slot, by: try Self.substitute(word), of: input.id, by: call.act, in: transaction)
        }
        if let file { return try view(file, call.act, transaction) }
        return CaseView(try sight(of: input.id, by: call.act, in: transaction), at: call.act.now)
    }

    private func submission(_ input: SubmissionInput, call: Call) async throws -> CaseView {
        let signature = try signature(input.signature, picture: input.signaturePicture, by: call.act)
        return try await call.commitEither(to: database) { transaction in
            switch try submit(
                input.id, asIs: input.asIs, signature: signature, expected: call.expectedVersion, by: call.act,
                in: transaction)
            {
            case .submitted(let file): .answer(try view(file, call.act, transaction))
            // Committed, since the renewed draft is to be kept.
            case .replanned(_, let differences): .refusal(CaseworkError.replanned(differences).problem)
            }
        }
    }

    static func substitute(_ word: String) throws -> MaterialSubstitute? {
        if word.isEmpty { return nil }
        guard let substitute = MaterialSubstitute(rawValue: word) else {
            throw CaseworkError.invalid([Finding("substitutes", "field.choice", "只能是 commitment（承诺）或 later（后补）。")])
        }
        return substitute
    }

    /// The view of a case that was just changed in this transaction, for whoever changed it.
    func view(_ file: CaseFile, _ act: Act, _ transaction: Transaction) throws -> CaseView {
        CaseView(try sight(of: file, by: act, in: transaction), at: act.now)
    }
}

extension CaseworkError {
    /// The plan is another one than the applicant saw; the draft is kept and shows the new one.
    public static func replanned(_ differences: [String]) -> CaseworkError {
        CaseworkError(
            .planChanged, "办事方案有变化", "提交前办事指南或您的证照有了变化，已按新的方案更新草稿，填过的内容都保留。请核对后再提交。",
            findings: differences.map { Finding("plan", "casework.plan_changed", $0) })
    }
}
