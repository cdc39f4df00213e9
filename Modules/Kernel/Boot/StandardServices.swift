public import Foundation
import PluginKit
import ThemeBundles
import Wiring

extension ServiceComposition {
    /// The services of this program.
    ///
    /// - Parameter themeFolders: where the distribution's theme bundles lie; the deployment's own come on top of them.
    public static func standard(themeFolders: [URL] = []) -> ServiceComposition {
        ServiceComposition(
            types: [
                OrganisationService.self, IdentityService.self, CatalogueService.self, InventoryService.self,
                ESealService.self, LicenceService.self, CaseworkService.self,
            ],
            encryptedColumns: IdentityService.encryptedColumns + ESealService.encryptedColumns
                + LicenceService.encryptedColumns
                + CaseworkService.encryptedColumns
        ) { foundation in
            try await compose(foundation, themeFolders: themeFolders)
        }
    }

    private static func compose(_ foundation: KernelFoundation, themeFolders: [URL]) async throws -> Made {
        let database = foundation.database
        let events = foundation.events
        let cipher = foundation.cipher
        let division = foundation.settings.division.text
        let blobs = BlobStore(cipher: cipher)
        let organisation = OrganisationService(database: database, events: events, cipher: cipher)
        let identity = IdentityService(
            database: database, events: events, cipher: cipher, organisation: organisation, division: division,
            settings: foundation.settings.sessions)
        let catalogue = CatalogueService(database: database, events: events)
        let certificates = try foundation.folder.certificates()
        let inventory = InventoryService(
            database: database, events: events, organisation: organisation, division: division,
            signer: ItemListSigner(privateKey: foundation.deploymentKey, certificate: certificates.leaf))
        let trusted = try foundation.folder.trustedRoots()
        let seals = ESealService(
            database: database, events: events, cipher: cipher, organisation: organisation, trustedRoots: trusted,
            division: division)
        let licences = LicenceService(
            database: database, events: events, cipher: cipher, blobs: blobs,
            signer: try LicenceSigner(
                privateKey: foundation.deploymentKey, certificate: certificates.leaf, chain: certificates.chain),
            trustedRoots: trusted, seals: seals, division: division)
        let rules = foundation.settings.casework
        let materials = BlobStore(cipher: cipher, limits: BlobLimits(maxBytes: rules.maximumFileSize))
        let casework = CaseworkService(
            database: database, events: events, cipher: cipher, blobs: materials, catalogue: catalogue,
            agencies: OrganisationAgencyDirectory(organisation), fields: IdentityFieldSource(identity),
            materials: WalletMaterialSource(licences), issuer: LicenceResultIssuer(licences),
            itemRegister: InventoryItemRegister(inventory, demandsListing: rules.listedItemsOnly), rules: rules,
            papers: try papers(foundation.folder), division: division)
        let installer = ThemeInstaller(
            folders: themeFolders + [URL(fileURLWithPath: foundation.folder.themesPath, isDirectory: true)],
            settings: foundation.settings.themes, catalogue: catalogue, logger: foundation.logger)
        try await installer.install(by: Act(actor: .system("theme-installer"), now: foundation.clock.now()))
        var made = Made()
        made.add(organisation)
        made.add(identity)
        made.add(catalogue)
        made.add(inventory)
        made.add(seals)
        made.add(licences)
        made.add(casework)
        made.contributions.append(
            Job("theme-reload", every: .seconds(2)) { act in try await installer.reload(by: act) })
        made.closers.append {
            try await licences.flushLookUps()
            try await casework.flushLookUps()
        }
        return made
    }

    /// The papers' templates, the deployment's own among them; a faulty one stops the start with all that is wrong.
    private static func papers(_ folder: DeploymentFolder) throws -> PaperOffice {
        do {
            return PaperOffice(templates: try PaperTemplates.load(folder.papersPath))
        } catch let error as CaseworkError {
            throw BootFindings(error.findings)
        }
    }
}
