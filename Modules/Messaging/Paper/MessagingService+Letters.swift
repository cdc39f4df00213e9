import Standards
import Documents
public import Extension
public import Storage

extension MessagingService {
    /// What is to be printed of a delivery: the paper of legal force if there is one, else our own letter, with the
    /// address where a window envelope shows it.
    ///
    /// - Throws: ``MessagingError`` `no_paper` for what does not go by paper.
    public func print(_ id: Identifier, by act: Act) async throws -> FileReply {
        let (delivery, notice) = try await delivery(id, by: act)
        guard delivery.route == .paper else {
            throw MessagingError(.noPaper, status: 404, "没有纸质通知", "这一次送达不是纸质的，没有可以打印的内容。")
        }
        if let paper = notice.content.paper { return try await legalPapers.file(of: paper, by: act) }
        do {
            return FileReply(
                bytes: try await renderer.pdf(Letter(delivery, notice, from: settings.returnAddress).document),
                contentType: "application/pdf", name: "\(notice.content.title) \(delivery.number ?? "").pdf")
        } catch let error as DocumentsError {
            throw MessagingError(
                .noPaper, status: error.code == .unwritable ? 422 : 503, "没有做成文件", error.message)
        }
    }

    /// The cover with the address alone, for a paper of legal force that goes by post.
    public func cover(_ id: Identifier, by act: Act) async throws -> FileReply {
        let (delivery, notice) = try await delivery(id, by: act)
        guard delivery.route == .paper else {
            throw MessagingError(.noPaper, status: 404, "没有纸质通知", "这一次送达不是纸质的，没有可以打印的内容。")
        }
        do {
            return FileReply(
                bytes: try await renderer.pdf(Letter(delivery, notice, from: settings.returnAddress).cover),
                contentType: "application/pdf", name: "信封页.pdf")
        } catch let error as DocumentsError {
            throw MessagingError(.noPaper, status: 503, "没有做成文件", error.message)
        }
    }
}

/// A notice as a letter.
struct Letter {
    private let delivery: Delivery
    private let notice: Notice
    private let returnAddress: String

    init(_ delivery: Delivery, _ notice: Notice, from returnAddress: String) {
        self.delivery = delivery
        self.notice = notice
        self.returnAddress = returnAddress
    }

    /// Who gets it and where, at the head, where a window envelope shows it.
    private var address: [PageBlock] {
        [
            .line(delivery.content.address ?? ""), .line("\(delivery.content.name)　收"),
        ] + (returnAddress.isEmpty ? [] : [.note("寄件人：\(returnAddress)")])
    }

    private var day: String { notice.createdAt.day.chineseDate }

    var document: PageDocument {
        PageDocument(
            title: notice.content.title, author: notice.content.sender, number: delivery.number ?? "",
            date: notice.createdAt.day.text,
            blocks: address + notice.content.paragraphs.map(PageBlock.paragraph) + [
                .seal(PageSeal(name: notice.content.sender, day: day)),
                .note("本通知也在网上“我的消息”里。不会上网的，凭本通知到就近的政务服务窗口办理。"),
            ])
    }

    var cover: PageDocument {
        PageDocument(
            title: "信封页", author: notice.content.sender, number: notice.content.paper?.number ?? delivery.number ?? "",
            date: notice.createdAt.day.text,
            blocks: address + [
                .table([
                    PageRow("内装", notice.content.paper.map { "\($0.title) \($0.number)" } ?? notice.content.title),
                    PageRow("寄件单位", notice.content.sender), PageRow("日期", day),
                ])
            ])
    }
}
