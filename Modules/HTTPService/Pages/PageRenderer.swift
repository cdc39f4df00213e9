public import PluginKit

/// Makes HTML of what pages answer; module Portal is the one that does.
public protocol PageRenderer: Sendable {
    /// A page's template with its model, as UTF-8.
    func render(_ template: Template, _ model: ViewModel, in context: PageContext) async throws -> [UInt8]

    /// The page for a problem; `context.requestID` is what the citizen can tell a clerk.
    func render(_ problem: Problem, in context: PageContext) async throws -> [UInt8]

    /// The sign-in page for somebody whose session ended while a form was being filled in; what was typed is kept in the
    /// page, so that it can be sent again afterwards.
    func renderSignIn(keeping form: KeptForm, in context: PageContext) async throws -> [UInt8]
}

/// A form that was sent without a session.
public struct KeptForm: Sendable, Hashable {
    /// Where it was sent to.
    public let path: String
    /// Its fields in the order of their names; files can't be kept.
    public let fields: [Field]
    /// Whether it had files, which must be chosen anew.
    public let hadFiles: Bool

    /// One value of a field.
    public struct Field: Sendable, Hashable {
        public let name: String
        public let value: String

        public init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    public init(path: String, fields: [Field], hadFiles: Bool = false) {
        self.path = path
        self.fields = fields
        self.hadFiles = hadFiles
    }
}

/// What a page's frame needs to know of the request.
public struct PageContext: Sendable {
    /// Who looks at it.
    public let actor: Actor
    /// The page's path.
    public let path: String
    /// The path with its query, to come back to.
    public let returnPath: String
    /// The token that each form of the page must carry in the field ``PageRouting/csrfField``.
    public let csrfToken: String
    public let requestID: String
    public let now: Instant
    /// The cookies of the request, for choices such as the elder edition.
    public let cookie: @Sendable (String) -> String?
    /// The parameters of the query.
    public let query: [String: [String]]
    /// Where the window's devices answer on the reader's own machine; nil for whoever does not sit at a window.
    public let devices: String?
}
