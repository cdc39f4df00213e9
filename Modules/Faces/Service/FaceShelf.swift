public import Extension
import Foundation
import Synchronization

/// The faces in force; they follow their files, so that a new logo or colour shows without a new start.
///
/// What is wrong in a file that changed is told by `doctor` and the log, and the face before it stays.
public final class FaceShelf: Sendable {
    private struct State {
        var book: FaceBook
        var findings: [Finding]
        var signature: String
        var lookedAt: ContinuousClock.Instant
    }

    /// What is read anew when a file changed.
    public struct Source: Sendable {
        public let settings: FaceSettings
        public let name: String
        public let sponsor: String
        public let division: String

        public init(settings: FaceSettings, name: String, sponsor: String, division: String) {
            self.settings = settings
            self.name = name
            self.sponsor = sponsor
            self.division = division
        }
    }

    private static let interval = Duration.seconds(2)
    private let folder: String
    /// The settings file, which is looked at with the others.
    private let settingsPath: String
    private let load: @Sendable () throws -> Source
    private let report: @Sendable ([Finding]) -> Void
    private let state: Mutex<State>

    /// - Parameters:
    ///   - folder: the deployment's folder.
    ///   - settingsPath: its settings file.
    ///   - source: what was read of it at the start.
    ///   - load: reads it anew; what it throws keeps the face before.
    ///   - report: is told what is wrong, whenever that changes.
    public init(
        folder: String, settingsPath: String, source: Source, load: @escaping @Sendable () throws -> Source,
        report: @escaping @Sendable ([Finding]) -> Void
    ) {
        self.folder = folder
        self.settingsPath = settingsPath
        self.load = load
        self.report = report
        var files = FaceFiles(folder: folder)
        let book = files.book(source.settings, name: source.name, sponsor: source.sponsor, division: source.division)
        state = Mutex(
            State(
                book: book, findings: files.findings,
                signature: Self.signature(folder, settingsPath, source.settings), lookedAt: .now))
        if !files.findings.isEmpty { report(files.findings) }
    }

    /// The faces as they are now; files are looked at no more often than every two seconds.
    public var book: FaceBook {
        let isDue = state.withLock { state in
            guard state.lookedAt.duration(to: .now) > Self.interval else { return false }
            state.lookedAt = .now
            return true
        }
        if isDue { reload() }
        return state.withLock(\.book)
    }

    /// What is wrong with the files now.
    public var findings: [Finding] {
        reload()
        return state.withLock(\.findings)
    }

    private func reload() {
        let before = state.withLock(\.signature)
        guard let source = try? load() else { return }
        let signature = Self.signature(folder, settingsPath, source.settings)
        if signature == before { return }
        var files = FaceFiles(folder: folder)
        let book = files.book(source.settings, name: source.name, sponsor: source.sponsor, division: source.division)
        let findings = files.findings
        state.withLock { state in
            state.signature = signature
            state.findings = findings
            if findings.isEmpty { state.book = book }
        }
        if !findings.isEmpty { report(findings) }
    }

    /// What changes when any of the files does.
    private static func signature(_ folder: String, _ settingsPath: String, _ settings: FaceSettings) -> String {
        let files =
            [settings.logo, settings.accessibility, settings.privacy] + settings.divisions.values.map(\.logo).sorted()
        let paths = [settingsPath] + files.filter { !$0.isEmpty }.map { "\(folder)/\($0)" }
        return paths.map { path in
            let attributes = try? FileManager.default.attributesOfItem(atPath: path)
            let size = (attributes?[.size] as? NSNumber)?.intValue ?? -1
            let time = (attributes?[.modificationDate] as? Date)?.timeIntervalSince1970 ?? 0
            // A file that was put in the place of another within the clock's tick has another number.
            let number = (attributes?[.systemFileNumber] as? NSNumber)?.intValue ?? 0
            return "\(path):\(size):\(time):\(number)"
        }.joined(separator: "\n")
    }
}
