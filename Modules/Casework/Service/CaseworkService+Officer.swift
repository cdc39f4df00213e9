import Catalogue
public import Extension
public import Standards
public import Storage

extension CaseworkService {
    /// A department names a fault before acceptance, for the clerk's one notice.
    public func nameFault(
        _ fault: Fault, item: String, of id: Identifier, by act: Act, in transaction: Transaction
    ) throws -> CaseFile {
        try change(id, by: act, in: transaction, access: CaseAccess.officer(of: item)) { file, context in
            try file.nameFault(fault, item: item, in: context)
        }
    }

    /// Grants an item and issues its results.
    ///
    /// - Parameters:
    ///   - values: what the officer entered, by result and field.
    ///   - originals: the original file of each result that was issued elsewhere, by result.
    ///   - isFromOutside: whether the department's own system gives it, which only an item handled there allows.
    public func grant(
        _ item: String, of id: Identifier, values: [String: [String: String]],
        originals: [String: PreparedFile] = [:], isFromOutside: Bool = false, expected: Int? = nil, by act: Act,
        in transaction: Transaction
    ) throws -> CaseFile {
        try change(id, expected: expected, by: act, in: transaction, access: CaseAccess.officer(of: item)) {
            file, context in
            let values = values.mapValues { $0.mapValues(\.withoutInvisibles) }
            _ = try file.checkDecision(of: item, in: context)
            guard let planned = context.planned(item), let task = file.task(item) else {
                throw CaseworkError.notFound
            }
            if isFromOutside, planned.item.handling != .outside { throw CaseworkError.decidedHere(planned.item.title) }
            let definitions = planned.item.results
            var findings = values.keys.sorted().filter { name in !definitions.contains { $0.id == name } }
                .map { Finding("results.\($0)", "field.unknown", "这个事项没有名为 \($0) 的结果。") }
            for result in definitions {
                findings += FormCheck.findings(
                    values[result.id] ?? [:], fields: result.fields, today: act.now.day,
                    at: "results.\(result.id)")
            }
            findings += file.strangeIdentities(in: values, of: definitions, plan: context.plan)
            if !findings.isEmpty { throw CaseworkError.invalid(findings) }
            guard let agency = try agencies.agency(task.agency, in: transaction) else {
                throw CaseworkError(.noAgency, "没有承办单位", "找不到承办单位的登记信息，请联系管理员。")
            }
            // What this decision supplies is known to the results it issues as well.
            var form = file.form
            for result in definitions {
                for supply in result.supplies {
                    if let value = values[result.id]?[supply.field], !value.isEmpty { form[supply.to] = value }
                }
            }
            let issued = try definitions.map { result in
                let original =
                    try originals[result.id].map { prepared in
                        try blobs.put(prepared.blob, at: act.now, in: transaction)
                        return prepared.reference
                    } ?? task.originals?[result.id]
                return try issuer.issue(
                    ResultOrder(
                        division: file.division, caseID: file.id, caseNumber: file.number ?? "", item: planned.item,
                        result: result, agency: agency, applicant: file.applicant,
                        holder: file.holder(of: result, form: form, plan: context.plan),
                        content: Self.content(of: result, form: form, theme: context.theme),
                        values: values[result.id] ?? [:], original: original),
                    by: act, in: transaction)
            }
            try file.grant(item, values: values, results: issued, in: context)
        }
    }

    /// What a result takes from the one form. A title that several sections have, such as 姓名, says whose it is.
    private static func content(
        of result: ResultDefinition, form: [String: String], theme: Theme
    ) -> [ResultLine] {
        let asked = theme.form.flatMap { section in section.fields.map { (section: section.title, field: $0) } }
        let sections = Dictionary(grouping: asked) { $0.field.title }.mapValues { Set($0.map(\.section)) }
        return result.content.compactMap { id in
            guard let value = form[id], !value.isEmpty else { return nil }
            guard let (section, field) = asked.first(where: { $0.field.id == id }) else {
                return ResultLine(title: id, value: value)
            }
            let isShared = (sections[field.title]?.count ?? 0) > 1
            return ResultLine(title: isShared ? "\(section)的\(field.title)" : field.title, value: value)
        }
    }

    /// Records the original of a result that was issued elsewhere; the decision refers to it.
    public func recordOriginal(
        _ prepared: PreparedFile, of result: String, item: String, of id: Identifier, by act: Act,
        in transaction: Transaction
    ) throws -> CaseFile {
        try change(id, by: act, in: transaction, access: CaseAccess.officer(of: item)) { file, context in
            try blobs.put(prepared.blob, at: act.now, in: transaction)
            try file.recordOriginal(prepared.reference, of: result, item: item, in: context)
        }
    }

    /// Refuses an item with reason and remedy.
    public func refuse(
        _ item: String, of id: Identifier, reason: String, remedy: String, expected: Int? = nil, by act: Act,
        in transaction: Transaction
    ) throws -> CaseFile {
        try change(id, expected: expected, by: act, in: transaction, access: CaseAccess.officer(of: item)) {
            file, context in
            let bar = try itemRegister.unrefusable(
                item, division: file.division, on: act.now.day, in: transaction)
            if let bar { throw CaseworkError.notToRefuse(context.planned(item)?.item.title ?? item, bar) }
            try file.refuse(item, reason: reason, remedy: remedy, in: context)
        }
    }

    /// Why an item of a division can't be refused today; nil where it can (R04.3).
    public func refusalBar(_ item: String, division: String, on day: LegalDay) async throws -> String? {
        try await database.read { [itemRegister] in
            try itemRegister.unrefusable(item, division: division, on: day, in: $0)
        }
    }

    /// Begins a special procedure.
    public func pause(
        _ item: String, of id: Identifier, for procedure: SpecialProcedure, reason: String, expectedDays: Int,
        expected: Int? = nil, by act: Act, in transaction: Transaction
    ) throws -> CaseFile {
        try change(id, expected: expected, by: act, in: transaction, access: CaseAccess.officer(of: item)) {
            file, context in
            try file.pause(item, for: procedure, reason: reason, expectedDays: expectedDays, in: context)
        }
    }

    /// Ends a special procedure.
    public func resume(
        _ item: String, of id: Identifier, expected: Int? = nil, by act: Act, in transaction: Transaction
    ) throws -> CaseFile {
        try change(id, expected: expected, by: act, in: transaction, access: CaseAccess.officer(of: item)) {
            file, context in
            try file.resume(item, in: context)
        }
    }

    /// Records the number in the department's own system.
    public func recordOutsideNumber(
        _ number: String, item: String, of id: Identifier, by act: Act, in transaction: Transaction
    ) throws -> CaseFile {
        try change(id, by: act, in: transaction, access: CaseAccess.officer(of: item)) { file, context in
            try file.recordOutsideNumber(number, item: item, in: context)
        }
    }
}

extension CaseFile {
    /// Who holds a result, with what is known of the holder by now.
    fileprivate func holder(of result: ResultDefinition, form: [String: String], plan: Plan) -> ResultHolder {
        func value(_ field: String?) -> String? { field.flatMap { form[$0] }.flatMap { $0.isEmpty ? nil : $0 } }
        if let role = plan.parties.first(where: { $0.id == result.holder }), let name = value(role.nameField) {
            return ResultHolder(party: nil, name: name, idNumber: value(role.identifierField))
        }
        func known(_ keys: String...) -> String? {
            let fields = plan.form.flatMap(\.fields)
            return keys.lazy.compactMap { key in value(fields.first { $0.prefill == key }?.id) }.first
        }
        let isEnterprise = applicant.isEnterprise
        return ResultHolder(
            party: applicant.party,
            name: (isEnterprise ? known("enterprise.name") : nil) ?? known("applicant.name") ?? "申请人",
            idNumber: (isEnterprise ? known("enterprise.credit_code") : nil) ?? known("applicant.id_number"))
    }
}

extension CaseFile {
    /// Identity numbers that a result gives to a party and that belong to another party of this very case.
    fileprivate func strangeIdentities(
        in values: [String: [String: String]], of results: [ResultDefinition], plan: Plan
    ) -> [Finding] {
        var others: [String: String] = [:]
        for party in plan.parties {
            if let field = party.identifierField, let number = form[field], !number.isEmpty {
                others[number] = party.title
            }
        }
        for number in applicantNumbers ?? [] { others[number] = "申请人" }
        let identifiers = Set(plan.parties.compactMap(\.identifierField))
        return results.flatMap { result in
            result.supplies.compactMap { supply in
                guard identifiers.contains(supply.to), let number = values[result.id]?[supply.field],
                    form[supply.to] != number, let other = others[number]
                else { return nil }
                return Finding(
                    "results.\(result.id).\(supply.field)", "result.number_of_other",
                    "这是\(other)的号码，不会是新取得的号码。请核对后重新填写。")
            }
        }
    }
}

extension CaseworkError {
    static func notToRefuse(_ title: String, _ reason: String) -> CaseworkError {
        CaseworkError(
            .wrongState, "不能不予批准", "“\(title)”\(reason)材料齐全的，请办理备案；材料有误的，请通知申请人更正。")
    }

    static func decidedHere(_ title: String) -> CaseworkError {
        CaseworkError(
            .wrongState, "不能批量登记", "“\(title)”在本系统里审批，不能当作部门系统的结果登记。请打开这一件，逐件作出决定。")
    }
}
