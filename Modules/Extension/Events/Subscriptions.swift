public import Storage

/// An observer that changes our own data: its effect and its delivery mark are committed together, so the effect
/// happens once.
public struct On: Contribution {
    /// The event's name.
    public let event: String
    /// The observer's name, unique in its plugin.
    public let name: String
    /// Which streams it hears, told before anything is written; nil is all.
    public let hears: (@Sendable (StreamID) -> Bool)?
    /// Handles the event's JSON text.
    public let handle: @Sendable (_ body: String, _ act: Act, _ transaction: Transaction) throws -> Void

    /// Observes an event of a type that both sides know.
    public init<E: Event>(
        _ type: E.Type, name: String? = nil,
        _ handler: @escaping @Sendable (E, Act, Transaction) throws -> Void
    ) {
        self.init(E.name, as: E.self, name: name, handler)
    }

    /// Observes another plugin's event by name, through one's own view of it.
    ///
    /// - Parameter hears: which streams it hears, such as those of one kind of division; an event of another costs
    ///   nothing. It may be asked again, and for an event whose change is not committed in the end.
    public init<View: Decodable & Sendable>(
        _ event: String, as view: View.Type, name: String? = nil, hears: (@Sendable (StreamID) -> Bool)? = nil,
        _ handler: @escaping @Sendable (View, Act, Transaction) throws -> Void
    ) {
        self.event = event
        self.name = name ?? "on-\(event)"
        self.hears = hears
        self.handle = { body, act, transaction in try handler(try EventCoding.decode(View.self, body), act, transaction)
        }
    }

    /// Observes an event whose JSON text the handler reads itself.
    public init(
        named event: String, name: String,
        _ handler: @escaping @Sendable (_ body: String, Act, Transaction) throws -> Void
    ) {
        self.event = event
        self.name = name
        hears = nil
        handle = handler
    }
}

/// An observer with an outside effect (an SMS, a partner): delivered at least once, with a key for idempotency.
public struct Deliver: Contribution {
    /// The event's name.
    public let event: String
    /// The observer's name, unique in its plugin.
    public let name: String
    /// Handles the event's JSON text; `key` is the same on every try.
    public let handle: @Sendable (_ body: String, _ key: String, _ act: Act) async throws -> Void

    /// Delivers an event to the outside.
    public init<View: Decodable & Sendable>(
        _ event: String, as view: View.Type, name: String? = nil,
        _ handler: @escaping @Sendable (View, _ key: String, Act) async throws -> Void
    ) {
        self.event = event
        self.name = name ?? "deliver-\(event)"
        self.handle = { body, key, act in try await handler(try EventCoding.decode(View.self, body), key, act) }
    }
}
