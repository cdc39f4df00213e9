import Foundation
import Kernel
import PluginKit

/// A sample deployment that the program ships with: settings, organisation and people as files.
struct DeploymentSource {
    let name: String
    private let folder: URL

    /// - Throws: ``ConsoleError`` with the nearest name when there is none of that name.
    static func find(_ name: String, in deployments: URL) throws -> DeploymentSource {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: deployments.path).sorted()) ?? []
        guard names.contains(name) else {
            let hint = nearest(to: name, among: names).map { "，是否想写 \($0)" } ?? ""
            throw ConsoleError(
                "console.unknown_deployment", "没有名为 \(name) 的示例部署\(hint)。可选：\(names.joined(separator: "、"))。")
        }
        return DeploymentSource(name: name, folder: deployments.appendingPathComponent(name, isDirectory: true))
    }

    /// The text of the settings file with the database that was chosen.
    func settings(conninfo: String?) throws -> String {
        let text = try read("settings.yaml")
        guard let conninfo else { return text + "\ndatabase: sqlite\n" }
        // Written as JSON, which is YAML too, so that no character of a password is misread.
        return text + "\ndatabase:\n  postgresql: \(JSONValue.string(conninfo).canonical)\n"
    }

    func organisation() throws -> OrganisationLayout { try decode("organisation.yaml") }

    func sample() throws -> SampleLayout { try decode("sample.yaml") }

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
            throw ConsoleError("console.sample_incomplete", "示例部署 \(name) 缺少 \(file)。请重新安装程序。")
        }
        return text
    }
}
