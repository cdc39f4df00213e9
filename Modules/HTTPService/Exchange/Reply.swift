import HTTPTypes
import HummingbirdCore
import NIOCore
public import PluginKit

/// What a route answers.
public struct Reply: Sendable {
    public var status: Int
    /// The body; never changed after it was made, so that it is copied once, into the socket's buffer.
    public var body: [UInt8]
    /// What is sent in place of ``body``, from the disk.
    var spooled: SpooledFile?
    var fields: HTTPFields
    /// What stands in the place of a header that every answer carries.
    private var overrides: [(HTTPField.Name, String)] = []

    /// Any answer.
    ///
    /// - Parameters:
    ///   - status: the HTTP status.
    ///   - contentType: the type of the body; empty for no body.
    ///   - body: the bytes.
    public init(_ status: Int, contentType: String = "", body: [UInt8] = []) {
        self.status = status
        self.body = body
        fields = HTTPFields()
        if !contentType.isEmpty { fields[.contentType] = contentType }
    }

    /// A page.
    public static func html(_ body: [UInt8], status: Int = 200) -> Reply {
        var reply = Reply(status, contentType: "text/html; charset=utf-8", body: body)
        reply.fields[.cacheControl] = "no-store"
        return reply
    }

    /// Lets the browser show the answer again on the way back, which it can't ask for again since a form was sent; the
    /// sign-out empties what it holds.
    mutating func allowReturning() { fields[.cacheControl] = "private, no-cache" }

    /// Goes on to another page of ours (303); a target outside of this site becomes the home page.
    public static func redirect(to target: String) -> Reply {
        var reply = Reply(303)
        reply.fields[.location] = ReturnPath.safe(target)
        reply.fields[.cacheControl] = "no-store"
        return reply
    }

    /// Leaves this site (303) for an address that was registered and compared before; never for one that a request brought.
    public static func leave(to address: String) -> Reply {
        var reply = Reply(303)
        reply.setHeader("Location", address)
        reply.setHeader("Referrer-Policy", "no-referrer")
        reply.fields[.cacheControl] = "no-store"
        return reply
    }

    /// Lets the forms of this page lead to an origin outside of this site.
    public mutating func allowForms(to origin: String) {
        setHeader("Content-Security-Policy", SecurityHeaders.contentSecurity(submitting: origin))
    }

    /// A file to download (`attachment`) or to look at (`inline`).
    public static func file(_ file: FileReply, inline: Bool = false) -> Reply {
        var reply = Reply(200, contentType: file.contentType, body: file.bytes)
        reply.spooled = file.spooled
        reply.fields[.contentDisposition] = FileName.disposition(file.name, inline: inline)
        reply.fields[.cacheControl] = "no-store"
        return reply
    }

    /// Sets a header; a name or value that HTTP does not allow is left out.
    public mutating func setHeader(_ name: String, _ value: String) {
        guard let name = HTTPField.Name(name), HTTPField.isValidValue(value) else { return }
        if SecurityHeaders.overridable.contains(name) {
            overrides.append((name, value))
        } else {
            fields[name] = value
        }
    }

    /// Adds a cookie.
    public mutating func setCookie(_ cookie: CookieValue) {
        fields.append(HTTPField(name: .setCookie, value: cookie.header))
    }

    /// How long the body is, in bytes.
    var size: Int { spooled?.size ?? body.count }

    /// The answer as the server sends it, with the headers that every answer carries.
    func response(requestID: String, isHead: Bool) -> Response {
        var headers = SecurityHeaders.common
        headers.append(contentsOf: fields)
        for (name, value) in overrides { headers[name] = value }
        headers.append(HTTPField(name: .requestID, value: requestID))
        if isHead || status == 304 {
            if isHead { headers[.contentLength] = String(size) }
            return Response(status: .init(code: status), headers: headers, body: .init())
        }
        if let spooled {
            return Response(status: .init(code: status), headers: headers, body: ResponseBody(spooled))
        }
        return Response(
            status: .init(code: status), headers: headers,
            body: body.isEmpty ? .init() : ResponseBody(byteBuffer: ByteBuffer(bytes: body)))
    }
}

extension HTTPField.Name {
    // A constant name that HTTP allows: the initialiser fails only for other texts.
    private static func known(_ name: String) -> HTTPField.Name {
        guard let name = HTTPField.Name(name) else { preconditionFailure("\(name) is not a header name") }
        return name
    }

    static let contentDisposition = known("Content-Disposition")
    static let requestID = known("X-Request-Id")
    static let idempotencyKey = known("Idempotency-Key")
    static let idempotentReplayed = known("Idempotent-Replayed")
    static let fileName = known("X-File-Name")
    static let csrfToken = known("X-CSRF-Token")
    static let forwardedFor = known("X-Forwarded-For")
    static let fetchSite = known("Sec-Fetch-Site")
    static let contentSecurityPolicy = known("Content-Security-Policy")
    static let contentTypeOptions = known("X-Content-Type-Options")
    static let referrerPolicy = known("Referrer-Policy")
    static let frameOptions = known("X-Frame-Options")
    static let permissionsPolicy = known("Permissions-Policy")
    static let openerPolicy = known("Cross-Origin-Opener-Policy")
}
