import PluginKit

/// A paper of a case, shown in the browser to be read, kept or printed.
struct PaperPages: PageGroup {
    let services: PortalServices

    var pages: [Page] {
        [
            Page("/cases/{id}/papers/{paper}", access: .signedIn) { request in
                .file(
                    try await services.casework.paper(
                        try request.identifier("paper"), of: try request.identifier(), by: request.act), inline: true)
            }
        ]
    }
}

/// The papers of a case as partial `papers` lists them.
struct PaperSummary {
    let file: CaseFile
    /// Where service is recorded; nil for who doesn't record it.
    var serviceURL: String?
    /// Only the papers of this item; nil for all.
    var item: String?

    var model: ViewModel? {
        let papers = (file.papers ?? []).filter { item == nil || file.item(of: $0) == item }
        if papers.isEmpty { return nil }
        return .record([
            "serviceURL": serviceURL ?? "",
            // The newest first: it is the one to be printed now.
            "list": papers.reversed().map { paper -> ViewModel in
                .record([
                    "title": paper.title, "number": paper.number, "issuedAt": paper.issued.day.chineseDate,
                    "url": "\(file.url)/papers/\(paper.id)", "served": paper.service?.sentence ?? "",
                ])
            },
        ])
    }
}

extension PaperService {
    /// How and when, in words.
    var sentence: String {
        "\(day.chineseDate)\(way.chinese)，收件人\(recipient)\(tracking.map { "，邮件号码\($0)" } ?? "")"
    }
}
