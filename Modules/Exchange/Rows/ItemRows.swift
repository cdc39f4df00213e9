public import Catalogue
public import Standards
public import Storage

/// Makes the rows of the catalogue: each item with its materials, in the version of the day.
public struct ItemExchangeSource: ExchangeSource {
    public let name = "items"
    private let inventory: InventoryService

    public init(_ inventory: InventoryService) { self.inventory = inventory }

    public func units(
        changed changes: Range<Instant>, after: String, limit: Int, in snapshot: Snapshot
    ) throws -> [ExchangeUnit] {
        try inventory.items(changed: changes, after: after, limit: limit, in: snapshot).map(\.unit)
    }

    public func units(keys: [String], in snapshot: Snapshot) throws -> [ExchangeUnit] {
        try keys.compactMap { try inventory.latest($0, in: snapshot)?.unit }
    }
}

extension PublishedItem {
    fileprivate var unit: ExchangeUnit {
        ExchangeUnit(
            key: item.code, subject: item.title,
            rows: [basics] + item.materials.enumerated().map { material($1, at: $0 + 1) })
    }

    private var basics: ExchangeRow {
        var row = ExchangeRow("up_task_general_basic", key: item.code, identity)
        row.values.merge(ExchangeRow("", key: "", service).values) { $1 }
        return row
    }

    private var identity: [String: String?] {
        let state =
            switch standing {
            case .inForce: "1"
            case .suspended: "2"
            case .cancelled: "3"
            }
        return [
            "catalog_code": item.basicCode, "task_code": item.code, "local_task_code": item.localCode,
            "task_name": item.title, "task_type": item.kind.nationalCode, "task_version": "\(version)",
            "task_state": state, "dept_code": item.organCode, "dept_name": item.organ,
            "dept_type": item.delegatedBy == nil ? "1" : "3", "entrust_name": item.delegatedBy,
            "use_level": item.level.map { "\($0.rawValue)" }, "power_source": item.delegatedBy == nil ? "1" : "3",
            "by_law": item.legalBasis, "server_type": item.audiences.map(\.nationalCode).joined(separator: ","),
            "project_type": item.handling == .onTheSpot ? "1" : "2", "accept_condition": item.conditions,
            "handle_flow": item.steps.map(\.title).joined(separator: "→"),
        ]
    }

    private var service: [String: String?] {
        let isOnline = item.ways.contains(.online) || item.onlineDepth.map { $0 != .information } == true
        return [
            "handle_type": isOnline ? "1,2" : "1",
            "anticipate_day": item.statutoryLimit?.national.count,
            "anticipate_type": item.statutoryLimit?.national.unit,
            "anticipate_explain": item.statutoryLimit.map(\.chinese),
            "promise_day": item.promisedLimit.national.count, "promise_type": item.promisedLimit.national.unit,
            "promise_explain": item.promisedLimit.chinese, "special_procedure": item.specialProcedures,
            "limit_scene_num": "\(item.visits)", "is_fee": item.isFree || item.fees.isEmpty ? "0" : "1",
            "fee_basis": item.fees.compactMap(\.basis).joined(separator: "；"), "link_way": item.contact,
            "supervise_way": item.complaints, "transact_addr": item.place, "transact_time": item.hours,
            "plan_effective_date": effectiveFrom.text,
            "plan_cancel_date": standing == .cancelled ? effectiveFrom.text : nil,
        ]
    }

    private func material(_ material: ItemMaterial, at position: Int) -> ExchangeRow {
        let form = material.form ?? ""
        let isCopy = form.contains("复印")
        let isOriginal = form.contains("原件")
        return ExchangeRow(
            "up_task_general_material", key: "\(item.code)/\(position)",
            [
                "task_code": item.code, "task_version": "\(version)", "material_name": material.title,
                "material_type": isCopy && isOriginal ? "3" : isCopy ? "2" : isOriginal ? "1" : nil,
                "material_format": form.contains("电子") ? (isCopy || isOriginal ? "3" : "2") : form.isEmpty ? nil : "1",
                "is_need": material.isRequired ? "1" : "0", "page_num": "\(material.copies)",
                "source_type": material.source.map {
                    $0.contains("申请人") || $0.contains("自备")
                        ? "10" : $0.contains("部门") || $0.contains("核发") ? "20" : "99"
                },
                "source_explain": material.source, "by_law": material.basis, "order_num": "\(position)",
            ])
    }
}

extension TimeLimit {
    /// The count and the unit's code; halves of a working day are rounded up.
    fileprivate var national: (count: String, unit: String) {
        switch self {
        case .workingDays(let halves): ("\((max(halves, 0) + 1) / 2)", "1")
        case .naturalDays(let days): ("\(max(days, 0))", "2")
        case .months(let months): ("\(max(months, 0))", "4")
        case .onTheSpot: ("0", "1")
        }
    }
}

extension CatalogueItem.Audience {
    /// The code of the exchange tables.
    fileprivate var nationalCode: String {
        switch self {
        case .person: "1"
        case .enterprise: "2"
        case .institution: "3"
        case .socialOrganisation: "4"
        case .unincorporated: "5"
        case .agency: "6"
        case .other: "9"
        }
    }
}
