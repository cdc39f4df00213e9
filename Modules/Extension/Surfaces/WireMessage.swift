/// A message exactly as it came over HTTP, for endpoints whose sender proves itself by a signature over the raw bytes.
public struct WireMessage: Sendable, Hashable {
    /// The headers by their lower-case names; of one that was repeated the first.
    public let headers: [String: String]
    /// The body as it was sent.
    public let body: [UInt8]

    public init(headers: [String: String], body: [UInt8]) {
        self.headers = Dictionary(
            headers.map { ($0.key.lowercased(), $0.value) }, uniquingKeysWith: { first, _ in first })
        self.body = body
    }

    /// A header by its name in any case; nil when it was not sent.
    public subscript(_ name: String) -> String? { headers[name.lowercased()] }
}
