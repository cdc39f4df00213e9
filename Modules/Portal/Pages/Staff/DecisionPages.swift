import PluginKit

/// What an officer does with an item: grant, refuse, pause, resume, name a fault, record the outside number.
struct DecisionPages: PageGroup {
    private typealias Change =
        @Sendable (CaseworkService, _ id: Identifier, _ item: String, _ version: Int?, Transaction) throws -> CaseFile

    let services: PortalServices

    var pages: [Page] {
        [
            page("grant", .grant) { request in
                let results = TaskForm(request: request).results
                let originals = try originals(request)
                return { casework, id, item, version, transaction in
                    try casework.grant(
                        item, of: id, values: results, originals: originals, expected: version, by: request.act,
                        in: transaction)
                }
            },
            page("refuse", .refuse) { request in
                { casework, id, item, version, transaction in
                    try casework.refuse(
                        item, of: id, reason: request.field("reason"), remedy: request.field("remedy"),
                        expected: version, by: request.act, in: transaction)
                }
            },
            page("pause", .pause) { request in
                let (kind, days) = try procedure(request)
                return { casework, id, item, version, transaction in
                    try casework.pause(
                        item, of: id, for: kind, reason: request.field("reason"), expectedDays: days,
                        expected: version, by: request.act, in: transaction)
                }
            },
            page("resume", .resume) { request in
                { casework, id, item, version, transaction in
                    try casework.resume(item, of: id, expected: version, by: request.act, in: transaction)
                }
            },
            page("fault", .fault) { request in
                let fault = Fault(
                    target: request.field("target"), text: request.field("text"),
                    repeats: Int(request.field("repeats")))
                if fault.target.isEmpty {
                    throw Problem.invalid([Finding("target", "field.required", "请选择是哪一项有问题。")])
                }
                return { casework, id, item, _, transaction in
                    try casework.nameFault(fault, item: item, of: id, by: request.act, in: transaction)
                }
            },
            page("outside", .outside) { request in
                { casework, id, item, _, transaction in
                    try casework.recordOutsideNumber(
                        request.field("outside_number"), item: item, of: id, by: request.act, in: transaction)
                }
            },
        ]
    }

    private func page(
        _ verb: String, _ panel: TaskForm.Panel,
        _ prepare: @escaping @Sendable (PageRequest) throws -> Change
    ) -> Page {
        Page(post: "/staff/tasks/{case}/{item}/\(verb)", access: .staff(.decideItems)) { request in
            let (id, item) = (try request.identifier("case"), request.path["item"] ?? "")
            let version = try request.expectedVersion()
            do {
                let change = try prepare(request)
                _ = try await services.casework.database.write { [casework = services.casework] transaction in
                    try change(casework, id, item, version, transaction)
                }
                return .redirect("/staff/tasks/\(id)/\(URLText.encode(item))?message=\(verb)")
            } catch {
                guard let problem = problem(of: error), (409...422).contains(problem.status) else { throw error }
                var form = TaskForm(request: request, panel: panel)
                form.feedback = FormFeedback(findings: problem.findings)
                if problem.findings.isEmpty || problem.code != "input.invalid" { form.warning = problem.detail }
                return try await TaskDesk(services: services).page(request, form, status: problem.status)
            }
        }
    }

    /// Which procedure, and for how many working days; everything that is wrong at once.
    private func procedure(_ request: PageRequest) throws -> (SpecialProcedure, Int) {
        let kind = SpecialProcedure(rawValue: request.field("procedure"))
        let days = Int(request.field("expected_days")).flatMap { (1...365).contains($0) ? $0 : nil }
        if let kind, let days, !request.field("reason").isEmpty { return (kind, days) }
        var findings: [Finding] = []
        if kind == nil { findings.append(Finding("procedure", "field.required", "请选择是哪一种特殊程序。")) }
        if days == nil { findings.append(Finding("expected_days", "field.type", "预计天数请填写 1 到 365 的整数。")) }
        if request.field("reason").isEmpty {
            findings.append(Finding("reason", "field.required", "请写明启动特殊程序的理由，申请人会看到。"))
        }
        throw Problem.invalid(findings)
    }

    private func problem(of error: any Error) -> Problem? { (error as? any ProblemConvertible)?.problem }

    /// The originals of results issued elsewhere, checked and encrypted before the transaction.
    private func originals(_ request: PageRequest) throws -> [String: PreparedFile] {
        var prepared: [String: PreparedFile] = [:]
        var findings: [Finding] = []
        for (name, files) in request.files where name.hasPrefix(TaskForm.originalPrefix) {
            guard let file = files.last else { continue }
            do {
                prepared[String(name.dropFirst(TaskForm.originalPrefix.count))] =
                    try services.casework.prepare(file, by: request.act)
            } catch let error as StorageError where error.code == .blobRefused {
                findings.append(Finding(name, error.code.rawValue, error.message))
            }
        }
        if !findings.isEmpty { throw Problem.invalid(findings) }
        return prepared
    }
}
