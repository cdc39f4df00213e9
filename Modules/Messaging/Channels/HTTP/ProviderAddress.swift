import Foundation

/// The address of a provider: HTTPS, or plain HTTP on this very machine, without user, query or fragment.
struct ProviderAddress: Sendable, Hashable {
    let url: URL
    /// The path that requests are signed with; `/` for none.
    let path: String

    init?(_ text: String) {
        guard let url = URL(string: text), let host = url.host, !host.isEmpty, url.user == nil, url.query == nil,
            url.fragment == nil
        else { return nil }
        let isLocal = ["127.0.0.1", "localhost", "::1"].contains(host)
        guard url.scheme == "https" || (url.scheme == "http" && isLocal) else { return nil }
        self.url = url
        path = url.path.isEmpty ? "/" : url.path
    }
}
