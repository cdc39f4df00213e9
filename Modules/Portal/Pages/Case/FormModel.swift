import PluginKit

/// The model of the one form.
struct FormModel {
    let sight: CaseSight
    /// What was typed and not saved.
    let typed: [String: String]
    let feedback: FormFeedback
    let message: ViewModel?
    /// The day on which it is filled in.
    let today: LegalDay
    /// Whether another page has saved the form since this one was opened.
    var isStale = false

    private var file: CaseFile { sight.file }

    var page: ViewModel {
        let fields = sight.plan.form.flatMap(\.fields)
        let knownCount = fields.filter { known($0) != nil }.count
        let faults = CaseEditing.faults(file)
        return .record([
            "pageTitle": "填一张表：\(sight.theme.title)", "caseSteps": CaseEditing.steps(.form, file),
            "back": file.state == .correction
                ? ViewModel.back("返回补正通知", file.url)
                : ViewModel.back("返回办理方案", URLText.with("\(sight.theme.url)/plan", query: file.answers)),
            "errorSummary": feedback.summary(), "themeTitle": sight.theme.title,
            "action": "\(file.url)/form", "saveAction": "\(file.url)/draft", "version": file.version,
            "hasKnown": knownCount > 0, "knownCount": knownCount, "message": message,
            "sections": sight.plan.form.enumerated().map { index, section -> ViewModel in
                .record([
                    "anchor": "section-\(index + 1)", "heading": section.title,
                    "fields": section.fields.map { field(of: $0, fault: faults["\(FormPages.prefix)\($0.id)"]) },
                ])
            },
        ])
    }

    /// Where the value comes from, when it is known and need not be asked.
    private func known(_ field: FormField) -> String? {
        (file.form[field.id] ?? "").isEmpty ? nil : field.knownFrom
    }

    private func field(of field: FormField, fault: String?) -> InputField {
        let stored = file.form[field.id] ?? ""
        let value = typed[field.id] ?? stored
        var error = feedback.error("\(FormPages.prefix)\(field.id)") ?? fault.map { "需要补正：\($0)" }
        if isStale, value != stored {
            error = "别的页面已存为：\(stored.isEmpty ? "（空）" : field.shown(stored))。下面是您刚才填的，保留哪一个请核对。"
        }
        if let source = known(field), field.isLocked || (error == nil && value == stored) {
            return field.known(
                prefix: FormPages.prefix, value: stored, source: source, mayChange: !field.isLocked)
        }
        return field.input(
            prefix: FormPages.prefix, value: value, error: error, today: file.times.submitted?.day ?? today)
    }
}
