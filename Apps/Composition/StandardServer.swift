import Console
import HTTPService
import Kernel
import Logging
import PluginKit
import Portal
import ServiceLifecycle

/// The interface for programs and the portal behind one socket.
enum StandardServer {
    static func make(_ kernel: Kernel, _ whenRunning: @escaping @Sendable (Int) async -> Void) throws -> any Service {
        HTTPServer.shareThreads()
        do {
            let portal = try Portal(
                services: try PortalServices(kernel.services),
                plugins: kernel.registry.pages.compactMap { MenuEntry($0.value, at: $0.path) })
            let server = try HTTPServer(
                kernel: kernel, authenticator: IdentityAuthenticator(try kernel.services(IdentityService.self)),
                logger: kernel.logger, renderer: portal.renderer, routes: portal.routes, whenRunning: whenRunning)
            return ExplainedServer(server)
        } catch let error as PortalError {
            throw ConsoleError(error.code, error.message)
        } catch let error as HTTPServiceError {
            throw ConsoleError(error.code, error.message)
        }
    }
}

/// The server, with its reasons for not starting told as the console tells them.
struct ExplainedServer: Service {
    private let server: HTTPServer

    init(_ server: HTTPServer) { self.server = server }

    func run() async throws {
        do { try await server.run() } catch let error as HTTPServiceError {
            throw ConsoleError(error.code, error.message)
        }
    }
}
