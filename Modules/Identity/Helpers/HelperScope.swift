import Extension

/// The themes that a grant covers, as they are stored.
enum HelperScope {
    static func text(_ themes: some Collection<String>) -> String {
        JSONValue.array(Set(themes).sorted().map(JSONValue.string)).canonical
    }

    static func read(_ text: String) -> [String] {
        (try? JSONValue(parsing: text))?.array?.compactMap(\.string) ?? []
    }
}
