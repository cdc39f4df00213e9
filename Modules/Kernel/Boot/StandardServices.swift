public import Foundation
import Logging
import PluginKit
import ThemeBundles
import ThemeEditing
import Wiring

extension ServiceComposition {
    /// The services of this program.
    ///
    /// - Parameter themeFolders: where the distribution's theme bundles lie; the deployment's own come on top of them.
    public static func standard(themeFolders: [URL] = []) -> ServiceComposition {
        ServiceComposition(
            types: [
                OrganisationService.self, IdentityService.self, OpenIDService.self, CatalogueService.self,
                InventoryService.self, MarketAccessService.self, NormService.self, ESealService.self,
                LicenceService.self, CaseworkService.self,
                MessagingService.self,
                ExchangeService.self, FaceService.self, HallService.self, PaymentService.self, ThemeDesk.self,
            ],
            encryptedColumns: IdentityService.encryptedColumns + OpenIDService.encryptedColumns
                + ESealService.encryptedColumns
                + LicenceService.encryptedColumns + CaseworkService.encryptedColumns
                + MessagingService.encryptedColumns + ExchangeService.encryptedColumns
                + InventoryService.encryptedColumns
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
        let configured = foundation.settings.openID.issuer
        let address = configured.isEmpty ? "http://localhost:\(foundation.settings.http.port)" : configured
        let identity = IdentityService(
            database: database, events: events, cipher: cipher, organisation: organisation, division: division,
            settings: foundation.settings.sessions,
            codes: CodeSender(foundation.settings.messaging.sms, database: database, cipher: cipher),
            party: PasskeyParty(address: address))
        let shelf = faceShelf(foundation)
        let publication = PublicationRules()
        let catalogue = CatalogueService(
            database: database, events: events, cipher: cipher, targets: foundation.settings.themes.targets,
            rules: publication)
        let certificates = try foundation.folder.certificates()
        let inventory = InventoryService(
            database: database, events: events, cipher: cipher, organisation: organisation, division: division,
            signer: ItemListSigner(privateKey: foundation.deploymentKey, certificate: certificates.leaf),
            rules: publication)
        let trusted = try foundation.folder.trustedRoots()
        let seals = ESealService(
            database: database, events: events, cipher: cipher, organisation: organisation, trustedRoots: trusted,
            division: division)
        let licences = LicenceService(
            database: database, events: events, cipher: cipher, blobs: blobs,
            signer: try LicenceSigner(
                privateKey: foundation.deploymentKey, certificate: certificates.leaf, chain: certificates.chain),
            trustedRoots: trusted,
            types: try .standard(extendedBy: foundation.folder.licenceTypesPath),
            parties: IdentityLicenceParties(identity), seals: seals, division: division)
        let rules = foundation.settings.casework
        let materials = BlobStore(cipher: cipher, limits: BlobLimits(maxBytes: rules.maximumFileSize))
        let payment = PaymentService(
            database: database, events: events, cipher: cipher,
            catalogue: PublishedFeeCatalogue(catalogue, inventory: inventory),
            channels: try foundation.settings.payment.channels, settings: foundation.settings.payment,
            division: division)
        let market = MarketAccessService(database: database, events: events, cipher: cipher, division: division)
        let casework = CaseworkService(
            database: database, events: events, cipher: cipher, blobs: materials, catalogue: catalogue,
            agencies: OrganisationAgencyDirectory(organisation), fields: IdentityFieldSource(identity),
            materials: WalletMaterialSource(licences), issuer: LicenceResultIssuer(licences),
            itemRegister: InventoryItemRegister(inventory, demandsListing: rules.listedItemsOnly),
            presence: IdentityStaffPresence(identity, organisation), fees: PaymentFeeGate(payment), market: market,
            rules: rules,
            papers: try papers(foundation.folder, face: shelf), division: division)
        let exchange = ExchangeService(
            database: database, events: events, cipher: cipher, schemas: try exchangeSchemas(foundation),
            settings: foundation.settings.exchange,
            sources: [
                AgencyExchangeSource(organisation, inventory: inventory), ItemExchangeSource(inventory),
                CaseExchangeSource(
                    CaseworkExchangeSource(
                        casework, inventory: inventory, identity: identity, licences: licences,
                        organisation: organisation)),
            ], division: division)
        let messaging = MessagingService(
            database: database, events: events, cipher: cipher, organisation: organisation,
            directory: IdentityRecipientDirectory(identity), legalPapers: CaseLegalPapers(casework),
            settings: foundation.settings.messaging, division: division, wordings: foundation.folder.messagesPath)
        let ownThemes = URL(fileURLWithPath: foundation.folder.themesPath, isDirectory: true)
        let installer = ThemeInstaller(
            folders: themeFolders + [ownThemes],
            settings: foundation.settings.themes, catalogue: catalogue, logger: foundation.logger)
        try await installer.install(by: Act(actor: .system("theme-installer"), now: foundation.clock.now()))
        // Pages name the reader's place without a look at the database of their own.
        _ = try await organisation.snapshot()
        var made = Made()
        made.add(organisation)
        made.add(identity)
        made.add(
            OpenIDService(
                database: database, events: events, cipher: cipher, identity: identity,
                settings: foundation.settings.openID, issuer: address,
                division: division))
        made.add(catalogue)
        made.add(inventory)
        made.add(market)
        made.add(
            NormService(
                database: database, events: events, cipher: cipher, organisation: organisation, division: division))
        made.add(seals)
        made.add(licences)
        made.contributions += LicenceClaims(identity, licences).subscriptions
        made.add(casework)
        made.add(payment)
        made.contributions.append(blobs.audit)
        made.add(exchange)
        made.add(
            FaceService(database: database, events: events, shelf: shelf, division: division))
        made.add(
            HallService(
                database: database, events: events, cipher: cipher, organisation: organisation,
                calendar: CaseworkHallCalendar(casework), directory: IdentityHallDirectory(identity)))
        made.add(messaging)
        made.contributions.append(CasePaperService.subscription(messaging))
        made.add(
            ThemeDesk(
                database: database, events: events, catalogue: catalogue, shipped: themeFolders, own: ownThemes,
                settings: foundation.settings.themes.parameters,
                enabled: Set(foundation.settings.themes.enabled), installer: installer))
        made.contributions.append(
            Job("theme-reload", every: .seconds(2)) { act in try await installer.reload(by: act) })
        made.closers.append {
            try await licences.flushLookUps()
            try await casework.flushLookUps()
            try await messaging.flushLookUps()
        }
        return made
    }

    /// The site's faces, which follow settings and files while the server runs.
    private static func faceShelf(_ foundation: KernelFoundation) -> FaceShelf {
        let (folder, logger) = (foundation.folder, foundation.logger)
        return FaceShelf(
            folder: folder.path, settingsPath: folder.settingsPath, source: FaceShelf.Source(foundation.settings)
        ) {
            FaceShelf.Source(try DeploymentSettings.load(folder))
        } report: { findings in
            for finding in findings {
                logger.error("face not applied", metadata: ["finding": "\(finding.field)：\(finding.message)"])
            }
        }
    }

    /// The exchange tables, the deployment's own among them, and whether the settings speak of columns that there are.
    private static func exchangeSchemas(_ foundation: KernelFoundation) throws -> ExchangeSchemas {
        do {
            let schemas = try ExchangeSchemas.load(foundation.folder.exchangePath)
            let findings = ExchangeService.findings(foundation.settings.exchange, schemas: schemas)
            if !findings.isEmpty { throw BootFindings(findings) }
            return schemas
        } catch let error as ExchangeError {
            throw BootFindings(error.findings)
        }
    }

    /// The papers' templates, the deployment's own among them; a faulty one stops the start with all that is wrong.
    private static func papers(_ folder: DeploymentFolder, face: FaceShelf) throws -> PaperOffice {
        do {
            return PaperOffice(templates: try PaperTemplates.load(folder.papersPath), face: ShelfPaperFace(face))
        } catch let error as CaseworkError {
            throw BootFindings(error.findings)
        }
    }
}

extension FaceShelf.Source {
    fileprivate init(_ settings: DeploymentSettings) {
        self.init(
            settings: settings.face, name: settings.name, sponsor: settings.agency, division: settings.division.text)
    }
}
