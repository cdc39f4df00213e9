import PluginKit

/// A page of a text that the deployment wrote itself.
struct SiteDocument {
    let text: MarkdownText
    /// The heading where the text has none.
    let title: String
    /// A line under the heading, such as the version; empty for none.
    var note = ""
    /// Where the version before stands; empty for none.
    var older = ""

    var reply: PageReply {
        let heading = text.title ?? title
        return .render(
            .named("document"),
            .record([
                "pageTitle": heading, "heading": heading, "note": note, "olderURL": older,
                "blocks": text.blocks.map(Self.block),
            ]))
    }

    private static func block(_ block: MarkdownText.Block) -> ViewModel {
        switch block {
        case .heading(let text): .record(["title": text])
        case .paragraph(let spans): .record(["isParagraph": true, "spans": spans.map(span)])
        case .list(let items):
            .record([
                "isList": true,
                "items": items.map { ViewModel.record(["spans": $0.map(span)]) },
            ])
        }
    }

    private static func span(_ span: MarkdownText.Span) -> ViewModel {
        .record([
            "plain": span.link == nil && !span.isStrong ? span.text : "", "strong": span.isStrong ? span.text : "",
            "linked": span.link == nil ? "" : span.text, "url": span.link ?? "",
        ])
    }
}
