public import HTTPService
import PluginKit

/// The portal: server-rendered pages for citizens and staff, complete without scripts (DESIGN §8).
///
/// ```swift
/// let portal = try Portal(services: PortalServices(kernel.services), site: site, plugins: menuOfPlugins)
/// let server = try HTTPServer(kernel: kernel, …, renderer: portal.renderer, routes: portal.routes)
/// ```
public struct Portal: Sendable {
    /// Makes the HTML of all pages.
    public let renderer: PortalRenderer
    private let services: PortalServices
    private let site: PortalSite
    private let files: StaticFiles

    /// - Parameters:
    ///   - services: what the pages ask.
    ///   - site: what the frame says of the deployment.
    ///   - plugins: the menu entries of the plugins' pages.
    /// - Throws: ``PortalError`` when the resources are missing or a template can't be parsed.
    public init(services: PortalServices, site: PortalSite, plugins: [MenuEntry] = []) throws {
        let folder = try ResourceFolder.bundled()
        self.services = services
        self.site = site
        files = try StaticFiles(folder)
        let own = Self.pages(services, site).compactMap { MenuEntry($0, at: $0.path) }
        renderer = PortalRenderer(
            shelf: try TemplateShelf(folder),
            frame: PageFrame(site: site, menu: Menu(entries: own + plugins), assetVersion: files.version))
    }

    /// Everything that the portal adds to the server: its pages, sign-in, choices, static files.
    public func routes(_ parts: HTTPServerParts) -> [HTTPRoute] {
        Self.pages(services, site).map { parts.pages.route($0, at: $0.path) }
            + SessionRoutes(services: services, renderer: renderer, parts: parts).routes
            + [ChoiceRoutes(parts: parts).edition, files.route]
    }

    /// All pages of our own.
    static func pages(_ services: PortalServices, _ site: PortalSite) -> [Page] {
        let groups: [any PageGroup] = [
            HomePages(services: services), GuidePages(services: services), SituationPages(services: services),
            FormPages(services: services), MaterialPages(services: services), ReviewPages(services: services),
            CasePages(services: services), PaperPages(services: services), ConsentPages(services: services),
            MyPages(services: services),
            LicencePages(services: services), VerifyPages(services: services), SealPages(services: services),
            SitePages(services: services, site: site),
            StaffHomePages(services: services), AcceptancePages(services: services),
            ReviewListPages(services: services), TaskPages(services: services), DecisionPages(services: services),
            CounterPages(services: services),
            BatchPages(services: services), SupervisionPages(services: services), FigurePages(services: services),
            ServicePages(services: services),
            ItemPages(services: services), ItemDeskPages(services: services), ItemEditorPages(services: services),
        ]
        return groups.flatMap(\.pages)
    }
}

/// Pages that belong together.
protocol PageGroup: Sendable {
    /// The pages with their handlers.
    var pages: [Page] { get }
}
