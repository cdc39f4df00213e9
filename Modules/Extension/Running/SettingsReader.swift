import Standards
import Synchronization

/// Reads one plugin's or service's settings strictly: a malformed value is a finding, never silently the default,
/// and a key that nobody asked for is a finding with the nearest match.
public final class SettingsReader: Sendable {
    /// One setting as it was asked for, for `yiciban settings explain`.
    public struct Declared: Sendable {
        public let key: String
        public let kind: String
        public let doc: String
        public let defaultText: String?
        public let isSecret: Bool
    }

    private struct State {
        var declared: [Declared] = []
        var findings: [Finding] = []
        var sections: [SettingsReader] = []
    }

    private let values: [String: JSONValue]
    /// Where these settings stand in the file; empty at its top.
    public let area: String
    private let state = Mutex(State())

    /// - Parameters:
    ///   - area: where the settings stand, such as `plugins.newborn`.
    ///   - values: the section of the settings file; nil when there is none.
    public init(area: String, values: JSONValue?) {
        self.area = area
        if case .object(let members) = values {
            self.values = members
        } else {
            self.values = [:]
            if let values, values != .null {
                report(Finding(area, "settings.malformed", "\(area) 应当是一组设置，每项一行“名称: 值”。"))
            }
        }
    }

    /// What was asked for here; the sections have their own.
    public var declared: [Declared] { state.withLock(\.declared) }

    /// The sections that were asked for, in order.
    public var sections: [SettingsReader] { state.withLock(\.sections) }

    /// Everything that is wrong, unknown keys included; complete once all settings were read.
    public var findings: [Finding] {
        state.withLock { state in
            let known = state.declared.map(\.key)
            return state.findings + state.sections.flatMap(\.findings)
                + values.keys.sorted().filter { !known.contains($0) }.map { key in
                    let hint = nearest(to: key, among: known).map { "，是否想写 \($0)" } ?? ""
                    return Finding(place(key), "settings.unknown_key", "没有名为 \(key) 的设置\(hint)。")
                }
        }
    }

    /// A text.
    public func text(_ key: String, default fallback: String? = nil, doc: String, secret: Bool = false) throws -> String
    {
        try read(key, "文字", fallback, doc, secret: secret, show: { $0 }) { $0.string }
    }

    /// A whole number within bounds.
    public func int(
        _ key: String, default fallback: Int? = nil, in bounds: ClosedRange<Int>, doc: String
    ) throws -> Int {
        try read(key, "\(bounds.lowerBound) 到 \(bounds.upperBound) 的整数", fallback, doc, show: { "\($0)" }) { value in
            value.integer.map(Int.init).flatMap { bounds.contains($0) ? $0 : nil }
        }
    }

    /// Yes or no.
    public func flag(_ key: String, default fallback: Bool? = nil, doc: String) throws -> Bool {
        try read(key, "true 或 false", fallback, doc, show: { "\($0)" }) { $0.bool }
    }

    /// A list of texts.
    public func list(_ key: String, default fallback: [String]? = nil, doc: String) throws -> [String] {
        try read(key, "文字的列表", fallback, doc, show: { $0.joined(separator: ", ") }) { value in
            guard let elements = value.array else { return nil }
            let texts = elements.compactMap(\.string)
            return texts.count == elements.count ? texts : nil
        }
    }

    /// A section with settings of its own; its findings count among those of the whole.
    public func section(_ key: String, doc: String) -> SettingsReader {
        let section = SettingsReader(area: place(key), values: values[key])
        state.withLock { state in
            state.declared.append(Declared(key: key, kind: "一组设置", doc: doc, defaultText: nil, isSecret: false))
            state.sections.append(section)
        }
        return section
    }

    /// A value of any shape, as it stands in the file; nil when it is not set. The caller judges it.
    public func value(_ key: String, doc: String) -> JSONValue? {
        state.withLock {
            $0.declared.append(Declared(key: key, kind: "见说明", doc: doc, defaultText: nil, isSecret: false))
        }
        return values[key] == .null ? nil : values[key]
    }

    /// Adds what a caller found wrong with a value.
    public func report(_ finding: Finding) { state.withLock { $0.findings.append(finding) } }

    /// Where a setting stands in the file, such as `http.port`.
    public func place(_ key: String) -> String { area.isEmpty ? key : "\(area).\(key)" }

    private func read<Value>(
        _ key: String, _ kind: String, _ fallback: Value?, _ doc: String, secret: Bool = false,
        show: (Value) -> String, _ convert: (JSONValue) -> Value?
    ) throws -> Value {
        let declared = Declared(
            key: key, kind: kind, doc: doc, defaultText: fallback.map(show), isSecret: secret)
        state.withLock { $0.declared.append(declared) }
        guard let raw = values[key], raw != .null else {
            if let fallback { return fallback }
            return try fail(Finding(place(key), "settings.required", "必须设置 \(key)（\(doc)）。"))
        }
        if let value = convert(raw) { return value }
        let shown = secret ? "" : "，现在写的是 \(raw.canonical)"
        let finding = Finding(place(key), "settings.malformed", "\(key) 应当是\(kind)\(shown)。")
        if let fallback {
            // Recorded and not thrown, so that all findings of a file come at once; the start stops all the same.
            state.withLock { $0.findings.append(finding) }
            return fallback
        }
        return try fail(finding)
    }

    private func fail<Value>(_ finding: Finding) throws -> Value {
        state.withLock { $0.findings.append(finding) }
        throw finding
    }
}

/// Settings of a plugin or service.
public protocol PluginSettings: Sendable {
    init(from reader: SettingsReader) throws
}

/// No settings at all.
public struct NoSettings: PluginSettings {
    public init(from reader: SettingsReader) {}
}
