import Catalogue
import Extension
import Standards
import Storage

extension CaseFile {
    /// Everything that keeps the case from being submitted, all at once.
    func findings(in context: CaseContext) -> [Finding] {
        // Days are bounded by the day of application: a correction weeks later does not move them.
        let applied = times.submitted?.day ?? context.act.now.day
        var findings = FormCheck.findings(form, in: context.plan, scopes: context.scopes, today: applied)
        let faulty = Set(findings.map(\.field))
        for material in context.plan.materials where material.provision == .upload && !material.slot.isOptional {
            // A licence may yet serve once what it is compared with is filled in rightly.
            if !material.slot.comparedFields(in: context.plan).isDisjoint(with: faulty) { continue }
            let record = materials[material.id]
            if record?.files.isEmpty ?? true, record?.isCommitted != true, record?.isDeferred != true {
                var ways = "请上传"
                if material.slot.commitment != nil { ways += "，或签署承诺书代替" }
                if material.slot.mayBeMissing { ways += "，也可以先提交、之后补交" }
                let reason = material.reason(for: .applicant) ?? ""
                findings.append(
                    Finding(
                        "material.\(material.id)", "material.required", "缺少“\(material.slot.title)”，\(ways)。\(reason)"))
            }
        }
        for item in context.plan.items where !item.item.isInForce(on: context.act.now.day) {
            findings.append(
                Finding("item.\(item.id)", "casework.not_in_force", "“\(item.item.title)”现在不在办理期内，不能申请。"))
        }
        return findings + applicantsInOtherRoles(in: context.plan)
            + repeatedParties(in: context.plan)
    }

    /// Submits a draft; ``take(number:)`` follows, so that a faulty form leaves no gap in the numbers.
    mutating func submit(
        agencies: [String: Identifier], signature: GivenSignature? = nil, in context: CaseContext
    ) throws {
        guard state == .draft else { throw CaseworkError.wrongState(self, "提交") }
        try requireComplete(in: context)
        try sign(signature, in: context)
        let now = context.act.now
        state = .submitted
        times.submitted = now
        items = try context.plan.items.map { planned in
            guard let agency = agencies[planned.item.department] else {
                throw CaseworkError(
                    .noAgency, status: 422, "没有承办部门",
                    "本地还没有设置“\(planned.item.department)”的承办单位，暂时不能办理“\(planned.item.title)”。请联系政务服务中心。")
            }
            return ItemTask(id: planned.id, agency: agency)
        }
        acceptBy = context.calendar.due(for: .workingDays(context.rules.acceptanceDays), from: now.day)
    }

    /// Gives a case that was just submitted its number.
    mutating func take(number: String) {
        self.number = number
        note(
            CaseSubmitted(
                division: division, caseID: id, number: number, theme: theme.id, items: items.map(\.id),
                acceptBy: acceptBy?.day.description ?? ""))
        order(.receipt)
    }

    /// Submits again after a correction notice.
    ///
    /// - Parameter asIs: why the applicant leaves what was named as it is, by target. What is neither changed nor
    ///   explained is told, so that nothing that was named is overlooked.
    mutating func resubmit(
        asIs: [String: String], signature: GivenSignature? = nil, in context: CaseContext
    ) throws {
        guard state == .correction else { throw CaseworkError.wrongState(self, "重新提交") }
        try requireComplete(in: context)
        try sign(signature, in: context)
        let unmended = unmendedFaults
        let explained = asIs.filter { target, reason in
            !reason.isEmpty && unmended.contains { $0.target == target }
        }
        let untouched = unmended.filter { explained[$0.target] == nil }
        if !untouched.isEmpty {
            let findings = untouched.map {
                Finding($0.target, "correction.untouched", "补正通知要求：\($0.text)。这一项还没有修改。")
            }
            if untouched.count == corrections.last?.faults.count {
                throw CaseworkError(
                    .nothingToCorrect, status: 422, "还没有修改", "补正通知里的问题都还没有修改。请改好后再提交；认为原来就对的，请逐项写明理由。",
                    findings: findings)
            }
            throw CaseworkError(
                .unmended, status: 422, "还有 \(untouched.count) 处没有修改",
                "补正通知里还有 \(untouched.count) 处没有修改。请改好后再提交；认为原来就对的，请逐项写明理由，仍可以提交。", findings: findings)
        }
        let now = context.act.now
        state = .submitted
        corrections[corrections.count - 1].answered = now
        corrections[corrections.count - 1].asIs = explained.isEmpty ? nil : explained
        closeWaits(.applicant, at: now)
        acceptBy = context.calendar.due(for: .workingDays(context.rules.acceptanceDays), from: now.day)
        note(
            CaseResubmitted(
                division: division, caseID: id, notice: corrections.count,
                asIs: explained.isEmpty ? nil : explained.keys.sorted()))
        order(.receipt)
    }

    /// What is recorded for somebody at a window counts once that person has read and signed it.
    private mutating func sign(_ signature: GivenSignature?, in context: CaseContext) throws {
        guard let assistant = context.act.actor.assistant else { return }
        guard let signature else {
            throw CaseworkError.invalid([
                Finding("signature", "casework.unsigned", "窗口代录的申请，要由申请人核对并签名后才能提交。请选择签名方式。")
            ])
        }
        if let finding = signature.finding { throw CaseworkError.invalid([finding]) }
        signatures =
            (signatures ?? []) + [
                ApplicantSignature(
                    kind: signature.kind, at: context.act.now, witness: assistant.account,
                    picture: signature.picture?.reference)
            ]
        note(CaseSigned(division: division, caseID: id, kind: signature.kind, witness: assistant.account))
    }

    private func requireComplete(in context: CaseContext) throws {
        let findings = findings(in: context)
        if !findings.isEmpty { throw CaseworkError.invalid(findings) }
        let missing = missingConsents(in: context.plan)
        if !missing.isEmpty {
            let again = missing.contains { lapsedConsents?[$0] != nil } ? "确认之后表单有改动，要请其重新确认。" : ""
            func title(_ role: String) -> String { context.plan.parties.first { $0.id == role }?.title ?? role }
            let refused = missing.filter { refusal(of: $0, in: context.plan) != nil }.map(title)
            let against = refused.isEmpty ? "" : "\(refused.joined(separator: "、"))已表示不同意，请先和对方商量。"
            throw CaseworkError(
                .consentMissing, "还需要当事人确认",
                "提交前需要\(missing.map(title).joined(separator: "、"))登录确认同意。\(again)\(against)材料和表单已保存，确认后即可提交。")
        }
    }

    /// A short digest of every field and material, so that a later notice can be held to what the clerk saw.
    func digests() -> [String: String] {
        var digests: [String: String] = [:]
        for (field, value) in form { digests["form.\(field)"] = Self.digest(value) }
        for (slot, record) in materials {
            digests["material.\(slot)"] = Self.digest(
                record.files.map(\.blob).joined(separator: ",") + (record.isCommitted ? "+c" : "")
                    + (record.isDeferred ? "+d" : ""))
        }
        return digests
    }
}

extension MaterialSlot {
    /// The form fields, as findings name them, with which licences in its place are compared.
    fileprivate func comparedFields(in plan: Plan) -> Set<String> {
        sources.reduce(into: []) { fields, source in
            guard case .licence(_, _, let match?) = source else { return }
            let parties = plan.parties.filter { match.holders.contains($0.id) }
            let compared =
                match.fields.values + parties.flatMap { [$0.nameField, $0.identifierField].compactMap(\.self) }
            fields.formUnion(compared.map { "form.\($0)" })
        }
    }
}
