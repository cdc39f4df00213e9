import Foundation
import HTTPService
import Kernel
import PluginKit
import Portal
import Synchronization

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// A page of the portal as its handler gave it, to be rendered again without the handler and the server around it.
struct CapturedPage {
    private let renderer: PortalRenderer
    private let capture: CapturingRenderer
    private let page: CapturingRenderer.Page
    private let address: String

    /// Serves the portal for a moment, asks it for one page, and keeps what its renderer was given.
    static func capture(_ path: String, _ kernel: Kernel) async throws -> CapturedPage {
        let portal = try Portal(
            services: try PortalServices(kernel.services))
        let capture = CapturingRenderer(portal.renderer)
        let (ports, port) = AsyncStream.makeStream(of: Int.self)
        let server = try HTTPServer(
            kernel: kernel, authenticator: IdentityAuthenticator(try kernel.services(IdentityService.self)),
            logger: kernel.logger, renderer: capture, routes: portal.routes, whenRunning: { port.yield($0) })
        // It goes on serving, idle, until the process ends: nobody knows its port.
        Task { try await server.run() }
        guard let port = await ports.first(where: { _ in true }) else { throw BenchError("取样页面的服务没有启动。") }
        let address = "http://127.0.0.1:\(port)"
        _ = try await Self.fetch(address + path)
        guard let page = capture.last else { throw BenchError("\(path) 不是网页，或没有成功。") }
        return CapturedPage(renderer: portal.renderer, capture: capture, page: page, address: address)
    }

    /// The page's HTML, made anew.
    func render() throws -> [UInt8] { try renderer.render(page.template, page.model, in: page.context, unread: 0) }

    /// What the program answers at another path.
    func fetch(_ path: String) async throws -> [UInt8] { try await Self.fetch(address + path) }

    private static func fetch(_ address: String) async throws -> [UInt8] {
        guard let url = URL(string: address) else { throw BenchError("网址不对：\(address)") }
        let (data, response) = try await URLSession.shared.data(from: url)
        guard (response as? HTTPURLResponse)?.statusCode == 200 else { throw BenchError("\(address) 没有答复 200。") }
        return Array(data)
    }
}

/// Keeps the last page that it was given.
private final class CapturingRenderer: PageRenderer {
    struct Page: Sendable {
        let template: Template
        let model: ViewModel
        let context: PageContext
    }

    private let inner: PortalRenderer
    private let captured = Mutex<Page?>(nil)

    init(_ inner: PortalRenderer) { self.inner = inner }

    var last: Page? { captured.withLock { $0 } }

    func render(_ template: Template, _ model: ViewModel, in context: PageContext) async throws -> [UInt8] {
        captured.withLock { $0 = Page(template: template, model: model, context: context) }
        return try await inner.render(template, model, in: context)
    }

    func render(_ problem: Problem, in context: PageContext) async throws -> [UInt8] {
        try await inner.render(problem, in: context)
    }

    func renderSignIn(keeping form: KeptForm, in context: PageContext) async throws -> [UInt8] {
        try await inner.renderSignIn(keeping: form, in: context)
    }
}
