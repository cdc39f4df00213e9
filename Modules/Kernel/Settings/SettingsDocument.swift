public import PluginKit
import Yams

/// Reads YAML into values, strictly: no anchors, no tags, no second document, no `yes` that becomes true.
public enum SettingsDocument {
    /// - Parameters:
    ///   - text: the file's text.
    ///   - file: its name, for messages.
    /// - Throws: ``KernelError`` with line and column.
    public static func parse(_ text: String, file: String = "settings.yaml") throws -> JSONValue {
        do {
            guard let node = try Yams.compose(yaml: text) else { return [:] }
            return try value(node, file)
        } catch let error as YamlError {
            throw KernelError(.malformedSettings, "\(file) 不是有效的 YAML：\(describe(error))。请检查缩进和引号。")
        }
    }

    private static func value(_ node: Node, _ file: String) throws -> JSONValue {
        switch node {
        case .scalar(let scalar): return value(scalar)
        case .sequence(let sequence): return .array(try sequence.map { try value($0, file) })
        case .mapping(let mapping):
            var members: [String: JSONValue] = [:]
            for (key, member) in mapping {
                guard case .scalar(let name) = key else { throw unsupported(key, file, "名称应当是一行文字") }
                members[name.string] = try value(member, file)
            }
            return .object(members)
        case .alias: throw unsupported(node, file, "不支持引用（*）")
        }
    }

    private static func value(_ scalar: Node.Scalar) -> JSONValue {
        guard scalar.style == .plain || scalar.style == .any else { return .string(scalar.string) }
        switch scalar.string {
        case "true": return true
        case "false": return false
        case "", "~", "null": return .null
        default:
            // Only what reads back the same is a number: 007 and 430600-Z01 are texts.
            if let number = Int64(scalar.string), String(number) == scalar.string { return .integer(number) }
            if scalar.string.contains("."), let real = Double(scalar.string), "\(real)" == scalar.string {
                return .real(real)
            }
            return .string(scalar.string)
        }
    }

    private static func unsupported(_ node: Node, _ file: String, _ why: String) -> KernelError {
        let line = node.mark.map { "第 \($0.line) 行" } ?? ""
        return KernelError(.malformedSettings, "\(file) \(line)\(why)。")
    }

    private static func describe(_ error: YamlError) -> String {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            "第 \(mark.line) 行第 \(mark.column) 列，\(problem)"
        case .duplicatedKeysInMapping(let duplicates, let context):
            "第 \(context.mark.line) 行起的一组里 \(duplicates.map { "\($0)" }.joined(separator: "、")) 写了两次"
        default: "\(error)".split(separator: "\n").first.map(String.init) ?? "内容有误"
        }
    }
}
