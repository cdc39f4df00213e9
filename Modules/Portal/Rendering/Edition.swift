/// The editions of the portal (标准版、长辈版): the same pages, larger and calmer for elders.
enum Edition: String {
    case standard, elder

    /// The cookie that keeps the choice.
    static let cookie = "yiciban-edition"

    /// The choice in a cookie; anything else is the standard edition.
    init(cookie value: String?) { self = value.flatMap(Edition.init(rawValue:)) ?? .standard }
}
