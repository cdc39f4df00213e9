import PluginKit
import ThemeBundles
import ThemeEditing

/// The page of one theme: how far its draft is, what it changes, and what was published before.
struct ThemeModel {
    let entry: ThemeEntry
    let draft: ThemeDraft?
    let check: DraftCheck
    let inForce: [String: String]
    let shipped: [String: String]?
    let publications: [ThemePublication]
    let request: PageRequest
    let feedback: FormFeedback
    let refusal: String?

    private var url: String { ThemeDeskPages.url(entry.id) }
    private var canEdit: Bool { request.actor.holds(.editThemes) }
    private var canApprove: Bool { request.actor.holds(.approveThemes) }

    var page: ViewModel {
        .record([
            "pageTitle": entry.title, "back": ViewModel.back("返回主题", ThemeDeskPages.path), "title": entry.title,
            "errorSummary": feedback.summary { $0.field == "opinion" ? "opinion" : nil }, "refusal": refusal ?? "",
            "state": draft.map { "草稿\($0.state.chinese)" } ?? (entry.inForce == nil ? "没有对外提供" : "现行"),
            "version": entry.inForce ?? "", "action": url, "stamp": draft?.stamp.text ?? "", "id": entry.id,
            "opinion": draft?.opinion ?? "",
            "tabs": ThemeTabs(entry.id, check, current: "", hasDraft: draft != nil).model,
            "changed": draft.map { "\($0.changedBy) \($0.changedAt.day.chineseDate)改，第 \($0.revision) 次保存" } ?? "",
            "findings": ThemeFindings(entry.id, check).model, "hasDraft": draft != nil,
            "graph": check.source.map { OrderPicture(OrderGraph($0.tree)).model },
            "hasDifferences": !differences.isEmpty, "differences": differences,
            "tasks": tasks, "hasVersions": !versions.isEmpty, "versions": versions,
            "examples": ExamplesModel(check).model,
        ])
    }

    /// File by file what the draft changes.
    private var differences: [ViewModel] {
        guard let draft else { return [] }
        return Set(draft.files.keys).union(inForce.keys).sorted().compactMap { path in
            let difference = LineDifference(from: inForce[path] ?? "", to: draft.files[path] ?? "")
            if difference.isEmpty { return nil }
            return .record([
                "path": path,
                "lines": difference.lines.map(\.model),
            ])
        }
    }

    /// What the reader may do with the draft: a form each.
    private var tasks: [ViewModel] {
        guard let draft else {
            guard canEdit else { return [] }
            return [task("begin", "开始修改", note: "现行版本照常提供，直到新版本发布。")]
        }
        switch draft.state {
        case .drafting where canEdit:
            return [
                task("submit", "送审", note: "送审后由另一人批准发布。"),
                task("adopt", "以草稿为准", note: "开始修改以后，现行文件又被别处改过时，核对差别后再按。", isQuiet: true),
                task("discard", "作废草稿", note: "作废后不能恢复。", isDanger: true),
            ]
        case .submitted:
            let approve = [
                task("publish", "批准并发布", fields: [opinion(isOptional: true)], note: "发布后立即生效，在办的件按原来的版本办完。"),
                task("send-back", "退回", fields: [opinion(isOptional: false)], note: "", isDanger: true),
            ]
            let own = [task("discard", "作废草稿", note: "作废后不能恢复。", isDanger: true)]
            return (canApprove ? approve : []) + (canEdit ? own : [])
        default: return []
        }
    }

    private func opinion(isOptional: Bool) -> InputField {
        InputField(
            id: isOptional ? "opinion-pass" : "opinion", name: "opinion", label: "意见", kind: .paragraph,
            values: isOptional ? [] : [request.field("opinion")], isOptional: isOptional,
            error: isOptional ? nil : feedback.error("opinion"), maximumLength: 500)
    }

    private func task(
        _ verb: String, _ label: String, fields: [InputField] = [], note: String, isQuiet: Bool = false,
        isDanger: Bool = false
    ) -> ViewModel {
        .record([
            "verb": verb, "label": label, "fields": fields, "note": note, "isDanger": isDanger, "isQuiet": isQuiet,
        ])
    }

    private var versions: [ViewModel] {
        let published = publications.map { publication -> ViewModel in
            .record([
                "label": "第 \(publication.number) 次发布，版本 \(publication.version)",
                "by": publication.publishedBy.isEmpty
                    ? "发布前文件夹里的版本" : "\(publication.publishedBy) \(publication.at.day.chineseDate)批准",
                "opinion": publication.opinion, "number": publication.number, "canRestore": canEdit && draft == nil,
            ])
        }
        guard entry.isOwn, shipped != nil else { return published }
        return published + [
            .record([
                "label": "系统自带的版本", "by": "", "opinion": "", "number": 0, "canRestore": canEdit && draft == nil,
            ])
        ]
    }
}

/// The bundle's own examples, run anew.
struct ExamplesModel {
    let check: DraftCheck

    init(_ check: DraftCheck) { self.check = check }

    var model: ViewModel? {
        guard let results = check.examples, !results.isEmpty else { return nil }
        let failed = results.filter { !$0.differences.isEmpty }.count
        return .record([
            "summary": failed == 0 ? "\(results.count) 个实例全部符合。" : "\(results.count) 个实例里有 \(failed) 个和写下的结果不一样，请核对。",
            "tone": failed == 0 ? "good" : "warn",
            "list": results.map { result -> ViewModel in
                .record([
                    "name": result.name, "isGood": result.differences.isEmpty,
                    "differences": result.differences,
                ])
            },
        ])
    }
}
