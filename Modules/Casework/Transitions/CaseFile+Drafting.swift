import Catalogue
import Extension
import Storage

extension CaseFile {
    mutating func note(_ event: any CaseEvent) { pendingEvents.append(event) }

    /// Whether the applicant may change form and materials now.
    var isEditable: Bool { state == .draft || state == .correction }

    mutating func requireEditable(_ wanted: String) throws {
        if !isEditable { throw CaseworkError.wrongState(self, wanted) }
    }

    /// Changes the answers of a draft; what was typed already is kept, even where the new plan does not ask for it.
    mutating func answer(_ answers: Answers, evidence: [EvidencedSource]) throws {
        guard state == .draft else { throw CaseworkError.wrongState(self, "修改情形") }
        self.answers = answers
        self.evidence = evidence
        note(CaseDraftSaved(division: division, caseID: id, part: "answers"))
    }

    /// Saves values of the form, checked or not; what is wrong is said on submission.
    mutating func fill(_ values: [String: String]) throws {
        try requireEditable("修改表单")
        form.merge(values) { $1 }
        note(CaseDraftSaved(division: division, caseID: id, part: "form"))
    }

    /// Saves what was typed into the one form, as far as it may be typed.
    mutating func fill(_ values: [String: String], in context: CaseContext) throws {
        let normalised = try FormCheck.normalised(values, in: context.plan)
        // What is known from the source can't be typed over (免填写); saying the same again is no fault.
        let locked = context.plan.form.flatMap(\.fields).filter { field in
            let stored = form[field.id] ?? ""
            return field.isLocked && !stored.isEmpty && normalised[field.id].map { $0 != stored } == true
        }
        if !locked.isEmpty {
            throw CaseworkError.invalid(
                locked.map {
                    Finding(
                        "form.\($0.id)", "field.locked", "“\($0.title)”来自实名认证或登记信息，不能在这里修改。信息有变的，请先到原登记机关更正。")
                })
        }
        try fill(normalised)
    }

    /// A material that the applicant may upload now: one that is asked for, or one that a notice names.
    private func uploadable(_ slot: String, in context: CaseContext) -> PlannedMaterial? {
        context.plan.materials.first { $0.id == slot && takesUpload($0) }
    }

    /// Attaches a file to a material.
    mutating func attach(_ file: FileReference, to slot: String, in context: CaseContext) throws {
        guard let planned = uploadable(slot, in: context) else {
            throw CaseworkError.invalid([Finding("material.\(slot)", "material.not_asked", "这件事不需要上传这份材料。")])
        }
        let fillsGap = materials[slot]?.isGap == true && times.accepted != nil && !state.isClosed
        if !fillsGap { try requireEditable("上传材料") }
        var record = materials[slot] ?? MaterialRecord()
        if record.files.contains(where: { $0.blob == file.blob }) { return }
        guard record.files.count < context.rules.maximumFiles else {
            throw CaseworkError.invalid([
                Finding(
                    "material.\(slot)", "material.too_many",
                    "“\(planned.slot.title)”最多上传 \(context.rules.maximumFiles) 个文件，请先删去不需要的。")
            ])
        }
        record.files.append(file)
        record.isCommitted = false
        record.isDeferred = false
        materials[slot] = record
        if fillsGap {
            if !materials.values.contains(where: \.isGap) { closeWaits(.applicant, at: context.act.now) }
            note(CaseGapFilled(division: division, caseID: id, slot: slot))
            order(.receipt, material: slot)
            recomputeClocks(in: context)
        } else {
            note(CaseDraftSaved(division: division, caseID: id, part: "material:\(slot)"))
        }
    }

    /// Takes a file away again.
    mutating func detach(_ blob: String, from slot: String) throws {
        try requireEditable("删除材料")
        guard materials[slot]?.files.contains(where: { $0.blob == blob }) == true else { return }
        materials[slot]?.files.removeAll { $0.blob == blob }
        note(CaseDraftSaved(division: division, caseID: id, part: "material:\(slot)"))
    }

    /// Puts a commitment in a material's place (告知承诺), or asks to supply it later (容缺), where the slot allows it.
    mutating func substitute(_ slot: String, by substitute: MaterialSubstitute?, in context: CaseContext) throws {
        try requireEditable("修改材料")
        guard let planned = uploadable(slot, in: context) else {
            throw CaseworkError.invalid([Finding("material.\(slot)", "material.not_asked", "这件事不需要这份材料。")])
        }
        var record = materials[slot] ?? MaterialRecord()
        switch substitute {
        case .commitment:
            guard planned.slot.commitment != nil else {
                throw CaseworkError.invalid([
                    Finding("material.\(slot)", "material.no_commitment", "“\(planned.slot.title)”不能用承诺代替，请上传。")
                ])
            }
        case .later:
            guard planned.slot.mayBeMissing else {
                throw CaseworkError.invalid([
                    Finding("material.\(slot)", "material.not_deferrable", "“\(planned.slot.title)”不能后补，请上传。")
                ])
            }
        case nil: break
        }
        record.isCommitted = substitute == .commitment
        record.isDeferred = substitute == .later
        materials[slot] = record
        note(CaseDraftSaved(division: division, caseID: id, part: "material:\(slot)"))
    }
}

/// What stands in a material's place.
public enum MaterialSubstitute: String, Sendable, Codable, CaseIterable {
    case commitment, later
}
