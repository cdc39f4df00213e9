/// Looks for things whose content no longer gives the name or the proof that they carry.
///
/// Unlike a ``StateCheck`` it needs no stream: what it looks at vouches for itself.
public struct ContentCheck: Sendable {
    /// What it is about, in Chinese, for example 文件.
    public let title: String
    /// Goes through all of them in flat memory and tells of each that does not fit: which, and what is wrong, in Chinese.
    let run: @Sendable (Snapshot, (_ thing: String, _ what: String) -> Void) throws -> Void

    public init(
        title: String,
        run: @escaping @Sendable (Snapshot, (_ thing: String, _ what: String) -> Void) throws -> Void
    ) {
        self.title = title
        self.run = run
    }
}

extension JournalVerifier {
    /// Runs the checks of what vouches for itself.
    mutating func checkContents(_ contents: [ContentCheck]) throws {
        for check in contents {
            var found: [(thing: String, what: String)] = []
            var surplus = 0
            try check.run(snapshot) { thing, what in
                if found.count < JournalReport.listed { found.append((thing, what)) } else { surplus += 1 }
            }
            for (thing, what) in found { report.find(.deviating, thing, detail: "\(check.title)：\(what)") }
            report.omitted += surplus
        }
    }
}
