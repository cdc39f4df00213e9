import Extension

/// A refusal in the words of OAuth 2.0 (RFC 6749 §5.2, RFC 6750 §3.1): for programs, so the description is English.
struct OAuthError: Error, Sendable, Equatable {
    let status: Int
    /// The standard's code, such as `invalid_grant`.
    let code: String
    let description: String
    /// The value of `WWW-Authenticate`, if any.
    var challenge: String?

    static func request(_ description: String) -> OAuthError {
        OAuthError(status: 400, code: "invalid_request", description: description)
    }

    /// Says nothing about which of the many possible reasons it was.
    static let grant = OAuthError(
        status: 400, code: "invalid_grant", description: "The code or token is unknown, used, expired or not yours.")

    static let client = OAuthError(
        status: 401, code: "invalid_client", description: "Client authentication failed.",
        challenge: "Basic realm=\"yiciban\"")

    static let token = OAuthError(
        status: 401, code: "invalid_token", description: "The access token is unknown, expired or revoked.",
        challenge: "Bearer realm=\"yiciban\", error=\"invalid_token\"")

    static let noToken = OAuthError(
        status: 401, code: "invalid_token", description: "An access token is needed.",
        challenge: "Bearer realm=\"yiciban\"")

    var reply: ProtocolReply {
        .json(
            status, ["error": .string(code), "error_description": .string(description)],
            headers: challenge.map { ["WWW-Authenticate": $0] } ?? [:])
    }
}
