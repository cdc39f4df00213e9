import PluginKit

/// This deployment's keys for partners, made when they are first needed and kept sealed.
struct OwnKeys: Sendable {
    let database: any Database
    let cipher: FieldCipher

    static let encryptedColumns = [
        EncryptedColumn(table: "cross_region_key", keys: ["id"], column: "secret") { _ in context }
    ]

    private static let context = "cross_region_key.secret/own"

    /// The keys; of several servers that make them at once one wins.
    func keys(by act: Act) async throws -> PeerKeys {
        if let known = try await database.read({ try find(in: $0) }) { return known }
        let made = try PeerKeys.generate()
        let box = try cipher.seal(try made.secret(), context: Self.context, seed: act.seed)
        try await database.write { transaction in
            _ = try transaction.execute(
                """
                INSERT INTO cross_region_key (id, secret, signing, reading, created_at) VALUES ('own', ?, ?, ?, ?)
                ON CONFLICT (id) DO NOTHING
                """, box, made.card.signing, made.card.reading, act.now)
        }
        return try await database.read { try find(in: $0) } ?? made
    }

    private func find(in snapshot: Snapshot) throws -> PeerKeys? {
        let row = try snapshot.row("SELECT secret FROM cross_region_key WHERE id = 'own'")
        guard let box = try row?.get("secret", as: [UInt8].self) else { return nil }
        return try PeerKeys(secret: try cipher.open(box, context: Self.context))
    }
}
