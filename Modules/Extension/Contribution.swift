/// Anything that a service, a plugin or a bundle adds to the system, as a pure value (DESIGN §4).
public protocol Contribution: Sendable {}
