import Catalogue
public import Standards
public import Storage

/// Makes the rows of cases: acceptance, steps, special procedures, result and papers of each item.
public struct CaseExchangeSource: ExchangeSource {
    public let name = "cases"
    private let cases: any ExchangedCaseSource

    public init(_ cases: any ExchangedCaseSource) { self.cases = cases }

    public func units(
        changed changes: Range<Instant>, after: String, limit: Int, in snapshot: Snapshot
    ) throws -> [ExchangeUnit] {
        try cases.cases(changed: changes, after: after, limit: limit, in: snapshot).map(\.unit)
    }

    public func units(keys: [String], in snapshot: Snapshot) throws -> [ExchangeUnit] {
        try cases.cases(keys: keys, in: snapshot).map(\.unit)
    }
}

extension ExchangedCase {
    /// The case with its rows.
    var unit: ExchangeUnit {
        var rows: [ExchangeRow] = []
        var obstacles: [ExchangeFinding] = []
        for (index, item) in items.enumerated() {
            let made = CaseItemRows(file: self, item: item, ordinal: index + 1)
            if item.published == nil { obstacles.append(made.missingCode) } else { rows += made.all }
        }
        return ExchangeUnit(key: key, subject: number, rows: rows, obstacles: obstacles)
    }
}

/// The rows of one item of a case.
private struct CaseItemRows {
    let file: ExchangedCase
    let item: ExchangedItem
    /// The item's place in the case, from 1.
    let ordinal: Int

    private var key: String { "\(file.key)/\(item.id)" }
    /// The case's number with the item's place: the platform knows matters of one item only.
    private var projectNumber: String { "\(file.number)-\(ordinal < 10 ? "0" : "")\(ordinal)" }

    var all: [ExchangeRow] {
        [acceptance] + process + item.pauses.enumerated().map(pause) + [result].compactMap(\.self) + materials
    }

    var missingCode: ExchangeFinding {
        ExchangeFinding(
            table: "up_pro_accept", row: ExchangeRow("up_pro_accept", key: key, [:]).guid, field: "task_code",
            code: "exchange.no_task_code",
            message: "事项“\(item.title)”（\(item.id)）申请当天不在事项目录里，没有实施编码，这一项没有导出。请把它编进事项目录，地方编码写 \(item.id)，再导出一次。",
            subject: file.number)
    }

    private var acceptance: ExchangeRow {
        let published = item.published?.item
        let applicant = file.applicant
        let promised = (item.due ?? file.due).map { "\($0.text) 23:59:59" }
        return ExchangeRow(
            "up_pro_accept", key: key,
            [
                "project_no": projectNumber, "catalog_code": published?.basicCode, "task_code": published?.code,
                "local_task_code": published?.localCode, "task_version": item.published.map { "\($0.version)" },
                "applyer_name": applicant.name, "applyer_type": applicant.isEnterprise ? "2" : "1",
                "applyer_page_type": applicant.isEnterprise ? "001" : documentType(applicant.number),
                "applyer_page_code": applicant.number, "contact_name": applicant.contactName,
                "contact_mobile": applicant.mobile, "legal": applicant.legalRepresentative,
                "apply_type": file.isFromWindow ? "2" : "1", "apply_date": file.applied.exchangeText,
                "accept_date": file.accepted.exchangeText, "accept_doc_no": file.acceptanceNotice,
                "promise_date": promised, "org_code": item.agencyCode, "org_name": item.agencyName,
                "handle_user_name": file.acceptedBy,
                "project_type": published.map { $0.handling == .onTheSpot ? "1" : "2" },
                "project_name": "\(file.title)—\(item.title)",
            ])
    }

    private func documentType(_ number: String?) -> String {
        number.map { (try? ResidentID($0)) != nil } == true ? "111" : "999"
    }

    private var process: [ExchangeRow] {
        var steps: [(name: String, type: String, start: Instant, end: Instant?, by: String, text: String)] = [
            ("收件", "01", file.applied, file.applied, "申请人", file.isFromWindow ? "窗口收件" : "网上提交"),
            ("受理", "02", file.applied, file.accepted, file.acceptedBy, "予以受理"),
        ]
        if let opened = item.opened {
            steps.append(
                ("审查", "03", opened, item.decision?.at, item.decision?.by ?? item.agencyName, "由\(item.agencyName)审查"))
        }
        if let decision = item.decision {
            steps.append(
                (
                    "决定", "04", decision.at, decision.at, decision.by,
                    decision.isGranted ? "准予" : decision.reason
                ))
        }
        return steps.map { step in
            ExchangeRow(
                "up_pro_process", key: "\(key)/\(step.type)",
                [
                    "project_no": projectNumber, "process_name": step.name, "event_name": step.type,
                    "event_start_time": step.start.exchangeText, "event_end_time": step.end?.exchangeText,
                    "handle_user_name": step.by, "handle_explain": step.text,
                ])
        }
    }

    private func pause(_ index: Int, _ pause: ExchangedItem.Pause) -> ExchangeRow {
        ExchangeRow(
            "up_pro_special_procedure", key: "\(key)/\(index + 1)",
            [
                "project_no": projectNumber, "special_type": pause.type, "special_name": pause.name,
                "special_reason": pause.reason, "special_time": pause.start.exchangeText,
                "end_time": pause.end?.exchangeText,
            ])
    }

    private var result: ExchangeRow? {
        func row(_ type: String, _ at: Instant, _ text: String?, _ more: [String: String?] = [:]) -> ExchangeRow {
            ExchangeRow(
                "up_pro_result", key: key,
                [
                    "project_no": projectNumber, "result_type": type, "result_date": at.exchangeText,
                    "result_explain": text, "is_delivery_results": "0",
                ].merging(more) { $1 })
        }
        if let decision = item.decision {
            guard decision.isGranted else { return row("02", decision.at, decision.reason) }
            let numbers = decision.results.map(\.number).filter { !$0.isEmpty }
            return row(
                decision.results.isEmpty ? "06" : "01", decision.at, "准予",
                [
                    "result_cetr_name": decision.results.map(\.title).joined(separator: "、"),
                    "result_cetr_no": numbers.joined(separator: "、"),
                    "is_delivery_results": decision.isDelivered ? "1" : "0",
                ])
        }
        guard let closed = file.closed else { return nil }
        switch file.ending {
        case .withdrawn: return row("03", closed, "申请人撤回")
        case .unanswered: return row("05", closed, "逾期未补正，终止办理")
        case .terminated: return row("04", closed, "终止办理")
        case nil: return row("04", closed, "前一事项未获批准，本项不再办理")
        }
    }

    private var materials: [ExchangeRow] {
        file.materials.filter { $0.items.contains(item.id) }.map { material in
            ExchangeRow(
                "up_pro_material", key: "\(key)/\(material.id)",
                [
                    "project_no": projectNumber, "material_name": material.title, "get_num": "\(material.count)",
                    "get_type": material.way.rawValue, "material_attach_name": material.fileName,
                ])
        }
    }
}
