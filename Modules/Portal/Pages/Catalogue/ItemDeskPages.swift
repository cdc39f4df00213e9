import Foundation
import PluginKit

/// The desk of those who keep the catalogue: lists to import, batches on their way, and what each step takes.
struct ItemDeskPages: PageGroup {
    static let path = "/staff/catalogue"
    static let access = Access.staffWithAny([.editItems, .reviewItems, .reviewItemsLegally, .approveItems])

    let services: PortalServices

    var pages: [Page] {
        [
            Page(Self.path, access: Self.access, menu: "事项目录") { request in try await desk(request) },
            Page(post: Self.path, access: .staff(.editItems)) { request in try await importList(request) },
            Page("\(Self.path)/template", access: .staff(.editItems)) { _ in try template() },
            Page("\(Self.path)/{id}", access: Self.access) { request in try await batch(request) },
            Page(post: "\(Self.path)/{id}", access: Self.access) { request in try await move(request) },
        ]
    }

    // MARK: Desk

    private func desk(
        _ request: PageRequest, feedback: FormFeedback = .none, report: ItemImport? = nil
    ) async throws -> PageReply {
        let open = try await services.inventory.batches(
            in: [.drafting, .departmentReview, .legalReview, .approval, .publishing])
        let done = try await services.inventory.batches(in: [.published], limit: 10)
        let canEdit = request.actor.holds(.editItems)
        let coverage = try await coverage(request)
        return .render(
            .named("catalogue"),
            .record([
                "pageTitle": "事项目录", "department": request.actor.post?.agencyName ?? "",
                "errorSummary": feedback.summary { _ in "file" }, "canEdit": canEdit, "action": Self.path,
                "file": InputField(
                    id: "file", name: "file", label: "清单文件",
                    kind: .file(accept: ".xlsx,.csv,.json", maximumBytes: 20 << 20),
                    hint: "Excel（.xlsx）、CSV 或 JSON。列名用省里的或空白表格里的都行。", error: feedback.error("file")),
                "basis": InputField(
                    id: "basis", name: "basis", label: "依据的文件和文号", kind: .text(), values: [request.field("basis")],
                    isOptional: true, maximumLength: 200),
                "dryRun": InputField(
                    id: "try", name: "try", label: "试运行",
                    kind: .checkboxes([InputField.Choice("yes", "只检查和统计，不写入")]),
                    values: request.form["try"] ?? [], isOptional: true),
                "newURL": "\(Self.path)/new",
                "hasGaps": !coverage.gaps.isEmpty, "gapCount": coverage.gaps.count,
                "gaps": coverage.gaps.prefix(30).map { gap -> ViewModel in
                    ["title": .text(gap.title), "missing": .text(gap.missing), "url": .text("/items/\(gap.code)")]
                },
                "report": report.map { ImportReportModel(report: $0).model },
                "hasOpen": !open.isEmpty, "open": open.map(Self.line), "hasDone": !done.isEmpty,
                "done": done.map(Self.line),
            ]), status: report?.faults.isEmpty == false ? 422 : feedback.status)
    }

    /// What the reader's own organ has to see to (R02.5).
    private func coverage(_ request: PageRequest) async throws -> GuideCoverage {
        guard let post = request.actor.post,
            let agency = try await services.organisation.snapshot().agencies[post.agency]
        else { return GuideCoverage() }
        return try await services.inventory.coverage(
            division: agency.division, department: agency.department, on: request.act.now.day)
    }

    static func line(_ batch: ItemBatch) -> ViewModel {
        .record([
            "title": batch.title, "url": "\(path)/\(batch.id)", "state": batch.state.chinese,
            "badgeClass": batch.state == .published ? "good" : batch.state == .drafting ? "data" : "warn",
            "created": batch.createdAt.day.chineseDate, "effective": batch.effectiveFrom?.chineseDate ?? "",
            "basis": batch.basis ?? "",
        ])
    }

    private func template() throws -> PageReply {
        let folder = try ScratchFolder()
        let path = folder.path("事项清单.xlsx")
        try InventoryService.writeTemplate(to: path)
        let type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        return .file(FileReply(bytes: try folder.bytes(path), contentType: type, name: "事项清单.xlsx"), inline: false)
    }

    private func importList(_ request: PageRequest) async throws -> PageReply {
        guard let file = request.files["file"]?.last, !file.bytes.isEmpty else {
            let finding = Finding("file", "field.required", "请先选择清单文件。")
            return try await desk(request, feedback: FormFeedback(findings: [finding]))
        }
        let folder = try ScratchFolder()
        let path = folder.path(file.name.lowercased().hasSuffix(".json") ? "list.json" : "list")
        try folder.write(file.bytes, to: path)
        let isDryRun = request.form["try"]?.contains("yes") == true
        do {
            let report = try await services.inventory.importList(
                path, title: "导入 \(file.name)", basis: request.field("basis").isEmpty ? nil : request.field("basis"),
                isDryRun: isDryRun, by: request.act)
            if let batch = report.batch { return .redirect("\(Self.path)/\(batch.id)") }
            return try await desk(request, report: report)
        } catch {
            guard let message = ImportReportModel.message(of: error, path: path) else { throw error }
            return try await desk(
                request, feedback: FormFeedback(findings: message.map { Finding("file", "import", $0) }))
        }
    }

    // MARK: One batch

    private func batch(_ request: PageRequest, feedback: FormFeedback = .none) async throws -> PageReply {
        let batch = try await services.inventory.batch(try request.identifier())
        let after = request.parameter("after")
        let filter = ItemChangeFilter(
            text: request.parameter("q"), kind: ItemChangeKind(rawValue: request.parameter("kind")),
            onlyIncomplete: request.parameter("only") == "incomplete")
        let page = try await services.inventory.changes(
            of: batch.id, matching: filter, after: after.isEmpty ? nil : after, limit: 30)
        let current = try await services.inventory.currents(of: page.changes.map(\.code), on: request.act.now.day)
        let model = ItemBatchModel(
            batch: batch, counts: try await services.inventory.counts(of: batch.id), changes: page.changes,
            current: current, next: page.next, isFirstPage: after.isEmpty, filter: filter,
            steps: try await services.inventory.steps(of: batch.id), request: request, feedback: feedback)
        return .render(.named("catalogue-batch"), model.page, status: feedback.status)
    }

    private func move(_ request: PageRequest) async throws -> PageReply {
        let id = try request.identifier()
        guard let action = ItemBatch.Action(rawValue: request.field("action")) else {
            throw Problem(400, "portal.malformed_form", "页面内容不完整", "提交的内容不完整，没有办理。请刷新页面后重新提交。")
        }
        do {
            let day = try request.field("effective").isEmpty ? nil : LegalDay(request.field("effective"))
            let basis = request.field("basis")
            let moved = try await services.inventory.move(
                id, action, effectiveFrom: day, opinion: request.field("opinion"), basis: basis.isEmpty ? nil : basis,
                by: request.act)
            // A large batch goes on by itself if the reader leaves.
            if moved.state == .publishing { try await services.inventory.publish(id, by: request.act) }
            return .redirect(moved.state == .discarded ? Self.path : "\(Self.path)/\(id)")
        } catch let error as StandardsError {
            return try await batch(
                request, feedback: FormFeedback(findings: [Finding("effective", error.code.rawValue, error.message)]))
        } catch {
            guard let feedback = FormFeedback(error) else { throw error }
            return try await batch(request, feedback: feedback)
        }
    }
}
