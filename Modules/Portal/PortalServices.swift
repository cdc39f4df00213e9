public import PluginKit

/// The services that the portal's pages ask.
public struct PortalServices: Sendable {
    public let casework: CaseworkService
    public let catalogue: CatalogueService
    public let identity: IdentityService
    public let inventory: InventoryService
    public let licences: LicenceService
    public let organisation: OrganisationService
    public let seals: ESealService

    public init(
        casework: CaseworkService, catalogue: CatalogueService, inventory: InventoryService,
        identity: IdentityService, licences: LicenceService, organisation: OrganisationService,
        seals: ESealService
    ) {
        self.casework = casework
        self.catalogue = catalogue
        self.inventory = inventory
        self.identity = identity
        self.licences = licences
        self.organisation = organisation
        self.seals = seals
    }

    /// The services of a booted system.
    ///
    /// - Throws: ``Problem`` when one of them was not booted.
    public init(_ directory: ServiceDirectory) throws {
        self.init(
            casework: try directory(CaseworkService.self), catalogue: try directory(CatalogueService.self),
            inventory: try directory(InventoryService.self), identity: try directory(IdentityService.self),
            licences: try directory(LicenceService.self),
            organisation: try directory(OrganisationService.self), seals: try directory(ESealService.self))
    }
}
