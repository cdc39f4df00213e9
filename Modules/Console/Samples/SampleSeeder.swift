import Kernel
import PluginKit

/// Writes a sample deployment's organisation, people, accounts and papers into a booted system, in one transaction.
struct SampleSeeder: Sendable {
    let organisation: OrganisationLayout
    let sample: SampleLayout
    /// The sample's catalogue of business scopes; nil where it has none.
    var businessScopes: String?
    /// The sample's norms; nil where it has none.
    var norms: String?
    /// The sample's items; nil where it has none.
    var items: String?

    /// - Returns: the accounts with their generated passwords, in the order of the file.
    func seed(_ kernel: Kernel) async throws -> [SampleAccount] {
        let findings = SampleCheck(
            organisation: organisation, sample: sample,
            permissions: Set(kernel.registry.permissions.map(\.value.id))
        ).findings
        if !findings.isEmpty { throw BootFindings(findings) }

        let services = try Services(kernel.services)
        let act = Act(
            actor: .system("init", terminal: .commandLine), now: kernel.clock.now(), seed: .random(),
            requestID: "init")
        let users = try await users(services.identity, act)
        let division = kernel.settings.division.text
        try await kernel.database.write { transaction in
            try services.organisation.apply(organisation, by: act, in: transaction)
            let persons = try addPersons(services.identity, act, transaction)
            let enterprises = try addEnterprises(persons, services.identity, act, transaction)
            try addAccounts(users, persons, services, act, transaction)
            try services.licences.importHeld(
                try sample.licences.map { try draft($0, persons.merging(enterprises) { $1 }, division) }, by: act,
                in: transaction)
        }
        try await makeSeals(services, issuer: kernel.settings.agency, act)
        if let businessScopes {
            try await adopt(businessScopes, kernel.services(MarketAccessService.self), act)
        }
        if let items { try await publish(items, kernel.services(InventoryService.self), act) }
        if let norms {
            try Self.refuse(try await kernel.services(NormService.self).load(norms, by: act).faults, of: "norms.csv")
        }
        return users.map(\.account)
    }

    private struct Services: Sendable {
        let organisation: OrganisationService
        let identity: IdentityService
        let licences: LicenceService
        let seals: ESealService

        init(_ directory: ServiceDirectory) throws {
            organisation = try directory(OrganisationService.self)
            identity = try directory(IdentityService.self)
            licences = try directory(LicenceService.self)
            seals = try directory(ESealService.self)
        }
    }

    private func adopt(_ path: String, _ market: MarketAccessService, _ act: Act) async throws {
        let result = try await market.adopt(
            path, title: "经营范围目录（演练样本）", basis: "示例部署自拟，条目引自现行法律法规", isSynthetic: true, by: act)
        try Self.refuse(result.faults, of: "business-scopes.csv")
    }

    private func publish(_ path: String, _ inventory: InventoryService, _ act: Act) async throws {
        let found = try await inventory.importList(path, title: "示例部署的事项", by: act)
        try Self.refuse(found.faults, of: "items.csv")
        guard let batch = found.batch else { return }
        _ = try await inventory.move(batch.id, .adopt, effectiveFrom: nil, basis: "示例部署自拟，没有法律效力", by: act)
        try await inventory.publish(batch.id, by: act)
    }

    private static func refuse(_ faults: [ImportFault], of file: String) throws {
        if faults.isEmpty { return }
        throw BootFindings(faults.map { Finding("\(file) \($0.place)", "import.fault", $0.message) })
    }

    /// A certificate authority for drills and the agencies' seals, each through all steps of its life.
    private func makeSeals(_ services: Services, issuer: String, _ act: Act) async throws {
        if sample.seals.isEmpty { return }
        try await services.seals.authority.found(issuer, by: act)
        let agencies = try await services.organisation.snapshot().agencies.values
        for entry in sample.seals {
            guard let agency = agencies.first(where: { $0.key == entry.agency }) else { continue }
            let seal = try await services.seals.apply(
                SealApplication(
                    agency: agency.id, kind: entry.purpose.isEmpty ? .official : .approval,
                    shape: entry.purpose.isEmpty ? .round : .oval, purpose: entry.purpose, powers: entry.powers),
                by: act)
            try await services.seals.take(.approve, seal, by: act)
            try await services.seals.make(seal, by: act)
            try await services.seals.take(.receive, seal, by: act)
        }
    }

    private struct User: Sendable {
        let layout: SampleUser
        let login: LoginName
        let password: HashedPassword
        let account: SampleAccount
    }

    /// Hashes the passwords before the transaction, which may neither wait nor draw random numbers.
    private func users(_ identity: IdentityService, _ act: Act) async throws -> [User] {
        var users: [User] = []
        for layout in sample.accounts {
            let login = try LoginName(layout.username)
            let password = GeneratedPassword.make(layout.username, seed: act.seed)
            let person = sample.persons.first { $0.key == layout.person }
            users.append(
                User(
                    layout: layout, login: login, password: try await identity.hash(password, for: login),
                    account: SampleAccount(
                        username: layout.username, password: password, name: person?.name ?? layout.name ?? "",
                        role: layout.role, title: layout.title)))
        }
        return users
    }

    private func addPersons(
        _ identity: IdentityService, _ act: Act, _ transaction: Transaction
    ) throws -> [String: Identifier] {
        try sample.persons.reduce(into: [:]) { persons, person in
            let profile = try PersonProfile(
                name: person.name, idNumber: person.idNumber, mobile: person.mobile, address: person.address,
                today: act.now.day)
            persons[person.key] = try identity.addPerson(profile, by: act, in: transaction)
        }
    }

    private func addEnterprises(
        _ persons: [String: Identifier], _ identity: IdentityService, _ act: Act, _ transaction: Transaction
    ) throws -> [String: Identifier] {
        try sample.enterprises.reduce(into: [:]) { enterprises, enterprise in
            let id = try identity.addEnterprise(
                try EnterpriseProfile(
                    name: enterprise.name, creditCode: enterprise.creditCode,
                    legalRepresentative: enterprise.legalRepresentative, address: enterprise.address),
                by: act, in: transaction)
            for agent in enterprise.agents.compactMap({ persons[$0] }) {
                try identity.addAgent(agent, for: id, by: act, in: transaction)
            }
            enterprises[enterprise.key] = id
        }
    }

    private func addAccounts(
        _ users: [User], _ persons: [String: Identifier], _ services: Services, _ act: Act,
        _ transaction: Transaction
    ) throws {
        let known = try services.organisation.snapshot(in: transaction)
        let agencies = Dictionary(
            known.agencies.values.compactMap { agency in agency.key.map { ($0, agency.id) } }, uniquingKeysWith: { $1 })
        let sites = Dictionary(known.sites.values.map { ($0.key, $0.id) }, uniquingKeysWith: { $1 })
        for user in users {
            let person = user.layout.person.flatMap { persons[$0] }
            let holder: AccountHolder =
                if let person, user.layout.posts.isEmpty { .person(person) } else {
                    .staff(try PersonName(user.account.name), person: person)
                }
            let account = try services.identity.addAccount(
                user.login, for: holder, password: user.password, by: act, in: transaction)
            for post in user.layout.posts {
                guard let agency = agencies[post.agency] else { continue }
                try services.organisation.addPost(
                    for: account, at: agency, site: post.site.flatMap { sites[$0] }, roles: post.roles, by: act,
                    in: transaction)
            }
        }
    }

    private func draft(
        _ licence: SampleLicence, _ parties: [String: Identifier], _ division: String
    ) throws -> LicenceDraft {
        let persons = sample.persons.filter { licence.holders.contains($0.key) }.map {
            LicenceHolder(party: parties[$0.key], name: $0.name, idNumber: $0.idNumber)
        }
        let enterprises = sample.enterprises.filter { licence.holders.contains($0.key) }.map {
            LicenceHolder(party: parties[$0.key], name: $0.name, idNumber: $0.creditCode)
        }
        let holders = persons + enterprises
        return LicenceDraft(
            type: licence.type, title: licence.title, number: licence.number, holders: holders,
            issuer: LicenceIssuer(name: licence.issuer, creditCode: nil), origin: .elsewhere,
            issuedOn: licence.issuedOn, validUntil: licence.validUntil,
            fields: licence.fields.sorted { $0.key < $1.key }.map { LicenceField($0.key, $0.value) },
            division: division)
    }
}
