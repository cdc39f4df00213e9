import Cryptography
import Extension

/// A request to let somebody enter an application (OpenID Connect Core §3.1.2.1), checked in full.
struct AuthorizationRequest: Sendable {
    enum Prompt: String {
        case none, login, consent
        case selectAccount = "select_account"
    }

    let client: OpenIDClient
    let redirect: String
    let scopes: Set<OpenIDScope>
    let state: String
    let nonce: String
    /// The SHA-256 of the verifier that only the application knows (PKCE, RFC 7636).
    let challenge: String
    let prompts: Set<Prompt>
    /// The longest time since the sign-in, in seconds.
    let longestAge: Int64?

    /// - Parameter client: the registered application that the request names.
    /// - Throws: ``OpenIDError`` when nobody may be sent anywhere; ``RedirectableFault`` when the application may be told.
    init(_ parameters: [String: [String]], of client: OpenIDClient) throws {
        guard let redirects = parameters["redirect_uri"], redirects.count == 1, let redirect = redirects.first,
            client.redirects.contains(redirect)
        else { throw OpenIDError.redirectMismatch }
        self.client = client
        self.redirect = redirect
        let states = parameters["state"] ?? []
        let state = states.count == 1 ? states.first.flatMap(Self.token) : nil
        func fault(_ code: String, _ description: String) -> RedirectableFault {
            RedirectableFault(redirect: redirect, state: state, code: code, description: description)
        }
        for (name, values) in parameters.sorted(by: { $0.key < $1.key }) where values.count > 1 {
            throw fault("invalid_request", "The parameter \(name.prefix(40)) came twice.")
        }
        func value(_ name: String) -> String? { parameters[name]?.first.flatMap { $0.isEmpty ? nil : $0 } }
        if value("request") != nil { throw fault("request_not_supported", "Request objects are not supported.") }
        if value("request_uri") != nil {
            throw fault("request_uri_not_supported", "Request objects are not supported.")
        }
        guard value("response_type") == "code" else {
            throw fault("unsupported_response_type", "The one response type is code.")
        }
        guard value("response_mode") ?? "query" == "query" else {
            throw fault("invalid_request", "The one response mode is query.")
        }
        guard let state else { throw fault("invalid_request", "A state of 1 to 512 visible characters is needed.") }
        guard let nonce = value("nonce").flatMap(Self.token) else {
            throw fault("invalid_request", "A nonce of 1 to 512 visible characters is needed.")
        }
        guard value("code_challenge_method") == "S256", let challenge = value("code_challenge"),
            challenge.utf8.count == 43, (try? Base64URL.decode(challenge)) != nil
        else { throw fault("invalid_request", "PKCE with S256 is needed.") }
        let asked = Set<OpenIDScope>(value("scope") ?? "")
        guard asked.contains(.openid) else { throw fault("invalid_scope", "The scope openid is needed.") }
        scopes = asked.intersection(client.scopes)
        var prompts: Set<Prompt> = []
        for name in (value("prompt") ?? "").split(separator: " ") {
            guard let prompt = Prompt(rawValue: String(name)) else {
                throw fault("invalid_request", "An unknown prompt.")
            }
            prompts.insert(prompt)
        }
        if prompts.contains(.none), prompts.count > 1 {
            throw fault("invalid_request", "The prompt none stands alone.")
        }
        longestAge = try value("max_age").map { text in
            guard let age = Int64(text), age >= 0, text.utf8.count < 12 else {
                throw fault("invalid_request", "max_age is a number of seconds.")
            }
            return age
        }
        (self.state, self.nonce, self.challenge, self.prompts) = (state, nonce, challenge, prompts)
    }

    /// A fault that the application is told.
    func fault(_ code: String, _ description: String) -> RedirectableFault {
        RedirectableFault(redirect: redirect, state: state, code: code, description: description)
    }

    private static func token(_ text: String) -> String? {
        (1...512).contains(text.utf8.count) && text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) ? text : nil
    }
}

/// A refusal that goes back to the application with the browser.
struct RedirectableFault: Error {
    let redirect: String
    let state: String?
    let code: String
    let description: String

    /// Where the browser goes; our name goes with it, so that no answer is taken for another provider's (RFC 9207).
    func address(issuer: String) -> String {
        WebAddress.adding(
            [("error", code), ("error_description", description)] + (state.map { [("state", $0)] } ?? [])
                + [("iss", issuer)], to: redirect)
    }
}
