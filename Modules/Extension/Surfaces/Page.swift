import Standards

/// A page of the portal: path, access, menu entry, and a handler that gives a template and its model.
///
/// The portal renders it from the frozen registry; a plugin's page stands below the plugin's ID.
public struct Page: Contribution {
    public let method: Method
    /// The path below the portal's root, with parameters in braces.
    public let path: String
    public let access: Access
    /// The entry in the menu; nil for none.
    public let menu: String?
    /// What its large button on the home page of the elder edition (长辈版) says; nil for none.
    public let elderButton: String?
    /// The handler.
    public let run: @Sendable (PageRequest) async throws -> PageReply

    /// A page that is read.
    public init(
        _ path: String, access: Access = .anyone, menu: String? = nil, elderButton: String? = nil,
        _ handler: @escaping @Sendable (PageRequest) async throws -> PageReply
    ) {
        self.init(.get, path, access: access, menu: menu, elderButton: elderButton, handler)
    }

    /// A page that receives a form; the portal has checked its CSRF token.
    public init(
        post path: String, access: Access,
        _ handler: @escaping @Sendable (PageRequest) async throws -> PageReply
    ) {
        self.init(.post, path, access: access, menu: nil, handler)
    }

    private init(
        _ method: Method, _ path: String, access: Access, menu: String?, elderButton: String? = nil,
        _ handler: @escaping @Sendable (PageRequest) async throws -> PageReply
    ) {
        self.method = method
        self.path = path
        self.access = access
        self.menu = menu
        self.elderButton = elderButton
        self.run = handler
    }
}

/// A request for a page.
public struct PageRequest: Sendable {
    public let act: Act
    /// The parameters of the path.
    public let path: [String: String]
    /// The parameters of the query; a name may come several times.
    public let query: [String: [String]]
    /// The fields of a posted form.
    public let form: [String: [String]]
    /// The files of a posted form by field.
    public let files: [String: [UploadedFile]]
    /// The cookies of the request, for choices such as the reader's division.
    public let cookie: @Sendable (String) -> String?

    public init(
        act: Act, path: [String: String] = [:], query: [String: [String]] = [:], form: [String: [String]] = [:],
        files: [String: [UploadedFile]] = [:], cookie: @escaping @Sendable (String) -> String? = { _ in nil }
    ) {
        self.act = act
        self.path = path
        self.query = query
        self.form = form
        self.files = files
        self.cookie = cookie
    }

    public var actor: Actor { act.actor }

    /// The last value of a form field, trimmed and without invisible characters; empty when it was not sent.
    public func field(_ name: String) -> String { form[name]?.last?.withoutInvisibles.trimmed ?? "" }

    /// The choice that an earlier answer left with the browser (``PageReply/remembering(name:value:then:)``); empty for
    /// none. It comes from outside like everything else of a request.
    public func remembered(_ name: String) -> String { cookie(Self.choiceCookie(name)) ?? "" }

    /// The name of the cookie that keeps a choice.
    public static func choiceCookie(_ name: String) -> String { "yiciban-choice-\(name)" }

    /// The last value of a query parameter, trimmed and without invisible characters; empty when it was not sent.
    public func parameter(_ name: String) -> String { query[name]?.last?.withoutInvisibles.trimmed ?? "" }
}

/// What a page answers.
public enum PageReply: Sendable {
    /// Render a template with a model; a status other than 200 for a form with findings (422).
    case render(Template, ViewModel, status: Int = 200)
    /// Go on to another page (303).
    case redirect(String)
    /// Give a file to download or to look at.
    case file(FileReply, inline: Bool)
    /// Answer so, and let the browser keep a choice for the page's next visit, such as a list's filter: nothing secret
    /// and nothing personal. It is read with ``PageRequest/remembered(_:)``.
    ///
    /// - Parameters:
    ///   - name: letters, digits and hyphens.
    ///   - value: letters, digits, hyphens and tildes; what holds anything else is not kept.
    indirect case remembering(name: String, value: String, then: PageReply)
}

/// Which template a page uses.
public enum Template: Sendable, Hashable {
    /// One of the portal's own, by name.
    case named(String)
    /// The plugin's own text, set inside the portal's layout.
    case text(String)
}

/// The model of a page: what a template may look up.
public enum ViewModel: Sendable, Hashable {
    case text(String)
    case flag(Bool)
    case number(Int)
    case list([ViewModel])
    case object([String: ViewModel])

    /// Adds or replaces a member of an object.
    public func with(_ name: String, _ value: ViewModel) -> ViewModel {
        guard case .object(var members) = self else { return self }
        members[name] = value
        return .object(members)
    }
}

extension ViewModel: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    public init(stringLiteral value: String) { self = .text(value) }
    public init(integerLiteral value: Int) { self = .number(value) }
    public init(booleanLiteral value: Bool) { self = .flag(value) }
    public init(arrayLiteral elements: ViewModel...) { self = .list(elements) }
    public init(dictionaryLiteral elements: (String, ViewModel)...) {
        self = .object(Dictionary(elements, uniquingKeysWith: { $1 }))
    }
}
