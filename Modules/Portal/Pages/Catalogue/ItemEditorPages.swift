import PluginKit

/// The editor of one item: the same cells as in lists, checked as one types.
struct ItemEditorPages: PageGroup {
    let services: PortalServices

    var pages: [Page] {
        let path = ItemDeskPages.path
        return [
            Page("\(path)/new", access: .staff(.editItems)) { request in try await edit(nil, request) },
            Page(post: "\(path)/new", access: .staff(.editItems)) { request in try await save(nil, request) },
            Page("\(path)/{id}/items/{code}", access: .staff(.editItems)) { request in
                try await edit(try request.identifier(), request)
            },
            Page(post: "\(path)/{id}/items/{code}", access: .staff(.editItems)) { request in
                try await save(try request.identifier(), request)
            },
        ]
    }

    private func edit(_ batch: Identifier?, _ request: PageRequest) async throws -> PageReply {
        let code = request.path["code"] ?? request.parameter("code")
        // Who types what an item is called chooses it from what is found.
        if batch == nil, code.contains(where: { !$0.isASCII }) {
            return .redirect(URLText.with("/items", query: ["q": code]))
        }
        var sheet = ItemSheet(cells: [:])
        if let batch {
            let page = try await services.inventory.change(code, of: batch)
            sheet = ItemSheet(page.item)
        } else if !code.isEmpty {
            sheet = ItemSheet(try await services.inventory.item(code, on: request.act.now.day).item)
        }
        let isBlank = batch == nil && code.isEmpty
        return render(sheet, findings: isBlank ? [] : sheet.read().findings, isSaved: true, batch, request)
    }

    private func save(_ batch: Identifier?, _ request: PageRequest) async throws -> PageReply {
        let sheet = ItemSheetForm.sheet(request)
        let read = sheet.read()
        // The script asks what is wrong while the reader types; nothing is kept then.
        if request.field("check") == "yes" || !request.field("more").isEmpty {
            return render(sheet, findings: read.findings, item: read.item, isSaved: false, batch, request)
        }
        guard let item = read.item else {
            return render(sheet, findings: read.findings, isSaved: false, batch, request)
        }
        do {
            let id: Identifier
            if let batch {
                id = batch
            } else {
                let basis = request.field("basis")
                id = try await services.inventory.openBatch(
                    title: "调整 \(item.title)", basis: basis.isEmpty ? nil : basis, by: request.act
                ).id
            }
            try await services.inventory.put(item, into: id, by: request.act)
            return .redirect("\(ItemDeskPages.path)/\(id)")
        } catch {
            guard let feedback = FormFeedback(error) else { throw error }
            return render(sheet, findings: feedback.findings, isSaved: false, batch, request)
        }
    }

    private func render(
        _ sheet: ItemSheet, findings: [Finding], item: CatalogueItem? = nil, isSaved: Bool, _ batch: Identifier?,
        _ request: PageRequest
    ) -> PageReply {
        let feedback = FormFeedback(findings: findings)
        let read = item ?? sheet.read().item
        let gaps = read?.gaps.map(\.missing) ?? []
        let more = request.field("more")
        let isChecking = request.field("check") == "yes" || !more.isEmpty
        let back = batch.map { "\(ItemDeskPages.path)/\($0)" } ?? ItemDeskPages.path
        let title = sheet.cells["title"] ?? ""
        return .render(
            .named("catalogue-item"),
            .record([
                "pageTitle": title.isEmpty ? "新增事项" : "编辑：\(title)", "back": ViewModel.back("返回", back),
                "errorSummary": isChecking || isSaved ? nil : feedback.summary { "cell-\($0.field)" },
                "heading": title.isEmpty ? "新增事项" : title,
                "action": batch.map { "\(ItemDeskPages.path)/\($0)/items/\(request.path["code"] ?? "")" }
                    ?? "\(ItemDeskPages.path)/new",
                "sections": ItemSheetForm(
                    sheet: sheet, feedback: feedback, growing: more.isEmpty ? nil : more
                ).sections,
                "isComplete": findings.isEmpty && read != nil && gaps.isEmpty, "hasFindings": !findings.isEmpty,
                "findings": findings.map { finding -> ViewModel in
                    .record(["href": "#cell-\(finding.field)", "text": finding.message])
                },
                "hasGaps": !gaps.isEmpty, "gaps": gaps,
            ]), status: isChecking || isSaved ? 200 : feedback.status)
    }
}
