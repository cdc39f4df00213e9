public import Storage

/// A random password that is printed once and typed once: 75 random bits without characters that look alike.
public enum GeneratedPassword {
    private static let alphabet = Array("abcdefghijkmnpqrstuvwxyz23456789")

    /// The password for a use named by the label.
    public static func make(_ label: String, seed: Seed) -> String {
        let letters = seed.bytes("identity.password.\(label)", count: 15).map { alphabet[Int($0 & 31)] }
        return [letters[0..<5], letters[5..<10], letters[10..<15]].map { String($0) }.joined(separator: "-")
    }
}
