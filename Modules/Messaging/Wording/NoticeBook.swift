import Extension
import Foundation
import Synchronization

/// The kinds of notices that were contributed, each with the wording in force and the provider's template; frozen when
/// the system boots.
public final class NoticeBook: Sendable {
    /// One kind with everything that is needed to put it into words.
    public struct Entry: Sendable {
        public let kind: NoticeKind
        public let wording: NoticeWording
        /// What the provider of short messages calls it; nil when it can't be sent by SMS.
        public let template: SMSTemplate?
    }

    private let entries = Mutex<[String: Entry]>([:])

    public init() {}

    /// The kind with a key.
    public subscript(_ key: String) -> Entry? { entries.withLock { $0[key] } }

    /// All of them by key.
    public var all: [Entry] { entries.withLock { $0.values.sorted { $0.kind.key < $1.kind.key } } }

    /// Takes in the kinds, the county's own wordings and the provider's templates.
    ///
    /// - Parameters:
    ///   - kinds: what was contributed.
    ///   - folder: where the county's wordings lie, one file for each kind such as `case.accepted.txt`; nil for none.
    ///   - settings: name the provider's templates.
    /// - Returns: everything that is wrong.
    func freeze(_ kinds: [NoticeKind], folder: String?, settings: SMSSettings) -> [Finding] {
        var findings: [Finding] = []
        var wordings: [String: NoticeWording] = [:]
        let keys = kinds.map(\.key)
        for key in keys where keys.count(where: { $0 == key }) > 1 {
            findings.append(Finding(key, "notice.repeated", "通知种类 \(key) 被重复定义，请改名。"))
        }
        for (name, path) in Self.files(folder, &findings) {
            let place = "messages/\(name)"
            guard let kind = kinds.first(where: { "\($0.key).txt" == name }) else {
                let hint = nearest(to: name, among: keys.map { "\($0).txt" }).map { "，是否想写 \($0)" } ?? ""
                findings.append(
                    Finding(place, "wording.unknown_kind", "没有这种通知\(hint)。可以有哪些，用 yiciban message template list 查看。"))
                continue
            }
            guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
                findings.append(Finding(place, "wording.unreadable", "读不到这个文件，或者它不是 UTF-8 编码。"))
                continue
            }
            // A shell makes the file before `template show` writes into it: nothing in it changes nothing.
            if text.allSatisfy(\.isWhitespace) { continue }
            wordings[kind.key] = NoticeWording.parse(text, at: place, findings: &findings)
        }
        var made: [String: Entry] = [:]
        for kind in kinds {
            let wording = wordings[kind.key] ?? kind.wording
            let place = wording.isLocal ? "messages/\(kind.key).txt" : "通知 \(kind.key)"
            findings += wording.findings(for: kind, at: place)
            made[kind.key] = Entry(
                kind: kind, wording: wording, template: settings.template(for: kind, wording, findings: &findings))
        }
        findings += settings.templates.keys.sorted().filter { !keys.contains($0) }.map { key in
            let hint = nearest(to: key, among: keys).map { "，是否想写 \($0)" } ?? ""
            return Finding("messaging.sms.templates.\(key)", "settings.unknown_key", "没有名为 \(key) 的通知\(hint)。")
        }
        entries.withLock { $0 = made }
        return findings
    }

    private static func files(_ folder: String?, _ findings: inout [Finding]) -> [(name: String, path: String)] {
        guard let folder, FileManager.default.fileExists(atPath: folder) else { return [] }
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
            // A county's own words must not give way to ours because nobody could read them.
            findings.append(Finding("messages", "wording.unreadable", "读不到通知措辞的目录，请检查它是不是目录、有没有读取权限。"))
            return []
        }
        // Editors leave their own files beside.
        return names.filter { !$0.hasPrefix(".") && !$0.hasSuffix("~") }.sorted().map { ($0, "\(folder)/\($0)") }
    }
}
