import HTTPTypes

/// The headers that every answer carries, made once.
enum SecurityHeaders {
    /// Everything from this site alone; pages of other sites may not frame ours.
    static let common: HTTPFields = [
        .contentSecurityPolicy: contentSecurity(),
        .contentTypeOptions: "nosniff",
        .referrerPolicy: "same-origin",
        .frameOptions: "DENY",
        .permissionsPolicy: "camera=(), microphone=(), geolocation=(self), payment=()",
        .openerPolicy: "same-origin",
    ]

    /// What a page may load and whom it may ask.
    static func contentSecurity(connecting address: String? = nil, submitting origin: String? = nil) -> String {
        let connect = address.map { " connect-src 'self' \($0);" } ?? ""
        let forms = origin.map { " \($0)" } ?? ""
        return
            "default-src 'self'; img-src 'self' data:;\(connect) object-src 'none'; base-uri 'none'; form-action 'self'\(forms); frame-ancestors 'none'"
    }

    /// Those that a route may replace; it can't remove them.
    static let overridable: Set<HTTPField.Name> = [.contentSecurityPolicy, .referrerPolicy, .permissionsPolicy]
}
