import Foundation
import PluginKit

/// The deliveries to the national platform: what went, what was kept out and why, and the files.
struct ExchangePages: PageGroup {
    private static let path = "/staff/exchange"
    private static let pageSize = 50

    let services: PortalServices

    var pages: [Page] {
        let access = Access.staff(.exchangeData)
        return [
            Page(Self.path, access: access, menu: "数据交换") { request in try await list(request) },
            Page("\(Self.path)/{batch}", access: access) { request in try await show(request) },
            // A form and no link: whoever takes personal data out does so on purpose, and the journal says who.
            Page(post: "\(Self.path)/{batch}/files", access: access) { request in try await files(request) },
        ]
    }

    private func list(_ request: PageRequest) async throws -> PageReply {
        let batches = try await services.exchange.batches(limit: 50, by: request.act)
        return .render(
            .named("exchange"),
            .record([
                "pageTitle": "数据交换", "department": request.actor.post?.agencyName ?? "",
                "hasBatches": !batches.isEmpty, "batches": batches.map(line),
            ]))
    }

    private func line(_ batch: ExchangeBatch) -> ViewModel {
        .record([
            "number": batch.number, "url": "\(Self.path)/\(batch.number)", "period": batch.periodText,
            "begun": batch.begunAt.chinaTime, "rows": batch.rows,
            "state": batch.completedAt == nil ? "没有做完" : batch.faults == 0 ? "全部通过" : "\(batch.faults) 处待改",
            "badgeClass": batch.completedAt == nil ? "late" : batch.faults == 0 ? "good" : "soon",
        ])
    }

    private func show(_ request: PageRequest) async throws -> PageReply {
        let batch = try await services.exchange.batch(request.path["batch"] ?? "", by: request.act)
        let start = max(0, Int(request.parameter("after")) ?? 0)
        let findings = try await services.exchange.findings(
            of: batch.number, after: start, limit: Self.pageSize, by: request.act)
        let url = "\(Self.path)/\(batch.number)"
        let next = start + findings.count
        return .render(
            .named("exchange-batch"),
            .record([
                "pageTitle": "交换批次 \(batch.number)", "back": ViewModel.back("返回数据交换", Self.path),
                "number": batch.number, "period": batch.periodText, "begun": batch.begunAt.chinaTime,
                "total": batch.rows, "faults": batch.faults, "isDone": batch.completedAt != nil,
                "canDownload": batch.completedAt != nil && batch.isKept && batch.rows > 0, "isCleared": !batch.isKept,
                "action": "\(url)/files",
                "tables": batch.counts.sorted { $0.key < $1.key }.map { table, operations -> ViewModel in
                    .record([
                        "name": table, "title": services.exchange.title(of: table),
                        "inserted": operations["I"] ?? 0, "updated": operations["U"] ?? 0,
                        "deleted": operations["D"] ?? 0,
                    ])
                },
                "hasFindings": !findings.isEmpty,
                "findings": findings.map { finding -> ViewModel in
                    .record([
                        "subject": finding.subject, "table": services.exchange.title(of: finding.table),
                        "field": services.exchange.title(of: finding.field, in: finding.table), "text": finding.message,
                    ])
                },
                "firstURL": start > 0 ? url : "",
                "nextURL": next < batch.faults ? URLText.with(url, query: ["after": "\(next)"]) : "",
            ]))
    }

    private func files(_ request: PageRequest) async throws -> PageReply {
        let number = request.path["batch"] ?? ""
        let format = ExchangeFormat(rawValue: request.field("format")) ?? .csv
        let path = SpooledFile.newPath() + ".zip"
        _ = try await services.exchange.save(number, to: path, format: format, by: request.act)
        let file = try SpooledFile(path: path)
        return .file(
            FileReply(spooled: file, contentType: "application/zip", name: "交换批次\(number).zip"), inline: false)
    }
}
