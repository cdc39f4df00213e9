import PluginKit

/// Tells whether a material of a theme or an item is a proof of the list, by its words.
struct ProofWords {
    private let proofs: [(keys: [String], proof: ProofKind)]

    init(_ proofs: [ProofKind]) {
        self.proofs = proofs.map { proof in (proof.words.map(Self.key), proof) }
    }

    /// A wording without what is written now so and now so: spaces, brackets, quotation marks, a frame such as
    /// 《…》（原件）.
    static func key(_ text: String) -> String {
        var depth = 0
        var kept = ""
        for character in text.halfWidth.withoutInvisibles where !character.isWhitespace {
            switch character {
            case "(", "（", "[", "【": depth += 1
            case ")", "）", "]", "】": depth = max(0, depth - 1)
            case "《", "》", "“", "”", "\"", "'", "、", "，", ",", "。", ".": continue
            default: if depth == 0 { kept.append(character) }
            }
        }
        return kept.lowercased()
    }

    /// The proof that a material asks for: the one whose longest word is in the material's title; nil for none.
    func proof(in material: String) -> ProofKind? {
        let title = Self.key(material)
        var best: (length: Int, proof: ProofKind)?
        for (keys, proof) in proofs {
            for key in keys where key.count > best?.length ?? 0 && title.contains(key) { best = (key.count, proof) }
        }
        return best?.proof
    }
}
