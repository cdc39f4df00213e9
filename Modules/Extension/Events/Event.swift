/// Something that happened, told by whoever owns it.
///
/// Events hold identifiers and keyed digests, never personal data, so that the journal's hashes survive the erasure
/// of a person's data (DESIGN §7).
public protocol Event: Codable, Sendable {
    /// A stable name such as `case.completed`.
    static var name: String { get }
}
