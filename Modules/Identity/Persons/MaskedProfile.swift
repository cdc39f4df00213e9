import Standards

/// A person's data as they are shown to someone who does not need the whole (脱敏).
public struct MaskedProfile: Hashable, Sendable {
    /// `张**`
    public let name: String
    /// `430602********5454`
    public let idNumber: String
    /// `138****1234`; nil when none is known.
    public let mobile: String?
    /// The first six characters and stars; nil when none is known.
    public let address: String?
}

extension PersonProfile {
    /// The profile for someone who does not need the whole.
    public var masked: MaskedProfile {
        MaskedProfile(
            name: name.masked, idNumber: maskedNumber, mobile: mobile?.masked,
            address: address.map { Self.mask($0, keep: 6) })
    }

    private var maskedNumber: String {
        if documentKind == .residentID, let id = try? ResidentID(exactly: idNumber) { return id.masked }
        return Self.mask(idNumber, keep: 2)
    }

    private static func mask(_ text: String, keep: Int) -> String {
        let kept = min(keep, text.count / 2)
        return text.prefix(kept) + String(repeating: "*", count: text.count - kept)
    }
}
