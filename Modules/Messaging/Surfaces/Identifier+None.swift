import Standards
import Storage

extension Identifier {
    /// The value that an input has before it is read.
    static let none = Identifier(at: Instant(milliseconds: 0), random: [UInt8](repeating: 0, count: randomLength))
}
