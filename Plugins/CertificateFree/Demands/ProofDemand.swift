public import PluginKit

/// A material of a theme or an item that asks for a proof which nobody may ask for any more (R14.1).
public struct ProofDemand: Sendable, Hashable {
    /// Where it is asked for: a theme or an item of the inventory.
    public let place: Place
    /// The material's title.
    public let material: String
    /// The proof that it asks for.
    public let proof: ProofKind

    /// Where a material stands.
    public enum Place: Sendable, Hashable {
        case theme(id: String, title: String)
        case item(code: String, title: String)

        /// What names it: a theme's ID or an item's code.
        var key: String {
            switch self {
            case .theme(let id, _): id
            case .item(let code, _): code
            }
        }

        /// For people, such as 主题“新生儿出生一件事”.
        public var chinese: String {
            switch self {
            case .theme(_, let title): "主题“\(title)”"
            case .item(let code, let title): "事项“\(title)”（\(code)）"
            }
        }
    }

    /// What is wrong and what to do.
    public var message: String {
        let remedy =
            switch proof.state {
            case .replaced: "改为用数据核验（\(proof.replacement)），不再向群众索要"
            case .cancelled, .kept: "从材料里删去"
            }
        return
            "\(place.chinese)的材料“\(material)”还在索要“\(proof.title)”（\(proof.code)，已\(proof.state.rawValue)），请\(remedy)。"
    }
}

/// Finds demands of proofs that nobody may ask for.
struct DemandCheck {
    private let words: ProofWords

    init(_ proofs: [ProofKind]) { words = ProofWords(proofs) }

    func demands(in theme: Theme) -> [ProofDemand] {
        theme.materials.compactMap { slot in
            guard let proof = words.proof(in: slot.title), isDemanded(slot, proof) else { return nil }
            return ProofDemand(place: .theme(id: theme.id, title: theme.title), material: slot.title, proof: proof)
        }
    }

    func demands(in item: CatalogueItem) -> [ProofDemand] {
        item.materials.compactMap { material in
            guard material.isRequired, let proof = words.proof(in: material.title), !proof.state.mayBeDemanded else {
                return nil
            }
            return ProofDemand(place: .item(code: item.code, title: item.title), material: material.title, proof: proof)
        }
    }

    /// A cancelled proof may not stand there at all. One that data replace may stand there as long as something else
    /// than the paper can serve.
    private func isDemanded(_ slot: MaterialSlot, _ proof: ProofKind) -> Bool {
        switch proof.state {
        case .kept: false
        case .cancelled: !slot.isOptional
        case .replaced: !slot.isOptional && slot.commitment == nil && slot.sources.allSatisfy { $0 == .upload }
        }
    }
}

extension ProofRegister {
    /// Every material of a current theme or an item in force that asks for a proof which nobody may ask for.
    ///
    /// - Throws: `Problem` 403 for who doesn't keep the list.
    public func demands(by act: Act) async throws -> [ProofDemand] {
        guard act.actor.holds(Self.keep) else { throw Problem.forbidden }
        let check = DemandCheck(try await database.read { try all(in: $0) })
        var found = try await catalogue.themes().flatMap { check.demands(in: $0.theme) }
        var cursor: String?
        repeat {
            let page = try await inventory.items(on: act.now.day, after: cursor, limit: 500)
            found += page.items.flatMap { check.demands(in: $0.item) }
            cursor = page.next
        } while cursor != nil
        return found
    }

    /// Stops the publication of whatever asks for a proof which nobody may ask for.
    var demandRule: PublicationRule {
        PublicationRule("cancelled-proofs") { draft, snapshot in
            let check = DemandCheck(try all(in: snapshot))
            let found =
                switch draft {
                case .theme(let theme): check.demands(in: theme)
                case .items(let items): items.flatMap { check.demands(in: $0) }
                }
            return found.map { Finding($0.place.key, "certificate-free.proof_demanded", $0.message) }
        }
    }

    /// What `yiciban doctor` says of it.
    var demandHealth: HealthCheck {
        HealthCheck("proofs", title: "已取消的证明") { act in
            let found = try await demands(by: act)
            guard let first = found.first else { return .sound("没有主题或事项还在索要已经取消或由数据替代的证明。") }
            return .warning(
                "有 \(found.count) 处还在索要。\(first.message)", remedy: "用 yiciban certificate-free check 列出全部，逐一改正。")
        }
    }
}
