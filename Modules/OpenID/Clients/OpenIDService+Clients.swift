import Cryptography
public import Extension
import Storage

extension OpenIDService {
    /// Registers an application.
    ///
    /// - Returns: the application and, unless it proves itself by a key, its secret, which is shown this once.
    /// - Throws: ``OpenIDError`` with all findings, or when the actor may not manage applications.
    public func addClient(_ draft: ClientDraft, by act: Act) async throws -> (client: OpenIDClient, secret: String?) {
        guard act.actor.holds(Self.manageClients) else { throw OpenIDError.denied }
        var draft = draft
        draft.scopes.insert(.openid)
        let findings = draft.findings
        guard findings.isEmpty else { throw OpenIDError.invalid(findings) }
        let id = act.identifier("openid.client").text
        let secret = draft.method == .secret ? SecretToken("openid.client.secret/\(id)", by: act) : nil
        let prepared = draft
        let client = try await database.write { transaction in
            let row = try transaction.row(
                """
                INSERT INTO openid_client (\(OpenIDClient.columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)
                \(clientState.returning)
                """, id, prepared.name, prepared.audience.rawValue, prepared.scopes.text, prepared.ownSector,
                prepared.redirects.joined(separator: "\n"), prepared.logoutRedirects.joined(separator: "\n"),
                prepared.backchannel, prepared.method.rawValue, secret?.hash,
                JSONValue.array(prepared.keys.map(\.json)).canonical, prepared.algorithm.rawValue, act.now)
            try tell(
                ClientRegistered(
                    client: id, audience: prepared.audience.rawValue,
                    scopes: OpenIDScope.allCases.filter(prepared.scopes.contains).map(\.rawValue)),
                about: "client", id, state: try row.map { try clientState.digest(of: $0) }, by: act, in: transaction)
            guard let client = try self.client(id, in: transaction) else { throw OpenIDError.noSuchClient }
            return client
        }
        return (client, secret?.text)
    }

    /// All applications in the order of their registration.
    public func clients() async throws -> [OpenIDClient] {
        try await database.read { view in
            try view.rows("SELECT \(OpenIDClient.columns) FROM openid_client ORDER BY id").map { try OpenIDClient($0) }
        }
    }

    /// An application; nil for none of that identifier.
    public func client(_ id: String) async throws -> OpenIDClient? {
        try await database.read { try client(id, in: $0) }
    }

    func client(_ id: String, in view: Snapshot) throws -> OpenIDClient? {
        try view.row("SELECT \(OpenIDClient.columns) FROM openid_client WHERE id = ?", id).map { try OpenIDClient($0) }
    }

    /// Suspends an application, or lets it in again. While it is suspended all its codes and tokens are refused.
    public func suspendClient(_ id: String, isSuspended: Bool, by act: Act) async throws {
        try await change(
            id, "suspended_at = ?", [isSuspended ? act.now.sql : .null],
            ClientSuspended(client: id, isSuspended: isSuspended), by: act)
    }

    /// Gives an application a new secret; the old one is worth nothing from then on.
    ///
    /// - Returns: the secret, which is shown this once.
    public func changeSecret(of id: String, by act: Act) async throws -> String {
        guard try await client(id)?.method == .secret else { throw OpenIDError.noSuchClient }
        let secret = SecretToken("openid.client.secret/\(id)", by: act)
        try await change(id, "secret_hash = ?", [secret.hash.sql], ClientSecretChanged(client: id), by: act)
        return secret.text
    }

    private func change(
        _ id: String, _ assignment: String, _ arguments: [SQLValue], _ event: any Event, by act: Act
    ) async throws {
        guard act.actor.holds(Self.manageClients) else { throw OpenIDError.denied }
        try await database.write { transaction in
            let rows = try transaction.rows(
                "UPDATE openid_client SET \(assignment) WHERE id = ? \(clientState.returning)",
                arguments: arguments + [id.sql])
            guard let row = rows.first else { throw OpenIDError.noSuchClient }
            try tell(event, about: "client", id, state: try clientState.digest(of: row), by: act, in: transaction)
        }
    }
}
