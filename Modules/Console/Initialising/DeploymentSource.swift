import Foundation
import Kernel
import PluginKit

/// What a deployment is made from: settings, organisation and, in a sample, people, as files.
struct DeploymentSource {
    let name: String
    private let folder: URL

    /// A sample that the program ships with, by its name; or a county's own folder, by its path.
    ///
    /// - Throws: ``ConsoleError`` with the nearest name when there is none of that name, or with what the folder lacks.
    static func find(_ name: String, in deployments: URL) throws -> DeploymentSource {
        if name.contains("/") || name == "." || name == ".." { return try own(name) }
        let names = (try? FileManager.default.contentsOfDirectory(atPath: deployments.path).sorted()) ?? []
        guard names.contains(name) else {
            let hint = nearest(to: name, among: names).map { "，是否想写 \($0)" } ?? ""
            throw ConsoleError(
                "console.unknown_deployment",
                "没有名为 \(name) 的示例部署\(hint)。可选：\(names.joined(separator: "、"))；用自己的底本，请写目录的路径，例如 ./\(name)。")
        }
        return DeploymentSource(name: name, folder: deployments.appendingPathComponent(name, isDirectory: true))
    }

    private static func own(_ path: String) throws -> DeploymentSource {
        let folder = URL(fileURLWithPath: path, isDirectory: true)
        let missing = ["settings.yaml", "organisation.yaml"].filter {
            !FileManager.default.fileExists(atPath: folder.appendingPathComponent($0).path)
        }
        guard missing.isEmpty else {
            throw ConsoleError(
                "console.source_incomplete",
                "\(path) 里没有 \(missing.joined(separator: "、"))，没有建立任何内容。底本要有设置和机构两个文件，可从 Apps/Deployments/yueyang 抄来改。")
        }
        return DeploymentSource(name: folder.lastPathComponent, folder: folder)
    }

    /// The text of the settings file with the database that was chosen.
    func settings(conninfo: String?) throws -> String {
        let text = try read("settings.yaml")
        guard let conninfo else { return text + "\ndatabase: sqlite\n" }
        // Written as JSON, which is YAML too, so that no character of a password is misread.
        return text + "\ndatabase:\n  postgresql: \(JSONValue.string(conninfo).canonical)\n"
    }

    func organisation() throws -> OrganisationLayout { try decode("organisation.yaml") }

    /// Its synthetic people and papers; none where it is no sample.
    func sample() throws -> SampleLayout {
        path(of: "sample.yaml") == nil ? SampleLayout() : try decode("sample.yaml")
    }

    /// Where one of its files lies that not every sample has; nil where it has none.
    func path(of file: String) -> String? {
        let path = folder.appendingPathComponent(file).path
        return FileManager.default.fileExists(atPath: path) ? path : nil
    }

    private func decode<Layout: SchemaType>(_ file: String) throws -> Layout {
        do {
            return try Layout(json: try SettingsDocument.parse(try read(file), file: file))
        } catch let problem as Problem {
            throw BootFindings(problem.findings.map { Finding("\(file) \($0.field)", $0.code, $0.message) })
        }
    }

    private func read(_ file: String) throws -> String {
        let url = folder.appendingPathComponent(file)
        guard let text = try? String(contentsOf: url, encoding: .utf8) else {
            throw ConsoleError(
                "console.sample_incomplete", "底本 \(name) 里的 \(file) 读不出来。请检查文件的权限和编码（UTF-8）；示例部署缺文件的，请重新安装程序。")
        }
        return text
    }
}
