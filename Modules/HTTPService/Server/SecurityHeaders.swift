import HTTPTypes

/// The headers that every answer carries, made once.
enum SecurityHeaders {
    /// Everything from this site alone; pages of other sites may not frame ours.
    static let common: HTTPFields = [
        .contentSecurityPolicy:
            "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
        .contentTypeOptions: "nosniff",
        .referrerPolicy: "same-origin",
        .frameOptions: "DENY",
        .permissionsPolicy: "camera=(), microphone=(), geolocation=(self), payment=()",
        .openerPolicy: "same-origin",
    ]

    /// Those that a route may replace; it can't remove them.
    static let overridable: Set<HTTPField.Name> = [.contentSecurityPolicy, .referrerPolicy, .permissionsPolicy]
}
