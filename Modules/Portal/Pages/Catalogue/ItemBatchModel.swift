import PluginKit

/// The page of one batch: what it changes, what is still missing, who did what, and what the reader may do now.
struct ItemBatchModel {
    let batch: ItemBatch
    let counts: (kinds: [ItemChangeKind: Int], incomplete: Int)
    let changes: [InventoryService.Change]
    let current: [String: PublishedItem]
    let next: String?
    let isFirstPage: Bool
    let filter: ItemChangeFilter
    let steps: [ItemBatchStep]
    let request: PageRequest
    let feedback: FormFeedback

    private var url: String { "\(ItemDeskPages.path)/\(batch.id)" }

    var page: ViewModel {
        .record([
            "pageTitle": batch.title, "back": ViewModel.back("返回事项目录", ItemDeskPages.path),
            "errorSummary": feedback.summary { ["opinion", "effective", "basis"].contains($0.field) ? $0.field : nil },
            "title": batch.title, "state": batch.state.chinese, "basis": batch.basis ?? "",
            "effective": batch.effectiveFrom?.chineseDate ?? "", "action": url,
            "counts": ItemChangeKind.allCases.compactMap { kind -> ViewModel? in
                counts.kinds[kind].map { .record(["label": kind.chinese, "count": $0]) }
            },
            "incomplete": counts.incomplete > 0 ? "\(counts.incomplete) 个事项的要素不全，补齐后才能送审。" : "",
            "changes": changes.map(line), "filters": filters, "isFiltered": !filter.isAll, "allURL": url,
            "isEmpty": changes.isEmpty, "firstURL": isFirstPage ? "" : URLText.with(url, query: query),
            "nextURL": next.map { URLText.with(url, query: query.merging(["after": $0]) { $1 }) } ?? "",
            "hasSteps": !steps.isEmpty,
            "steps": steps.map { step -> ViewModel in
                .record([
                    "action": step.action.chinese, "name": step.name, "at": step.at.day.chineseDate,
                    "opinion": step.opinion,
                ])
            },
            "tasks": tasks,
        ])
    }

    private var query: [String: String] {
        ["q": filter.text, "kind": filter.kind?.rawValue ?? "", "only": filter.onlyIncomplete ? "incomplete" : ""]
            .filter { !$0.value.isEmpty }
    }

    private var filters: [InputField] {
        [
            InputField(
                id: "q", name: "q", label: "名称、单位、编码或内容", kind: .text(), values: [filter.text], isOptional: true,
                maximumLength: 60),
            InputField(
                id: "kind", name: "kind", label: "怎样改",
                kind: .select(
                    ItemChangeKind.allCases.filter { counts.kinds[$0] != nil }.map {
                        InputField.Choice($0.rawValue, $0.chinese)
                    }, empty: "全部"), values: [filter.kind?.rawValue ?? ""], isOptional: true),
            InputField(
                id: "only", name: "only", label: "要素",
                kind: .select([InputField.Choice("incomplete", "只看要素不全的")], empty: "全部"),
                values: [filter.onlyIncomplete ? "incomplete" : ""], isOptional: true),
        ]
    }

    private func line(_ change: InventoryService.Change) -> ViewModel {
        let differences = current[change.code].map { change.item.differences(from: $0.item) } ?? []
        return .record([
            "kind": change.kind.chinese, "title": change.item.title, "code": change.code, "organ": change.item.organ,
            "gaps": change.gaps,
            "editURL": batch.state == .drafting && request.actor.holds(.editItems) ? "\(url)/items/\(change.code)" : "",
            "hasDifferences": !differences.isEmpty,
            "differences": differences.map {
                ViewModel.record(["title": $0.title, "before": $0.before, "after": $0.after])
            },
        ])
    }

    /// What the reader may do: a form each.
    private var tasks: [ViewModel] {
        switch batch.state {
        case .drafting where request.actor.holds(.editItems):
            [
                task(.submit, "送审", fields: [effective], note: "送审后不能再改，退回后才能改。"),
                task(.discard, "作废", fields: [], note: "作废后不能恢复。", isDanger: true),
            ]
        case .departmentReview where request.actor.holds(.reviewItems),
            .legalReview where request.actor.holds(.reviewItemsLegally),
            .approval where request.actor.holds(.approveItems):
            [
                task(
                    .pass, batch.state == .approval ? "批准并发布" : "通过", fields: [opinion(isOptional: true)],
                    note: batch.state == .approval ? "批准后立即发布。" : ""),
                task(.sendBack, "退回", fields: [opinion(isOptional: false)], note: "退回给编制的人修改。", isDanger: true),
            ]
        default: []
        }
    }

    private var effective: InputField {
        InputField(
            id: "effective", name: "effective", label: "从哪一天起生效", kind: .day, values: [request.field("effective")],
            isOptional: true, hint: "不填就是今天，例如 2026-12-01", error: feedback.error("effective"))
    }

    private func opinion(isOptional: Bool) -> InputField {
        InputField(
            id: isOptional ? "opinion-pass" : "opinion", name: "opinion", label: "意见", kind: .paragraph,
            values: isOptional ? [] : [request.field("opinion")], isOptional: isOptional,
            error: isOptional ? nil : feedback.error("opinion"), maximumLength: 500)
    }

    private func task(
        _ action: ItemBatch.Action, _ label: String, fields: [InputField], note: String, isDanger: Bool = false
    ) -> ViewModel {
        .record([
            "verb": action.rawValue, "label": label, "fields": fields, "note": note, "isDanger": isDanger,
        ])
    }
}
