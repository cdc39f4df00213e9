import Extension

/// The themes that a grant covers, as they are stored.
enum HelperScope {
    static func text(_ themes: some Collection<String>) -> String {
        JSONValue.array(Set(themes).sorted().map(JSONValue.string)).canonical
    }

    /// - Throws: an error for anything that is no list of texts, since an empty list would mean all themes.
    static func read(_ text: String) throws -> Set<String> {
        guard let list = try JSONValue(parsing: text).array else { throw IdentityError.mandateUnknown }
        return Set(
            try list.map { value in
                guard let theme = value.string else { throw IdentityError.mandateUnknown }
                return theme
            })
    }
}
