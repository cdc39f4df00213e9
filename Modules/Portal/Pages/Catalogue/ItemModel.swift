import PluginKit

/// The page of one item: what it takes, how it goes, what it costs, who supervises it, and its versions.
struct ItemModel {
    let found: PublishedItem
    let versions: [PublishedItem]
    let day: LegalDay

    private var item: CatalogueItem { found.item }

    var page: ViewModel {
        .record([
            "pageTitle": item.title, "back": ViewModel.back("返回事项清单", "/items"), "title": item.title,
            "kind": item.kind.rawValue, "organ": item.organ, "warning": warning,
            "promise": item.promisedLimit.chinese, "legal": item.statutoryLimit?.chinese ?? "法律没有规定",
            "visits": "\(item.visits) 次", "fee": item.isFree ? "不收费" : item.fees.isEmpty ? "见收费标准" : "收费",
            "depth": item.onlineDepth?.rawValue ?? "", "ways": item.ways.map(\.rawValue),
            "hasMaterials": !item.materials.isEmpty,
            "materials": item.materials.map { material -> ViewModel in
                .record([
                    "title": material.title, "isRequired": material.isRequired,
                    "note": [
                        material.form, material.copies > 0 ? "\(material.copies) 份" : nil, material.source,
                        material.basis.map { "依据：\($0)" },
                    ].compactMap(\.self).joined(separator: "，"),
                ])
            },
            "steps": item.steps.enumerated().map { index, step -> ViewModel in
                .record([
                    "order": index + 1, "title": step.title,
                    "kind": step.kind.rawValue == step.title ? "" : step.kind.rawValue,
                    "limit": step.limit?.chinese ?? "",
                ])
            },
            "hasFees": !item.fees.isEmpty,
            "fees": item.fees.map { fee -> ViewModel in
                .record([
                    "title": fee.title, "amount": fee.tariff,
                    "basis": [fee.basis, fee.reductions.map { "减免：\($0)" }].compactMap(\.self).joined(separator: "；"),
                ])
            },
            "facts": facts, "hasSupervision": item.supervisor != nil, "supervision": supervision,
            "hasAnswers": !item.answers.isEmpty,
            "answers": item.answers.map { ViewModel.record(["question": $0.question, "answer": $0.answer]) },
            "code": item.code,
            "period": "\(found.effectiveFrom.chineseDate)起"
                + (found.effectiveUntil.map { "，\($0.chineseDate)前" } ?? ""),
            "hasVersions": versions.count > 1,
            "versions": versions.map { version -> ViewModel in
                .record([
                    "label": "第 \(version.version) 版", "period": "\(version.effectiveFrom.chineseDate)起",
                    "standing": version.standing.chinese, "isShown": version.version == found.version,
                    "url": "/items/\(item.code)?on=\(version.effectiveFrom.text)",
                ])
            },
        ])
    }

    private var warning: String? {
        if found.standing == .suspended { return "这个事项已暂停实施，目前不能申请。" }
        if found.standing == .cancelled { return "这个事项已经取消，不再办理。" }
        return item.reformMode.map { "证照分离改革：\($0.rawValue)。\($0.consequence)" }
    }

    private var facts: [ViewModel] {
        rows([
            ("设定依据", item.legalBasis), ("受理条件", item.conditions),
            ("服务对象", item.audiences.map(\.rawValue).joined(separator: "、")), ("办件类型", item.handling.rawValue),
            ("审批结果", item.result), ("特别程序", item.specialProcedures), ("通办范围", item.scope),
            ("委托机关", item.delegatedBy), ("办理地点", item.place), ("办理时间", item.hours), ("咨询方式", item.contact),
            ("监督投诉", item.complaints),
        ])
    }

    private var supervision: [ViewModel] {
        rows([
            ("监管主体", item.supervisor), ("重点环节", item.supervisionPoints), ("监管规则和标准", item.supervisionRules),
        ])
    }

    private func rows(_ pairs: [(String, String?)]) -> [ViewModel] {
        pairs.compactMap { title, text in
            guard let text, !text.isEmpty else { return nil }
            return .record(["title": title, "text": text])
        }
    }
}
