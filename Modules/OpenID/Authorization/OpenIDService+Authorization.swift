public import Extension
import Foundation
import Identity
import Standards
import Storage

/// How a request to enter an application goes on.
public enum AuthorizationStep: Sendable, Equatable {
    /// Somebody must sign in first, even if a session is open; afterwards the browser comes back to that path.
    case signIn(returningTo: String)
    /// The person is asked.
    case consent(ConsentQuestion)
    /// The browser goes there, outside of this site.
    case leave(to: String)
}

/// What a person is asked before it first enters an application.
public struct ConsentQuestion: Sendable, Equatable {
    /// The application's name.
    public let client: String
    /// The host to which one goes on.
    public let host: String
    public let scopes: [OpenIDScope]
    /// What it was let know before; empty at the first time.
    public let known: [OpenIDScope]
}

extension OpenIDService {
    /// Judges a request and does what can be done without asking.
    ///
    /// - Parameters:
    ///   - parameters: of the query.
    ///   - act: of whoever sits at the browser.
    /// - Throws: ``OpenIDError`` when the application or the address is not registered: then nobody is sent anywhere.
    public func authorize(_ parameters: [String: [String]], by act: Act) async throws -> AuthorizationStep {
        let client = try await requester(parameters)
        do {
            let request = try AuthorizationRequest(parameters, of: client)
            guard let entrant = try await entrant(act) else {
                if request.prompts.contains(.none) { throw request.fault("login_required", "Nobody has signed in.") }
                return .signIn(returningTo: path(parameters, without: []))
            }
            if !act.actor.actsForItself || !client.serves(isStaff: entrant.isStaff) {
                throw request.fault("access_denied", "This account is not for this application.")
            }
            let age = request.longestAge.map { entrant.signedInAt.adding(.seconds($0)) < act.now } ?? false
            if age || request.prompts.contains(.login) || request.prompts.contains(.selectAccount) {
                if request.prompts.contains(.none) { throw request.fault("login_required", "The sign-in is too old.") }
                return .signIn(returningTo: path(parameters, without: ["login", "select_account"]))
            }
            let known = try await consented(entrant.account, client)
            if !request.scopes.isSubset(of: known) || request.prompts.contains(.consent) {
                if request.prompts.contains(.none) { throw request.fault("consent_required", "Consent is needed.") }
                return .consent(
                    ConsentQuestion(
                        client: client.name, host: WebAddress.host(of: request.redirect),
                        scopes: OpenIDScope.allCases.filter(request.scopes.contains),
                        known: OpenIDScope.allCases.filter(known.contains)))
            }
            return .leave(to: try await enter(request, entrant, consenting: false, by: act))
        } catch let fault as RedirectableFault {
            return .leave(to: fault.address(issuer: issuer))
        }
    }

    /// Does what the person decided.
    ///
    /// - Returns: where the browser goes.
    /// - Throws: ``OpenIDError`` when the request is no longer one of a registered application; ``Problem`` when nobody
    ///   has signed in any more.
    public func decide(_ parameters: [String: [String]], agrees: Bool, by act: Act) async throws -> String {
        let client = try await requester(parameters)
        do {
            let request = try AuthorizationRequest(parameters, of: client)
            guard let entrant = try await entrant(act) else { throw Problem.signInRequired }
            guard agrees, act.actor.actsForItself, client.serves(isStaff: entrant.isStaff)
            else {
                throw request.fault("access_denied", "The person did not agree.")
            }
            return try await enter(request, entrant, consenting: true, by: act)
        } catch let fault as RedirectableFault {
            return fault.address(issuer: issuer)
        }
    }

    /// The origin to which a request would lead; nil for a path of another kind. A page with a form that ends there must
    /// allow it, since browsers hold the whole way of a form against the page's policy.
    public func destination(ofPath path: String) async -> String? {
        guard path.hasPrefix(Self.authorizePath + "?"),
            let id = Self.parameter("client_id", in: path), let redirect = Self.parameter("redirect_uri", in: path),
            let client = try? await client(id), client.suspendedAt == nil, client.redirects.contains(redirect)
        else { return nil }
        return WebAddress.origin(of: redirect)
    }

    private static func parameter(_ name: String, in path: String) -> String? {
        let query = path.drop { $0 != "?" }.dropFirst()
        let pair = query.split(separator: "&").first { $0.hasPrefix(name + "=") }
        return pair.flatMap { String($0.dropFirst(name.count + 1)).removingPercentEncoding }
    }

    private func requester(_ parameters: [String: [String]]) async throws -> OpenIDClient {
        guard let ids = parameters["client_id"], ids.count == 1, let id = ids.first,
            let client = try await client(id), client.suspendedAt == nil
        else { throw OpenIDError.clientUnknown }
        return client
    }

    /// The request again, for after the sign-in, without the prompts that it satisfies.
    private func path(_ parameters: [String: [String]], without prompts: Set<String>) -> String {
        var pairs: [(String, String)] = []
        for (name, values) in parameters.sorted(by: { $0.key < $1.key }) {
            for value in values {
                guard name == "prompt" else {
                    pairs.append((name, value))
                    continue
                }
                let left = value.split(separator: " ").filter { !prompts.contains(String($0)) }
                if !left.isEmpty { pairs.append((name, left.joined(separator: " "))) }
            }
        }
        return WebAddress.adding(pairs, to: Self.authorizePath)
    }

    struct Entrant: Sendable {
        let account: Identifier
        let session: Identifier
        let isStaff: Bool
        let signedInAt: Instant
    }

    private func entrant(_ act: Act) async throws -> Entrant? {
        guard let account = act.actor.account, let session = act.actor.session else { return nil }
        let start = try await database.read { try identity.start(ofSession: session, at: act.now, in: $0) }
        return start.map {
            Entrant(account: account, session: session, isStaff: act.actor.kind == .staff, signedInAt: $0)
        }
    }

    /// Makes a code, and keeps the consent that was given with it.
    private func enter(
        _ request: AuthorizationRequest, _ entrant: Entrant, consenting: Bool, by act: Act
    ) async throws -> String {
        let code = SecretToken("openid.code", by: act)
        let id = act.identifier("openid.grant")
        let ends = entrant.signedInAt.adding(settings.grantLifetime)
        guard act.now < ends else { throw request.fault("login_required", "The sign-in is too old.") }
        try await database.write { transaction in
            if consenting { try keepConsent(request, entrant.account, by: act, in: transaction) }
            try transaction.execute(
                """
                INSERT INTO openid_grant (id, client, account, session, post, redirect, scopes, nonce, challenge, signed_in_at,
                    code_hash, code_ends_at, created_at, ends_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """, id, request.client.id, entrant.account, entrant.session, act.actor.post?.id, request.redirect,
                request.scopes.text,
                request.nonce, request.challenge, entrant.signedInAt, code.hash, act.now.adding(Self.codeLifetime),
                act.now, ends)
            try tell(
                ApplicationEntered(
                    grant: id, account: entrant.account, session: entrant.session, client: request.client.id,
                    scopes: OpenIDScope.allCases.filter(request.scopes.contains).map(\.rawValue)),
                about: "grant", id.text, by: act, in: transaction)
        }
        return WebAddress.adding(
            [("code", code.text), ("state", request.state), ("iss", issuer)], to: request.redirect)
    }
}
