import ArgumentParser
import PluginKit

/// `yiciban settings explain`
struct SettingsExplain: KernelCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain", abstract: "说明 settings.yaml 里可以写什么：名称、含义、取值和默认值")

    @OptionGroup public var common: CommonOptions

    func run(in context: CommandContext) async throws {
        let tools = try context.services(KernelTools.self)
        let root = SettingsReader(area: "", values: nil)
        _ = DeploymentSettings.read(root)
        let readers =
            [root] + root.sections
            + tools.enabled.compactMap { tools.pluginSettings[$0] }
        let all = readers.flatMap { reader in
            reader.declared.filter { $0.kind != "一组设置" }.map { (place: reader.place($0.key), declared: $0) }
        }
        context.output.print(
            all.map { "\($0.place)\n    \(Self.line($0.declared))" }.joined(separator: "\n"),
            json: .array(
                all.map {
                    [
                        "key": .string($0.place), "kind": .string($0.declared.kind), "doc": .string($0.declared.doc),
                        "default": $0.declared.defaultText.map(JSONValue.string) ?? .null,
                        "secret": .bool($0.declared.isSecret),
                    ]
                }))
    }

    static func line(_ setting: SettingsReader.Declared) -> String {
        let fallback = setting.defaultText.map { $0.isEmpty ? "，可不写" : "，默认 \($0)" } ?? ""
        return "\(setting.key)：\(setting.doc)（\(setting.kind)\(fallback)\(setting.isSecret ? "，保密" : "")）"
    }
}
