import Extension
import Foundation

/// The templates in force: the program's own, and the county's where it has one.
public struct PaperTemplates: Sendable {
    private let templates: [PaperKind: PaperTemplate]

    /// A template; there is one of every kind.
    public subscript(_ kind: PaperKind) -> PaperTemplate? { templates[kind] }

    /// All of them, in the order of the kinds.
    public var all: [PaperTemplate] { PaperKind.allCases.compactMap { templates[$0] } }

    /// Loads the templates.
    ///
    /// - Parameter folder: where the county's own lie, one file for each kind such as `acceptance.txt`; nil for none.
    /// - Throws: ``CaseworkError`` with everything that is wrong in all of them.
    public static func load(_ folder: String? = nil) throws -> PaperTemplates {
        var templates: [PaperKind: PaperTemplate] = [:]
        var findings: [Finding] = []
        func add(_ path: String, _ kind: PaperKind, isLocal: Bool, place: String) {
            do {
                guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
                    findings.append(Finding(place, "template.unreadable", "读不到这个文件，或者它不是 UTF-8 编码。"))
                    return
                }
                templates[kind] = try PaperTemplate.parse(text, kind: kind, isLocal: isLocal, place: place)
            } catch let error as CaseworkError {
                findings += error.findings
            } catch {
                findings.append(Finding(place, "template.unreadable", "读不到这个文件。"))
            }
        }
        for kind in PaperKind.allCases {
            add(
                "\(Bundle.module.bundlePath)/Templates/\(kind.rawValue).txt", kind, isLocal: false,
                place: "\(kind.rawValue).txt")
        }
        let folder = folder.flatMap { FileManager.default.fileExists(atPath: $0) ? $0 : nil }
        let names = folder.map(files) ?? []
        // A county's own words must not give way to ours because nobody could read them.
        if names == nil {
            findings.append(Finding("papers", "template.unreadable", "读不到文书模板的目录，请检查它是不是目录、有没有读取权限。"))
        }
        for name in names ?? [] {
            guard let folder else { break }
            let place = "papers/\(name)"
            guard let kind = PaperKind.allCases.first(where: { "\($0.rawValue).txt" == name }) else {
                let names = PaperKind.allCases.map { "\($0.rawValue).txt" }
                let hint = nearest(to: name, among: names).map { "，是否想写 \($0)" } ?? ""
                findings.append(
                    Finding(
                        place, "template.unknown_kind", "没有这种文书\(hint)。可以有：\(names.joined(separator: "、"))。"))
                continue
            }
            add("\(folder)/\(name)", kind, isLocal: true, place: place)
        }
        if !findings.isEmpty { throw CaseworkError.faultyTemplates(findings) }
        return PaperTemplates(templates: templates)
    }

    /// The templates in a folder; nil when it can't be listed.
    private static func files(_ folder: String) -> [String]? {
        // Editors leave their own files beside.
        (try? FileManager.default.contentsOfDirectory(atPath: folder))?
            .filter { !$0.hasPrefix(".") && !$0.hasSuffix("~") }.sorted()
    }
}
