public import HTTPService
import PluginKit

/// The portal: server-rendered pages for citizens and staff, complete without scripts (DESIGN §8).
///
/// ```swift
/// let portal = try Portal(services: PortalServices(kernel.services), plugins: menuOfPlugins)
/// let server = try HTTPServer(kernel: kernel, …, renderer: portal.renderer, routes: portal.routes)
/// ```
public struct Portal: Sendable {
    /// Makes the HTML of all pages.
    public let renderer: PortalRenderer
    private let services: PortalServices
    private let files: StaticFiles
    private let faceFiles: FaceFileRoutes

    /// - Parameters:
    ///   - services: what the pages ask.
    ///   - plugins: the menu entries of the plugins' pages.
    /// - Throws: ``PortalError`` when the resources are missing or a template can't be parsed.
    public init(services: PortalServices, plugins: [MenuEntry] = []) throws {
        let folder = try ResourceFolder.bundled()
        self.services = services
        files = try StaticFiles(folder)
        faceFiles = FaceFileRoutes(shelf: services.faces.shelf)
        let own = Self.pages(services).compactMap { MenuEntry($0, at: $0.path) }
        renderer = PortalRenderer(
            shelf: try TemplateShelf(folder),
            frame: PageFrame(
                sites: PortalSites(services), menu: Menu(entries: own + plugins), assetVersion: files.version),
            unread: { [messaging = services.messaging] actor in try await messaging.unread(by: actor) })
    }

    /// Everything that the portal adds to the server: its pages, sign-in, choices, static files.
    public func routes(_ parts: HTTPServerParts) -> [HTTPRoute] {
        Self.pages(services).map { parts.pages.route($0.forgettingInput(services.identity), at: $0.path) }
            + SessionRoutes(services: services, renderer: renderer, parts: parts).routes
            + PasskeySignInRoutes(services: services, renderer: renderer, parts: parts).routes
            + PhoneSignInRoutes(services: services, renderer: renderer, parts: parts).routes
            + OpenIDRoutes(services: services, renderer: renderer, parts: parts).routes
            + [ChoiceRoutes(parts: parts).edition, ChoiceRoutes(parts: parts).division, files.route] + faceFiles.routes
    }

    /// All pages of our own.
    static func pages(_ services: PortalServices) -> [Page] {
        let groups: [any PageGroup] = [
            HomePages(services: services), GuidePages(services: services), SituationPages(services: services),
            FormPages(services: services), MaterialPages(services: services), ReviewPages(services: services),
            CasePages(services: services), PaperPages(services: services), ConsentPages(services: services),
            DeliveryChoicePages(services: services), PaymentPages(services: services), TillPages(services: services),
            ReconciliationPages(services: services),
            MyPages(services: services), InboxPages(services: services), ContactPages(services: services),
            ApplicationPages(services: services), SecondFactorPages(services: services),
            PasskeyPages(services: services),
            HelperPages(services: services), LicencePages(services: services), PresentationPages(services: services),
            ProofPages(services: services),
            ScanPages(services: services),
            VerifyPages(services: services), SealPages(services: services),
            SitePages(services: services), PlacePages(services: services),
            HallPages(services: services), KioskPages(services: services), HallDeskPages(services: services),
            HallRulesPages(services: services), BookingPages(services: services),
            AppointmentDeskPages(services: services), HallFigurePages(services: services),
            StaffHomePages(services: services), AcceptanceListPages(services: services),
            AcceptancePages(services: services),
            ReviewListPages(services: services), TaskPages(services: services), DecisionPages(services: services),
            CounterPages(services: services),
            BatchPages(services: services), SupervisionPages(services: services), FigurePages(services: services),
            ExchangePages(services: services), PeoplePages(services: services),
            ServicePages(services: services), DeliveryDeskPages(services: services),
            ResultDeskPages(services: services), PostingDeskPages(services: services),
            NoticeDeskPages(services: services),
            ContactDeskPages(services: services), SandboxPages(services: services),
            ItemPages(services: services), HiddenApprovalPages(services: services),
            BusinessScopePages(services: services), NormPages(services: services), NormDeskPages(services: services),
            LicenceDeskPages(services: services), CollectedLicencePages(services: services),
            HiddenApprovalDeskPages(services: services), ItemDeskPages(services: services),
            ItemEditorPages(services: services),
            ThemeDeskPages(services: services), ThemeEditorPages(services: services),
            ThemeTextPages(services: services), ThemePreviewPages(services: services),
        ]
        return groups.flatMap(\.pages)
    }
}

/// Pages that belong together.
protocol PageGroup: Sendable {
    /// The pages with their handlers.
    var pages: [Page] { get }
}
