public import Extension
public import Storage

/// Says which notices an event gives rise to. They are posted in the transaction that marks the event as delivered, so
/// that each is posted once.
///
/// ```swift
/// Notify(CaseAccepted.self) { event, act, snapshot in [NoticeDraft(kind: "case.accepted", …)] }
/// ```
public struct Notify: Contribution {
    /// The event's name.
    public let event: String
    /// The subscription's name, unique in its owner.
    public let name: String
    /// Makes the drafts from the event's JSON text.
    public let drafts: @Sendable (_ body: String, _ act: Act, _ snapshot: Snapshot) throws -> [NoticeDraft]

    /// Notices of an event of a type that both sides know.
    public init<E: Event>(
        _ type: E.Type, name: String? = nil,
        _ drafts: @escaping @Sendable (E, Act, Snapshot) throws -> [NoticeDraft]
    ) {
        self.init(E.name, as: E.self, name: name, drafts)
    }

    /// Notices of another plugin's event by name, through one's own view of it.
    public init<View: Decodable & Sendable>(
        _ event: String, as view: View.Type, name: String? = nil,
        _ drafts: @escaping @Sendable (View, Act, Snapshot) throws -> [NoticeDraft]
    ) {
        self.event = event
        self.name = name ?? "notify-\(event)"
        self.drafts = { body, act, snapshot in try drafts(try EventCoding.decode(View.self, body), act, snapshot) }
    }
}
