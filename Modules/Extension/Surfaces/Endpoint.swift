/// HTTP's methods as endpoints use them.
public enum Method: String, Sendable, CaseIterable {
    case get = "GET"
    case post = "POST"
    case put = "PUT"
    case patch = "PATCH"
    case delete = "DELETE"

    /// Whether a call changes nothing.
    public var isSafe: Bool { self == .get }
}

/// One operation of the HTTP interface as a typed value: routing, decoding, validation, access, the OpenAPI
/// description and the access matrix all come from it, so they cannot drift (DESIGN §8).
public struct Endpoint: Contribution {
    public let method: Method
    /// The path below `/api/v1`, with parameters in braces: `cases/{id}`.
    public let path: String
    /// What it does, in Chinese, one line.
    public let summary: String
    /// Who may call it at all.
    public let access: Access
    /// The status of a success.
    public let status: Int
    /// What it takes.
    public let input: EndpointInput
    /// What it gives.
    public let output: EndpointOutput
    /// The codes of the problems that a caller should expect.
    public let problems: [String]
    /// Runs the operation.
    public let run: @Sendable (RawInput, Call) async throws -> RawReply

    /// An operation with JSON in and JSON out. Fields of the input that stand in the path or query are marked so.
    public init<Input: SchemaType, Output: SchemaType>(
        _ method: Method, _ path: String, summary: String, access: Access, status: Int = 200,
        problems: [String] = [],
        _ handler: @escaping @Sendable (Input, Call) async throws -> Output
    ) {
        self.method = method
        self.path = path
        self.summary = summary
        self.access = access
        self.status = status
        self.problems = problems
        self.input = EndpointInput(Input.self)
        self.output = .object(Output.schemaReference)
        self.run = { raw, call in
            let output = try await handler(try Input(json: .object(raw.members)), call)
            return RawReply(
                status: status, contentType: "application/json; charset=utf-8", body: output.json,
                version: (output as? any Versioned)?.version)
        }
    }

    /// An operation that takes a file as its body; other fields stand in path and query.
    public init<Input: SchemaType, Output: SchemaType>(
        upload method: Method, _ path: String, summary: String, access: Access, status: Int = 201,
        problems: [String] = [],
        _ handler: @escaping @Sendable (Input, UploadedFile, Call) async throws -> Output
    ) {
        self.method = method
        self.path = path
        self.summary = summary
        self.access = access
        self.status = status
        self.problems = problems
        self.input = EndpointInput(Input.self, takesFile: true)
        self.output = .object(Output.schemaReference)
        self.run = { raw, call in
            guard let file = raw.file else {
                throw Problem(400, "input.file_missing", "没有收到文件", "请把文件作为请求正文发送。")
            }
            let output = try await handler(try Input(json: .object(raw.members)), file, call)
            return RawReply(
                status: status, contentType: "application/json; charset=utf-8", body: output.json,
                version: (output as? any Versioned)?.version)
        }
    }

    /// A notification of a partner, who has no account here and proves itself by a signature over the raw bytes. The
    /// handler checks that proof, and answers in the partner's own words.
    ///
    /// Since only who holds the partner's key gets anything done, it is not held to the limit for anonymous changes.
    public init<Input: SchemaType>(
        notification path: String, summary: String, problems: [String] = [],
        _ handler: @escaping @Sendable (Input, WireMessage, Call) async throws -> RawReply
    ) {
        self.method = .post
        self.path = path
        self.summary = summary
        self.access = .anyone
        self.status = 200
        self.problems = problems
        self.input = EndpointInput(Input.self, takesFile: true, takesMessage: true)
        self.output = .file(["text/plain"])
        self.run = { raw, call in
            guard let message = raw.message else {
                throw Problem(400, "input.message_missing", "没有收到内容", "请把通知作为请求正文发送。")
            }
            return try await handler(try Input(json: .object(raw.members)), message, call)
        }
    }

    /// An operation whose answer is kept as ready bytes, such as a guide: encoding it at each call would be waste.
    public init<Input: SchemaType, Output: SchemaType>(
        cached path: String, summary: String, access: Access, output: Output.Type, problems: [String] = [],
        _ handler: @escaping @Sendable (Input, Call) async throws -> [UInt8]
    ) {
        self.method = .get
        self.path = path
        self.summary = summary
        self.access = access
        self.status = 200
        self.problems = problems
        self.input = EndpointInput(Input.self)
        self.output = .object(Output.schemaReference)
        self.run = { raw, call in
            RawReply(
                status: 200, contentType: "application/json; charset=utf-8",
                body: try await handler(try Input(json: .object(raw.members)), call))
        }
    }

    /// An operation that gives a file.
    public init<Input: SchemaType>(
        download path: String, summary: String, access: Access, contentTypes: [String], problems: [String] = [],
        _ handler: @escaping @Sendable (Input, Call) async throws -> FileReply
    ) {
        self.method = .get
        self.path = path
        self.summary = summary
        self.access = access
        self.status = 200
        self.problems = problems
        self.input = EndpointInput(Input.self)
        self.output = .file(contentTypes)
        self.run = { raw, call in
            let file = try await handler(try Input(json: .object(raw.members)), call)
            return RawReply(
                status: 200, contentType: file.contentType, body: file.bytes, fileName: file.name,
                spooled: file.spooled)
        }
    }
}

/// An output that carries the version of what it shows, for `ETag` and `If-Match`.
public protocol Versioned {
    var version: Int { get }
}

/// What an endpoint takes, described.
public struct EndpointInput: Sendable {
    /// One parameter of path or query.
    public struct Parameter: Sendable {
        public let name: String
        public let place: FieldPlace
        public let isRequired: Bool
        public let doc: String
        public let schema: JSONValue
    }

    /// The parameters of path and query.
    public let parameters: [Parameter]
    /// The body's schema; nil when nothing travels in a body.
    public let body: FormatDescription?
    /// Whether the body is a file.
    public let takesFile: Bool
    /// Whether the body is a partner's message, whose headers and raw bytes prove who sent it.
    public let takesMessage: Bool

    init<Input: SchemaType>(_ type: Input.Type, takesFile: Bool = false, takesMessage: Bool = false) {
        self.takesMessage = takesMessage
        parameters = Input.schema.fields.filter { $0.place != .body }
            .map {
                Parameter(
                    name: $0.name, place: $0.place, isRequired: $0.isRequired || $0.place == .path, doc: $0.doc,
                    schema: $0.description().schema)
            }
        body = Input.schema.fields.contains { $0.place == .body } ? Input.schemaReference : nil
        self.takesFile = takesFile
    }
}

/// What an endpoint gives, described.
public enum EndpointOutput: Sendable {
    case object(FormatDescription)
    case file([String])
}

/// The members of path, query and body in one object, and the file if the body is one.
public struct RawInput: Sendable {
    public let members: [String: JSONValue]
    public let file: UploadedFile?
    /// The whole message, where its sender proves itself by it.
    public let message: WireMessage?

    public init(members: [String: JSONValue], file: UploadedFile? = nil, message: WireMessage? = nil) {
        self.members = members
        self.file = file
        self.message = message
    }
}

/// A file that came from outside; nothing about it is trusted.
public struct UploadedFile: Sendable {
    public let bytes: [UInt8]
    /// The name that the sender gave it.
    public let name: String
    /// The type that the sender claims.
    public let contentType: String

    public init(bytes: [UInt8], name: String, contentType: String) {
        self.bytes = bytes
        self.name = name
        self.contentType = contentType
    }
}

/// A file to download.
public struct FileReply: Sendable {
    /// What it holds; empty where it is sent from the disk.
    public let bytes: [UInt8]
    public let contentType: String
    public let name: String
    /// The file on the disk from which it is sent; nil where it is held in memory.
    public let spooled: SpooledFile?

    public init(bytes: [UInt8], contentType: String, name: String) {
        self.bytes = bytes
        self.contentType = contentType
        self.name = name
        spooled = nil
    }

    /// A file of any size, which is sent from the disk piece by piece.
    public init(spooled: SpooledFile, contentType: String, name: String) {
        bytes = []
        self.contentType = contentType
        self.name = name
        self.spooled = spooled
    }
}

/// What an endpoint answered.
public struct RawReply: Sendable {
    public let status: Int
    public let contentType: String
    public let body: [UInt8]
    public var fileName: String?
    public var version: Int?
    /// What is sent in place of `body`, from the disk.
    public var spooled: SpooledFile?

    public init(
        status: Int, contentType: String, body: [UInt8], fileName: String? = nil, version: Int? = nil,
        spooled: SpooledFile? = nil
    ) {
        self.status = status
        self.spooled = spooled
        self.contentType = contentType
        self.body = body
        self.fileName = fileName
        self.version = version
    }
}
