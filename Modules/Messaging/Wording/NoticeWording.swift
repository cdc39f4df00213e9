import Extension

/// How one kind of notice is put into words: title and text for the portal and for paper, and a short text for SMS.
public struct NoticeWording: Sendable, Hashable {
    public let title: String
    /// The text; paragraphs are parted by empty lines.
    public let text: String
    /// The short text, in one paragraph and without signature.
    public let short: String
    /// Whether it is the county's own.
    public var isLocal = false

    public init(title: String, text: String, short: String) {
        self.title = title
        self.text = text
        self.short = short
    }

    /// The longest short text with sample values that is sent as few enough parts (three of 67 characters).
    static let longestShort = 200

    /// Reads a county's own wording: lines `标题：` and `短信：`, an empty line, then the text.
    static func parse(_ file: String, at place: String, findings: inout [Finding]) -> NoticeWording {
        let lines = file.split(separator: "\n", omittingEmptySubsequences: false).map {
            $0.hasSuffix("\r") ? $0.dropLast() : $0
        }
        let head = lines.prefix { !$0.allSatisfy(\.isWhitespace) }
        var heads: [String: String] = [:]
        for (index, line) in head.enumerated() {
            let parts = line.split(maxSplits: 1, omittingEmptySubsequences: false) { $0 == "：" || $0 == ":" }
            let name = String(parts[0]).trimmed
            guard parts.count == 2, name == "标题" || name == "短信" else {
                findings.append(
                    Finding(
                        "\(place) 第 \(index + 1) 行", "wording.head", "开头只能写“标题：”和“短信：”两行，空一行后写正文。"))
                continue
            }
            heads[name] = String(parts[1]).trimmed
        }
        var wording = NoticeWording(
            title: heads["标题"] ?? "", text: lines.dropFirst(head.count).joined(separator: "\n").trimmed,
            short: heads["短信"] ?? "")
        wording.isLocal = true
        return wording
    }

    /// The file in which a county would write it.
    public var file: String { "标题：\(title)\n短信：\(short)\n\n\(text)\n" }

    /// Everything that is wrong with the wording of a kind.
    func findings(for kind: NoticeKind, at place: String) -> [Finding] {
        var findings: [Finding] = []
        func find(_ code: String, _ message: String) { findings.append(Finding(place, code, message)) }
        let known = kind.variables.map(\.name)
        func check(_ text: NoticeText, _ part: String) {
            for name in Set(text.names).sorted() where !known.contains(name) {
                let hint = nearest(to: name, among: known).map { "，是否想写 {\($0)}" } ?? ""
                find(
                    "wording.unknown",
                    "\(part)里的 {\(name)} 不是“\(kind.title)”能说的内容\(hint)。可以写：\(known.joined(separator: "、"))。")
            }
        }
        if title.isEmpty { find("wording.missing", "没有写标题。请加一行“标题：”。") }
        let heading = NoticeText(title, at: place, findings: &findings)
        let body = NoticeText(text, at: place, findings: &findings)
        let brief = NoticeText(short, at: place, findings: &findings)
        check(heading, "标题")
        check(body, "正文")
        check(brief, "短信")
        if body.paragraphs.isEmpty, kind.weight != .instant { find("wording.missing", "没有正文。请在“标题”“短信”之后空一行写正文。") }
        for variable in kind.variables where variable.isRequired && kind.weight != .instant {
            if !body.variables.contains(variable.name) {
                find("wording.required", "正文必须写明 {\(variable.name)}（\(variable.meaning)），否则通知没有意义。")
            }
        }
        if brief.paragraphs.isEmpty { find("wording.missing", "没有写短信。请加一行“短信：”。") }
        if brief.paragraphs.count > 1 || brief.paragraphs.contains(where: { $0.condition != nil }) {
            find("wording.short_form", "短信只能是一段，不能带条件。")
        }
        for name in brief.variables {
            if kind.variable(name)?.isPrivate == true {
                find("wording.private", "短信里不能写 {\(name)}：它可能涉及个人情况，短信会被旁人看到。请让收信人登录查看。")
            }
            if kind.variable(name)?.mayBeAbsent == true {
                find("wording.may_be_absent", "短信里不能写 {\(name)}：它不一定有内容。")
            }
        }
        let length = brief.said(kind.samples).joined().count
        if length > Self.longestShort {
            find("wording.too_long", "短信按示例内容有 \(length) 个字，最多 \(Self.longestShort) 个。请写短些。")
        }
        return findings
    }
}
