import PluginKit

/// How a member of staff narrows a list down; the browser keeps it until it is chosen otherwise.
struct DeskFilter<State: RawRepresentable & Equatable> where State.RawValue == String {
    let state: State
    /// Only this theme; empty for all.
    let theme: String
    /// The list's address.
    private let path: String
    private let tabs: [(state: State, title: String)]

    /// - Parameters:
    ///   - tabs: the states that may be chosen with their titles; the first where nothing was.
    ///   - path: the list's address.
    ///   - request: its query, or what the browser kept of an earlier one.
    init(_ tabs: [(state: State, title: String)], at path: String, _ request: PageRequest) {
        let kept = request.query.isEmpty ? request.remembered(Self.name(path)) : ""
        let parts = kept.split(separator: "~", omittingEmptySubsequences: false).map(String.init)
        let isKept = parts.count == 2
        let wanted = State(rawValue: isKept ? parts[0] : request.parameter("state"))
        state = tabs.first { $0.state == wanted }?.state ?? tabs[0].state
        theme = isKept ? parts[1] : request.parameter("theme")
        self.path = path
        self.tabs = tabs
    }

    private static func name(_ path: String) -> String { path.split(separator: "/").joined(separator: "-") }

    /// The theme to ask for; nil for all.
    var wantedTheme: String? { theme.isEmpty ? nil : theme }

    /// The list as it is chosen, from the beginning or from a place on.
    func url(_ state: State? = nil, after cursor: String? = nil) -> String {
        var query = ["state": (state ?? self.state).rawValue]
        if !theme.isEmpty { query["theme"] = theme }
        if let cursor { query["after"] = cursor }
        return URLText.with(path, query: query)
    }

    /// The answer, with the choice kept.
    func remembering(_ reply: PageReply) -> PageReply {
        .remembering(name: Self.name(path), value: "\(state.rawValue)~\(theme)", then: reply)
    }

    /// What the list's template shows of it.
    ///
    /// - Parameter themes: those of the place.
    func model(themes: [Theme]) -> ViewModel {
        let choices = themes.sorted { $0.id < $1.id }.map { InputField.Choice($0.id, $0.title) }
        return .record([
            "hasTabs": tabs.count > 1,
            "tabs": tabs.map { other, title -> ViewModel in
                .record(["label": title, "current": other == state, "url": url(other)])
            },
            "filterAction": path, "filterState": state.rawValue, "isFiltered": !theme.isEmpty,
            "clearURL": URLText.with(path, query: ["state": state.rawValue]),
            "filter": choices.count < 2
                ? []
                : [
                    InputField(
                        id: "theme", name: "theme", label: "只看一件事", kind: .select(choices, empty: "全部"),
                        values: [theme], isOptional: true)
                ],
        ])
    }
}
