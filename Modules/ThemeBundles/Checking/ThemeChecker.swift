/// Proves that a bundle holds in every situation (DESIGN §5): `theme check`.
public struct ThemeChecker: Sendable {
    public let bundle: ThemeBundle
    /// A group of questions with more combinations than this is refused by name.
    public let maximumCombinations: Int

    public init(_ bundle: ThemeBundle, maximumCombinations: Int = 1_000_000) {
        self.bundle = bundle
        self.maximumCombinations = maximumCombinations
    }

    /// The proofs that look at the theme as it is written.
    static let structuralProofs: [any ThemeProof.Type] = [
        UniquenessProof.self, ItemReferenceProof.self, FormReferenceProof.self, FieldBoundsProof.self,
        MaterialReferenceProof.self, OrderProof.self, LimitProof.self, UseProof.self,
    ]

    /// Everything that is wrong.
    ///
    /// The situations are walked only when the structure is sound: a misspelt name would otherwise come back as a
    /// dozen situations that make no sense.
    ///
    /// - Parameter reading: what reading the bundle found already; it is part of the answer.
    public func run(after reading: [ThemeFinding] = []) -> [ThemeFinding] {
        let structural = reading + Self.structuralProofs.flatMap { $0.findings(in: bundle) }
        if structural.contains(where: { !$0.code.hasPrefix(UseProof.codePrefix) }) { return structural.sorted() }
        let walk = SituationProof(bundle, maximumCombinations: maximumCombinations).findings()
        return (structural + walk).sorted()
    }
}

/// One thing that must hold of a bundle, whatever the situation.
protocol ThemeProof: Sendable {
    /// Where it doesn't hold.
    static func findings(in bundle: ThemeBundle) -> [ThemeFinding]
}
