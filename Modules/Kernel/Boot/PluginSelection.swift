import PluginKit

/// Which plugins are enabled and in which order they begin.
struct PluginSelection {
    /// The enabled plugins, each after those that its `after:` names.
    private(set) var ordered: [any ServicePlugin.Type] = []
    private(set) var findings: [Finding] = []

    /// - Parameters:
    ///   - plugins: all that are compiled in.
    ///   - enabled: the IDs in the settings.
    ///   - areas: the names that services and the kernel have taken.
    ///   - capabilities: the services that there are.
    init(
        of plugins: [any ServicePlugin.Type], enabled: [String], areas: Set<String>, capabilities: Set<String>
    ) {
        var known: [String: any ServicePlugin.Type] = [:]
        for plugin in plugins {
            let id = plugin.manifest.id
            if !Self.isWellFormed(id) {
                find(id, "plugin.id_form", "插件的 ID 只能用小写字母、数字和连字符，以字母开头。")
            }
            if areas.contains(id) { find(id, "plugin.id_reserved", "\(id) 是系统自用的名称，插件须另取 ID。") }
            if known.updateValue(plugin, forKey: id) != nil {
                find(id, "plugin.id_repeated", "有两个插件的 ID 都是 \(id)。")
            }
        }
        var chosen: [any ServicePlugin.Type] = []
        var seen: Set<String> = []
        for id in enabled {
            guard let plugin = known[id] else {
                let hint = nearest(to: id, among: known.keys).map { "，是否想写 \($0)" } ?? ""
                find(
                    "plugins", "plugin.unknown",
                    "没有名为 \(id) 的插件\(hint)。本程序带有：\(known.keys.sorted().joined(separator: "、"))。")
                continue
            }
            guard seen.insert(id).inserted else {
                find("plugins", "plugin.repeated", "插件 \(id) 写了两次。")
                continue
            }
            chosen.append(plugin)
            for missing in plugin.manifest.requires.map(\.rawValue).sorted() where !capabilities.contains(missing) {
                find(id, "plugin.requires", "插件 \(id) 需要服务 \(missing)，本程序没有它。")
            }
        }
        sort(chosen)
    }

    private mutating func find(_ field: String, _ code: String, _ message: String) {
        findings.append(Finding(field, code, message))
    }

    /// Repeatedly takes the first plugin, in the order of the settings, for which nobody is left to wait.
    private mutating func sort(_ chosen: [any ServicePlugin.Type]) {
        var waiting = chosen
        while !waiting.isEmpty {
            let ids = Set(waiting.map { $0.manifest.id })
            guard let index = waiting.firstIndex(where: { ids.isDisjoint(with: $0.manifest.after) }) else {
                let circle = waiting.map { "\($0.manifest.id)（after: \($0.manifest.after.joined(separator: "、"))）" }
                find("plugins", "plugin.cycle", "这些插件互相等待，排不出先后：\(circle.joined(separator: "，"))。")
                return
            }
            ordered.append(waiting.remove(at: index))
        }
    }

    private static func isWellFormed(_ id: String) -> Bool {
        guard let first = id.utf8.first, (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(first) else { return false }
        return id.utf8.count <= 40
            && id.utf8.allSatisfy { byte in
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "-")
            }
    }
}
