public import PluginKit
public import ThemeEditing

/// The services that the portal's pages ask.
public struct PortalServices: Sendable {
    public let casework: CaseworkService
    public let catalogue: CatalogueService
    public let exchange: ExchangeService
    public let faces: FaceService
    public let hall: HallService
    public let identity: IdentityService
    public let inventory: InventoryService
    public let licences: LicenceService
    public let market: MarketAccessService
    public let messaging: MessagingService
    public let norms: NormService
    public let openID: OpenIDService
    public let organisation: OrganisationService
    public let payment: PaymentService
    public let seals: ESealService
    public let themes: ThemeDesk

    public init(
        casework: CaseworkService, catalogue: CatalogueService, inventory: InventoryService,
        identity: IdentityService, licences: LicenceService, messaging: MessagingService,
        openID: OpenIDService, organisation: OrganisationService, exchange: ExchangeService, faces: FaceService,
        seals: ESealService, payment: PaymentService, themes: ThemeDesk,
        market: MarketAccessService, norms: NormService, hall: HallService
    ) {
        self.casework = casework
        self.catalogue = catalogue
        self.inventory = inventory
        self.exchange = exchange
        self.faces = faces
        self.hall = hall
        self.identity = identity
        self.licences = licences
        self.market = market
        self.messaging = messaging
        self.norms = norms
        self.openID = openID
        self.organisation = organisation
        self.seals = seals
        self.payment = payment
        self.themes = themes
    }

    /// The services of a booted system.
    ///
    /// - Throws: ``Problem`` when one of them was not booted.
    public init(_ directory: ServiceDirectory) throws {
        self.init(
            casework: try directory(CaseworkService.self), catalogue: try directory(CatalogueService.self),
            inventory: try directory(InventoryService.self), identity: try directory(IdentityService.self),
            licences: try directory(LicenceService.self), messaging: try directory(MessagingService.self),
            openID: try directory(OpenIDService.self), organisation: try directory(OrganisationService.self),
            exchange: try directory(ExchangeService.self), faces: try directory(FaceService.self),
            seals: try directory(ESealService.self), payment: try directory(PaymentService.self),
            themes: try directory(ThemeDesk.self), market: try directory(MarketAccessService.self),
            norms: try directory(NormService.self), hall: try directory(HallService.self))
    }
}
