/// What comes together while one file is read: findings, places, and what the file's parts may refer to.
///
/// A class, because all the readers of one file write into it; it never leaves the function that reads.
final class ReadingSession {
    /// The file within the folder of bundles.
    let file: String
    /// The other files of the bundle, by path.
    let texts: [String: String]
    private(set) var findings: [ThemeFinding] = []
    /// Whether something could not be read, so that there is no value to go on with.
    private(set) var isBroken = false
    var places = SourceMap()
    /// The bundle's parameters with their values in this deployment.
    var parameters: [String: ThemeParameter] = [:]
    /// The parameters that could not be read; what refers to them is not to blame.
    var refusedParameters: Set<String> = []
    private(set) var usedParameters: Set<String> = []
    private(set) var usedTexts: Set<String> = []
    /// Options by question: what conditions may name.
    var questions: [String: [String]] = [:]

    init(file: String, texts: [String: String] = [:]) {
        self.file = file
        self.texts = texts
    }

    /// Reports something after which reading goes on to find the rest, without a value in the end.
    func fail(_ code: String, _ message: String, at place: SourceMap.Place?) {
        isBroken = true
        note(code, message, at: place)
    }

    /// Reports something that leaves a value all the same.
    func note(_ code: String, _ message: String, at place: SourceMap.Place?) {
        findings.append(
            ThemeFinding(file: file, line: place?.line, column: place?.column, code: code, message: message))
    }

    /// The parameter of a name; reports one that is not there.
    func parameter(_ id: String, at place: SourceMap.Place?) -> ThemeParameter? {
        usedParameters.insert(id)
        if let parameter = parameters[id] { return parameter }
        if refusedParameters.contains(id) { return nil }
        fail("theme.unknown_parameter", "parameters 里没有“\(id)”\(hint(id, parameters.keys))。", at: place)
        return nil
    }

    /// The text of another file of the bundle; reports one that is not there.
    func text(_ path: String, at place: SourceMap.Place?) -> String {
        usedTexts.insert(path)
        if let text = texts[path] { return text }
        fail("theme.unknown_text", "文件夹里没有“\(path)”这个文件\(hint(path, texts.keys))。", at: place)
        return ""
    }

    /// `，是否想写“…”`, where a name is near enough to be meant.
    func hint(_ word: String, _ candidates: some Sequence<String>) -> String { nearestHint(word, candidates) }
}
