import Yams

/// A YAML file as a tree, refused where it plays tricks.
enum YAMLDocument {
    /// Parses one document. Anchors are refused: they hide where a thing is said, and can blow a file up.
    ///
    /// - Returns: nil with a finding in the session.
    static func parse(_ text: String, _ session: ReadingSession) -> YAMLValue? {
        do {
            let parser = try Parser(yaml: text)
            guard let root = try parser.singleRoot() else {
                session.fail("theme.empty", "文件是空的。可以用 theme new 生成一份样例，再照着改。", at: nil)
                return nil
            }
            // Nodes hold their anchors weakly: only the parser keeps them alive.
            if let anchor = withExtendedLifetime(parser, { firstAnchor(root) }) {
                session.fail("theme.anchor", "不支持锚点（&）和引用（*），请把内容直接写出来。", at: SourceMap.Place(anchor.mark))
                return nil
            }
            return YAMLValue(node: root, path: "", session: session)
        } catch let error as YamlError {
            report(error, session)
        } catch {
            session.fail("theme.syntax", "不是有效的 YAML：\(error)。", at: nil)
        }
        return nil
    }

    private static func report(_ error: YamlError, _ session: ReadingSession) {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            session.fail("theme.syntax", "不是有效的 YAML：\(problem)。请检查这一行和上一行的缩进、冒号和引号。", at: SourceMap.Place(mark))
        case .duplicatedKeysInMapping(let duplicates, let context):
            let keys = duplicates.joined(separator: "、")
            session.fail(
                "theme.duplicate_key", "“\(keys)”在同一处写了两次，请只留一个。", at: SourceMap.Place(context.mark))
        default:
            session.fail("theme.syntax", "不是有效的 YAML：\(error)。", at: nil)
        }
    }

    /// An alias becomes a copy of the anchored node, so a walk that stops there is no longer than the file.
    private static func firstAnchor(_ node: Node) -> Node? {
        if node.anchor != nil { return node }
        switch node {
        case .scalar: return nil
        case .mapping(let mapping): return mapping.lazy.flatMap { [$0.key, $0.value] }.compactMap(firstAnchor).first
        case .sequence(let sequence): return sequence.lazy.compactMap(firstAnchor).first
        case .alias: return node
        }
    }
}
