import ThemeBundles

/// A form of the editor with a press of one of its buttons: files in, files out.
public struct FormEdit: Sendable {
    public let section: EditorSection
    /// Which element of the section was filled in; nil for the list of them.
    public let index: Int?
    /// What was sent, by name.
    public let sent: YAMLSource.Sent
    public let move: EditorMove?

    public init(section: EditorSection, index: Int?, sent: YAMLSource.Sent, move: EditorMove?) {
        self.section = section
        self.index = index
        self.sent = sent
        self.move = move
    }

    /// The part that is filled in; nil for a list.
    public var base: YAMLPath? {
        section == .basics ? .root : index.flatMap { index in section.list?.index(index) }
    }

    /// The files with what the form says. What is renamed takes along whatever names it, examples too.
    ///
    /// - Throws: `YAMLSource.Refusal` where the text is written in a way that only its author can change.
    public func files(from shown: [String: String]) throws(YAMLSource.Refusal) -> [String: String] {
        guard let before = shown[ThemeBundle.themeFile].flatMap({ YAMLSource($0) }) else {
            throw YAMLSource.Refusal(message: "theme.yaml 不是表单能改的 YAML，请在 YAML 里改。")
        }
        var files = shown
        var source = before
        if let base {
            source = try source.applying(sent, to: EditorControl.all(of: section.shape, at: base, in: before.tree))
        }
        for renaming in YAMLSource.renamings(from: before.tree, to: source.tree) {
            source = try source.following(renaming)
            if let examples = files[ThemeBundle.examplesFile].flatMap({ YAMLSource($0) }) {
                files[ThemeBundle.examplesFile] = try examples.following(renaming).text
            }
        }
        if let move { source = try source.moving(move) }
        files[ThemeBundle.themeFile] = source.text
        return files
    }
}
