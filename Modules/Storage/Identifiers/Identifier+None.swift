import Standards

extension Identifier {
    /// Stands in an input until its identifier is decoded; it names nothing.
    package static let none = Identifier(
        at: Instant(milliseconds: 0), random: [UInt8](repeating: 0, count: randomLength))
}
