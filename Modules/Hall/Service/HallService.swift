public import ArgumentParser
public import Extension
public import Organisation
import Standards
public import Storage

/// Halls (政务大厅): queues at the windows of service sites, by rules that are data (R12.16, R09.10).
///
/// Sites and windows are the organisation's; here lies who waits for them.
public struct HallService: ServiceModule {
    public static let id = "hall"
    public static var migrations: MigrationSet { HallSchema.migrations }
    public static var commands: [any ParsableCommand.Type] { [HallCommands.self] }

    /// May call and serve at the windows of the own site, and take tickets for people.
    public static let serve = Permission("hall.serve", "在窗口叫号、代取号")
    /// May change the rules of halls, end their day and see their figures.
    public static let manage = Permission("hall.manage", "维护叫号规则、结束当天、查看大厅数字")

    public let database: any Database
    let cipher: FieldCipher
    let organisation: OrganisationService
    let calendar: any HallCalendar
    let directory: any HallDirectory
    let store: HallStore

    /// - Parameters:
    ///   - database: with the tables of ``migrations``.
    ///   - events: where it is told what happened.
    ///   - cipher: makes the digests of rows, of IDs that were shown, and the codes of kiosks.
    ///   - organisation: knows sites and windows.
    ///   - calendar: knows the working days.
    ///   - directory: knows the names of persons.
    public init(
        database: any Database, events: EventLog, cipher: FieldCipher, organisation: OrganisationService,
        calendar: any HallCalendar, directory: any HallDirectory
    ) {
        self.database = database
        self.cipher = cipher
        self.organisation = organisation
        self.calendar = calendar
        self.directory = directory
        store = HallStore(cipher: cipher, events: events)
    }
}

/// A site with its windows and rules.
public struct Hall: Sendable {
    public let site: ServiceSite
    /// In the order of their keys.
    public let windows: [ServiceWindow]
    public let rules: HallRules

    /// A window by its identifier.
    ///
    /// - Throws: ``HallError`` `window_unknown`.
    public func window(_ id: Identifier) throws -> ServiceWindow {
        guard let window = windows.first(where: { $0.id == id }) else { throw HallError.windowUnknown }
        return window
    }

    /// Whether any of its businesses can be booked.
    public var isBookable: Bool { rules.businesses.contains { $0.capacity > 0 } }

    /// What a window serves by itself.
    func scope(of window: ServiceWindow) -> WindowScope {
        guard let rule = rules.windows.first(where: { $0.window == window.key }) else {
            let classes = window.kind == .special ? [] : TicketClass.allCases
            return WindowScope(window: window.id, classes: Set(classes), businesses: nil)
        }
        return WindowScope(
            window: window.id, classes: Set(rule.classes),
            businesses: rule.businesses.isEmpty ? nil : Set(rule.businesses))
    }

    /// What stands above a window; empty for none.
    func name(ofWindow id: Identifier?) -> String {
        id.flatMap { id in windows.first { $0.id == id }?.name } ?? ""
    }
}

extension HallService {
    /// A hall by the key of its site, such as `city-hall`.
    ///
    /// - Throws: ``HallError`` `site_unknown`.
    public func hall(_ key: String, in snapshot: Snapshot) throws -> Hall {
        let known = try organisation.snapshot(in: snapshot)
        guard let site = known.sites.values.first(where: { $0.key == key || $0.id.text == key }) else {
            throw HallError.siteUnknown
        }
        return try hall(site, known, snapshot)
    }

    /// A hall by its site.
    func hall(_ id: Identifier, in snapshot: Snapshot) throws -> Hall {
        let known = try organisation.snapshot(in: snapshot)
        guard let site = known.sites[id] else { throw HallError.siteUnknown }
        return try hall(site, known, snapshot)
    }

    /// The hall of a window, by the window's key or identifier.
    ///
    /// - Throws: ``HallError`` `window_unknown`.
    public func hall(ofWindow key: String, in snapshot: Snapshot) throws -> (hall: Hall, window: ServiceWindow) {
        let known = try organisation.snapshot(in: snapshot)
        guard let window = known.windows.values.first(where: { $0.key == key || $0.id.text == key }),
            let site = known.sites[window.site]
        else { throw HallError.windowUnknown }
        return (try hall(site, known, snapshot), window)
    }

    /// The halls at whose windows a member of staff may serve, by name.
    public func halls(of actor: Actor, in snapshot: Snapshot) throws -> [Hall] {
        let known = try organisation.snapshot(in: snapshot)
        return try known.sites.values.filter { Self.mayServe(actor, $0, known) || Self.mayManage(actor, $0, known) }
            .sorted { ($0.division, $0.name) < ($1.division, $1.name) }
            .map { try hall($0, known, snapshot) }
            .filter { !$0.windows.isEmpty }
    }

    private func hall(_ site: ServiceSite, _ known: OrganisationSnapshot, _ snapshot: Snapshot) throws -> Hall {
        Hall(
            site: site, windows: known.windows.values.filter { $0.site == site.id }.sorted { $0.key < $1.key },
            rules: try store.rules(of: site.id, in: snapshot))
    }

    /// A hall for who manages it.
    ///
    /// - Throws: ``HallError`` `site_unknown`, `forbidden`.
    public func managed(_ key: String, by act: Act, in snapshot: Snapshot) throws -> Hall {
        let hall = try hall(key, in: snapshot)
        try requireManaging(hall, act, in: snapshot)
        return hall
    }

    // MARK: Rights

    /// Whoever works at the site, or, without a site of its own, handles the site's division.
    private static func mayServe(_ actor: Actor, _ site: ServiceSite, _ known: OrganisationSnapshot) -> Bool {
        guard actor.holds(serve) else { return false }
        if let own = actor.post?.site { return own == site.id }
        return known.mayHandle(actor, division: site.division)
    }

    private static func mayManage(_ actor: Actor, _ site: ServiceSite, _ known: OrganisationSnapshot) -> Bool {
        actor.holds(manage) && known.mayHandle(actor, division: site.division)
    }

    /// - Throws: ``HallError`` `forbidden` for who may not serve at a hall.
    func requireServing(_ hall: Hall, _ act: Act, in snapshot: Snapshot) throws {
        guard Self.mayServe(act.actor, hall.site, try organisation.snapshot(in: snapshot)) else {
            throw HallError.forbidden
        }
    }

    /// - Throws: ``HallError`` `forbidden` for who may not manage a hall.
    func requireManaging(_ hall: Hall, _ act: Act, in snapshot: Snapshot) throws {
        guard Self.mayManage(act.actor, hall.site, try organisation.snapshot(in: snapshot)) else {
            throw HallError.forbidden
        }
    }

    /// - Throws: ``HallError`` `forbidden` for who may neither serve nor manage.
    func requireStaff(_ hall: Hall, _ act: Act, in snapshot: Snapshot) throws {
        let known = try organisation.snapshot(in: snapshot)
        guard Self.mayServe(act.actor, hall.site, known) || Self.mayManage(act.actor, hall.site, known) else {
            throw HallError.forbidden
        }
    }
}
