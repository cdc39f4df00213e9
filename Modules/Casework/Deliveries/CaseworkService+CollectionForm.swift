import Catalogue
import Documents
public import Extension
import Standards
public import Storage

extension CaseworkService {
    /// The form on which the results are signed for at a window (领取单), as PDF: printed before it is signed, so it is
    /// not numbered and not kept; what is kept is that and how it was signed.
    ///
    /// - Throws: ``CaseworkError`` for whoever may not hand results over, and where there are none to collect.
    public func collectionForm(of id: Identifier, by act: Act) async throws -> FileReply {
        let sight = try await sight(of: id, by: act)
        guard case .clerk = sight.role, let delivery = sight.file.delivery, delivery.way == .collect,
            delivery.state == .ready
        else { throw CaseworkError.notFound }
        return FileReply(
            bytes: try await papers.pdf(sight.collectionPage(delivery, on: act.now.day)),
            contentType: "application/pdf", name: "领取单 \(sight.file.number ?? "").pdf")
    }
}

extension CaseSight {
    fileprivate func collectionPage(_ delivery: ResultDelivery, on day: LegalDay) -> PageDocument {
        let results = file.grantedResults.enumerated().map { ["\($0 + 1)", $1.title, "1"] }
        let collector = delivery.collector.map { "\($0.name)（\($0.relation)）" } ?? "没有指定，由本人领取"
        return PageDocument(
            title: "办理结果领取单", date: day.text,
            blocks: [
                .table([
                    PageRow("办件编号", file.number ?? ""), PageRow("申请事项", theme.title),
                    PageRow("申请人", CaseNames(file, theme: theme, isMasked: false).applicant ?? ""),
                    PageRow("指定代领人", collector),
                ]),
                .grid(PageGrid(columns: ["序号", "办理结果", "份数"], shares: [1, 8, 1], rows: results)),
                .paragraph("上列结果已当面核对无误，现予领取。"),
                .signatures([
                    "领取人（签字）：", "身份证号码后四位：", "与申请人的关系：", "领取日期：", "经办人（签字）：",
                ]),
                .note("领取时出示身份证原件。代领的，须是申请人指定的代领人。"),
            ])
    }
}
