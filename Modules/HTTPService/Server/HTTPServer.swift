import Hummingbird
import HummingbirdCore
public import Kernel
public import Logging
import NIOCore
import PluginKit
public import ServiceLifecycle

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The server: every endpoint and page of the frozen registry behind one socket (DESIGN §8).
public struct HTTPServer: Service {
    private let application: Application<ServerResponder>
    private let settings: HTTPSettings

    /// A server for a booted kernel.
    ///
    /// - Parameters:
    ///   - kernel: the booted system.
    ///   - authenticator: finds out who stands behind a token.
    ///   - logger: for access, refusals and faults.
    ///   - renderer: makes HTML; without it only the interface for programs is served.
    ///   - routes: what the portal adds: sign-in, static files, its own pages.
    ///   - whenRunning: told the port, once requests are taken.
    /// - Throws: ``HTTPServiceError`` when two routes have one method and path.
    public init(
        kernel: Kernel, authenticator: any Authenticator, logger: Logger, renderer: (any PageRenderer)? = nil,
        routes: (HTTPServerParts) throws -> [HTTPRoute] = { _ in [] },
        whenRunning: @escaping @Sendable (Int) async -> Void = { _ in }
    ) throws {
        try self.init(
            HTTPEnvironment(
                registry: kernel.registry, database: kernel.database, cipher: kernel.cipher, clock: kernel.clock,
                settings: kernel.settings.http, authenticator: authenticator, logger: logger),
            title: kernel.settings.name, renderer: renderer, routes: routes, whenRunning: whenRunning)
    }

    init(
        _ environment: HTTPEnvironment, title: String, renderer: (any PageRenderer)?,
        routes: (HTTPServerParts) throws -> [HTTPRoute], whenRunning: @escaping @Sendable (Int) async -> Void
    ) throws {
        settings = environment.settings
        let metrics = ServerMetrics()
        let openAPI = OpenAPIDocument(
            environment.registry, operations: OperationsRoutes.descriptions, title: title, version: Kernel.version
        ).json.canonical
        var all = environment.registry.endpoints.map { EndpointRoute.route($0, in: environment) }
        all += environment.registry.protocolEndpoints.map { ProtocolRoute.route($0.value, in: environment) }
        all += OperationsRoutes.routes(in: environment, metrics: metrics, openAPI: Array(openAPI.utf8))
        let pages = renderer.map { PageRouting(environment: environment, renderer: $0) }
        if let pages {
            all += environment.registry.pages.map { pages.route($0.value, at: $0.path) }
            all += try routes(HTTPServerParts(environment: environment, pages: pages))
        }
        let table = RouteTable(all, metrics: metrics)
        guard table.conflicts.isEmpty else { throw HTTPServiceError.conflicts(table.conflicts) }
        let responder = ServerResponder(
            environment: environment, routes: table, pages: pages, metrics: metrics,
            reads: RateLimiter(perMinute: settings.anonymousPerMinute),
            changes: RateLimiter(perMinute: settings.signInPerMinute))
        let requestIDs = responder.requestIDs
        var http = HTTP1Channel.Configuration(
            additionalChannelHandlers: [UnreadableRequest(requestIDs: requestIDs)],
            idleTimeout: .seconds(Int64(settings.idleTimeout)))
        http.httpDecoder = .init(maxHeaderFieldSize: 16 << 10, maxHeaderListSize: 64 << 10, maxHeaderFieldCount: 100)
        var quiet = environment.logger
        quiet.logLevel = max(quiet.logLevel, .warning)
        application = Application(
            responder: responder, server: .http1(configuration: http),
            configuration: ApplicationConfiguration(address: .hostname(settings.host, port: settings.port)),
            onServerRunning: { await whenRunning($0.localAddress?.port ?? 0) }, logger: quiet)
    }

    /// Serves until the process is asked to stop.
    ///
    /// - Throws: ``HTTPServiceError`` when the address can't be used.
    public func run() async throws {
        do {
            try await application.run()
        } catch let error as IOError {
            switch error.errnoCode {
            case EADDRINUSE: throw HTTPServiceError.portInUse(settings.host, settings.port)
            case EACCES, EPERM: throw HTTPServiceError.mayNotBind(settings.host, settings.port)
            case EADDRNOTAVAIL: throw HTTPServiceError.noSuchAddress(settings.host, settings.port)
            default: throw error
            }
        } catch is SocketAddressError {
            throw HTTPServiceError.noSuchAddress(settings.host, settings.port)
        }
    }
}

/// What the portal needs to make its own routes.
public struct HTTPServerParts: Sendable {
    let environment: HTTPEnvironment
    /// Makes pages of ours like those of plugins.
    public let pages: PageRouting

    /// The registry, for menus.
    public var registry: Registry { environment.registry }

    /// The cookie that signs a browser in with a session's token, or out with nil.
    ///
    /// - Parameters:
    ///   - token: of the session; nil forgets it.
    ///   - maximumAge: in seconds; nil until the browser closes.
    public func sessionCookie(_ token: String?, maximumAge: Int? = nil) -> CookieValue {
        CookieValue(
            environment.cookies.session, token ?? "", maximumAge: token == nil ? 0 : maximumAge,
            isSecure: environment.settings.secureCookies)
    }

    /// A cookie for a year that scripts can't read, such as the secret by which a device is known again.
    public func deviceCookie(_ name: String, _ value: String) -> CookieValue {
        CookieValue(name, value, maximumAge: 31_536_000, isSecure: environment.settings.secureCookies)
    }

    /// A cookie for a choice that is no secret, such as the elder edition.
    public func choiceCookie(_ name: String, _ value: String) -> CookieValue {
        CookieValue(
            name, value, maximumAge: 31_536_000, isSecure: environment.settings.secureCookies,
            isReadableByScripts: true)
    }
}
