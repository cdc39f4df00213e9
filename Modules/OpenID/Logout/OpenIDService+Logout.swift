public import Extension
import Identity
import Standards
import Storage

/// How a request to sign out goes on (OpenID Connect RP-Initiated Logout §2).
public struct LogoutStep: Sendable, Equatable {
    /// Whether the application has proved that it speaks of the very session at the browser; otherwise the person is
    /// asked, since any page on the web could have sent it here.
    public let isProven: Bool
    /// The application's name, if it is known which one asks.
    public let client: String?
    /// Where the browser goes afterwards, outside of this site; nil for the home page.
    public let destination: String?
}

extension OpenIDService {
    /// Judges a request to sign out.
    ///
    /// - Parameters:
    ///   - parameters: of the query or the form.
    ///   - act: of whoever sits at the browser.
    /// - Throws: ``OpenIDError`` when a parameter comes twice, the application is unknown or the address is not
    ///   registered.
    public func logout(_ parameters: [String: [String]], by act: Act) async throws -> LogoutStep {
        guard parameters.values.allSatisfy({ $0.count == 1 }) else {
            throw OpenIDError(.request, 400, "请求不对", "您要退出的系统发来的请求读不懂。您可以直接点页面上方的“退出”。")
        }
        func value(_ name: String) -> String? { parameters[name]?.first.flatMap { $0.isEmpty ? nil : $0 } }
        var client: OpenIDClient?
        var isProven = false
        if let hint = value("id_token_hint").flatMap({ SignedToken($0) }) {
            // It may have expired long ago: what counts is that we made it, and for whom.
            let keys = try await keys.published(at: act.now)
            if hint.isSigned(byOneOf: keys), hint.claims["iss"]?.string == issuer, hint.type == "JWT",
                let id = hint.claims["aud"]?.string, let named = try await self.client(id)
            {
                client = named
                if let session = act.actor.session, let sid = hint.claims["sid"]?.string {
                    isProven = sid == self.session(session, for: named)
                }
            }
        }
        if let id = value("client_id") {
            guard client == nil || client?.id == id, let named = try await self.client(id) else {
                throw OpenIDError.clientUnknown
            }
            client = named
        }
        var destination: String?
        if let address = value("post_logout_redirect_uri") {
            guard let client, client.suspendedAt == nil, client.logoutRedirects.contains(address) else {
                throw OpenIDError.redirectMismatch
            }
            let state = value("state").map { [("state", $0)] } ?? []
            destination = WebAddress.adding(state, to: address)
        }
        return LogoutStep(isProven: isProven, client: client?.name, destination: destination)
    }

    /// A sign-out here ends what came of the session everywhere.
    var signedOut: On {
        On(SessionEnded.self) { event, act, transaction in
            try endGrants("session = ?", [event.session.sql], .signedOut, by: act, in: transaction)
        }
    }

    /// Tells an application of a sign-out (OpenID Connect Back-Channel Logout §2.5).
    var logoutDelivery: Deliver {
        Deliver(LogoutDue.name, as: LogoutDue.self) { event, key, act in
            guard let client = try await client(event.client), client.suspendedAt == nil,
                let address = client.backchannel
            else { return }
            let token = try SignedToken.sign(
                [
                    "iss": .string(issuer), "aud": .string(client.id), "iat": .integer(act.now.seconds),
                    "exp": .integer(act.now.adding(.seconds(120)).seconds), "jti": .string(key),
                    "sub": .string(subject(event.account, for: client)),
                    "sid": .string(session(event.session, for: client)),
                    "events": ["http://schemas.openid.net/event/backchannel-logout": [:]],
                ], type: "logout+jwt", with: try await keys.signing(client.algorithm, by: act))
            try await BackchannelCall.post(["logout_token": token], to: address)
        }
    }
}
