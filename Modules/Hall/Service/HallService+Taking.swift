import Cryptography
public import Extension
import Organisation
import Standards
public import Storage

/// What is said when a ticket is taken.
public struct TicketRequest: Sendable, Hashable {
    /// The key of the business; empty for the site's first one.
    public var business = ""
    /// Why it goes through the green channel; nil for an ordinary ticket.
    public var ground: GreenGround?
    /// The number of an ID, where one was shown; it is not kept.
    public var idNumber = ""

    public init(business: String = "", ground: GreenGround? = nil, idNumber: String = "") {
        self.business = business
        self.ground = ground
        self.idNumber = idNumber
    }
}

extension HallService {
    /// Takes a ticket by telephone, for whoever has signed in; one person holds one at a time in a hall. Nobody can before
    /// a window is open, since who takes a number at home in the night would stand before all who come in the morning.
    ///
    /// - Throws: ``HallError`` `not_serving`, `ticket_held`, `closed`, `input.invalid`.
    public func takeByPhone(
        _ request: TicketRequest, at key: String, by act: Act, in transaction: Transaction
    ) throws -> Ticket {
        guard act.actor.kind == .person, let person = act.actor.person else { throw HallError.forbidden }
        let hall = try hall(key, in: transaction)
        let isClosed = try store.day(hall.site.id, act.now.day, in: transaction)?.closed != nil
        if !isClosed, try store.openDesks(hall.site.id, act.now.day, in: transaction).isEmpty {
            throw HallError.notServing
        }
        return try take(request, hall, .phone, person: person, by: act, in: transaction)
    }

    /// Takes a ticket for somebody who stands before a clerk.
    public func takeAtWindow(
        _ request: TicketRequest, at key: String, by act: Act, in transaction: Transaction
    ) throws -> Ticket {
        let hall = try hall(key, in: transaction)
        try requireServing(hall, act, in: transaction)
        return try take(request, hall, .window, person: nil, by: act, in: transaction)
    }

    /// Takes a ticket at a kiosk of the hall, which knows the code of its address; who stands there need not say who it is.
    ///
    /// - Throws: ``HallError`` `kiosk` for another code.
    public func takeAtKiosk(
        _ request: TicketRequest, at key: String, code: String, by act: Act, in transaction: Transaction
    ) throws -> Ticket {
        let hall = try kiosk(key, code: code, in: transaction)
        return try take(request, hall, .kiosk, person: nil, by: act, in: transaction)
    }

    /// The hall of a kiosk.
    ///
    /// - Throws: ``HallError`` `kiosk` when the code is another.
    public func kiosk(_ key: String, code: String, in snapshot: Snapshot) throws -> Hall {
        let hall = try hall(key, in: snapshot)
        guard ConstantTime.equal(Array(code.utf8), Array(kioskCode(of: hall.site.id).utf8)) else {
            throw HallError.kiosk
        }
        return hall
    }

    /// The code in the address of a hall's kiosks. It follows from the site, and nobody outside can make it up.
    func kioskCode(of site: Identifier) -> String {
        Hex.encode(cipher.blindIndex(site.text, purpose: "hall.kiosk").prefix(12))
    }

    /// The address of a hall's kiosks below the portal's root, for who may serve or manage there.
    public func kioskPath(of hall: Hall, by act: Act, in snapshot: Snapshot) throws -> String {
        try requireStaff(hall, act, in: snapshot)
        return "/hall/\(hall.site.key)/kiosk/\(kioskCode(of: hall.site.id))"
    }

    private func take(
        _ request: TicketRequest, _ hall: Hall, _ source: TicketSource, person: Identifier?, by act: Act,
        in transaction: Transaction
    ) throws -> Ticket {
        let now = act.now
        var findings: [Finding] = []
        let business = business(request, hall, &findings)
        let shown = shownID(request, at: now.day, &findings)
        let ground = request.ground ?? (shown.isElder ? .elder : nil)
        let ticketClass = ground == nil ? TicketClass.ordinary : .green
        if findings.isEmpty, !serves(hall, ticketClass, business) {
            findings.append(
                Finding("business", "hall.not_served", "这个大厅没有窗口办“\(hall.rules.title(ofBusiness: business))”，请换一种业务。"))
        }
        guard findings.isEmpty else { throw HallError.invalid(findings) }
        var day = try store.lock(hall.site.id, now.day, division: hall.site.division, by: act, in: transaction)
        if day.closed != nil { throw HallError.closed(now.day) }
        if let open = try store.openTicket(
            person: person, holder: shown.holder, hall.site.id, now.day, in: transaction)
        {
            throw HallError.held(open.label)
        }
        let number = day.next(ticketClass)
        let ticket = Ticket(
            division: hall.site.division, id: act.identifier("hall.ticket"), site: hall.site.id, day: now.day,
            ticketClass: ticketClass, number: number, label: hall.rules.label(ticketClass, number),
            business: business, ground: ground, source: source, person: person, holder: shown.holder, since: now,
            taken: now, state: .waiting, window: nil, calls: 0, called: nil, lastCalled: nil, served: nil, ended: nil)
        try store.save(day, in: transaction)
        try store.insert(ticket, by: act, in: transaction)
        return ticket
    }

    private func business(_ request: TicketRequest, _ hall: Hall, _ findings: inout [Finding]) -> String {
        let keys = hall.rules.businesses.map(\.key)
        if request.business.isEmpty { return keys.first ?? "" }
        if !keys.contains(request.business) {
            let hint = nearest(to: request.business, among: keys).map { "，是否想办 \($0)" } ?? ""
            findings.append(Finding("business", "hall.business", "这个大厅没有业务“\(request.business)”\(hint)。"))
        }
        return request.business
    }

    private func shownID(
        _ request: TicketRequest, at day: LegalDay, _ findings: inout [Finding]
    ) -> (holder: String, isElder: Bool) {
        if request.idNumber.isEmpty { return ("", false) }
        let id: ResidentID
        do {
            id = try ResidentID(request.idNumber, today: day)
        } catch {
            findings.append(Finding("id_number", error.code.rawValue, error.message))
            return ("", false)
        }
        let isElder = id.birthDay.age(on: day) >= GreenGround.elderAge
        if request.ground == .elder, !isElder {
            findings.append(
                Finding("ground", "hall.not_elder", "按身份证号码还不满 \(GreenGround.elderAge) 岁，请取普通号，或者选择别的情形。"))
        }
        return (Hex.encode(cipher.blindIndex(id.text, purpose: "hall.holder")), isElder)
    }

    /// Whether any window of a hall serves a class and a business.
    func serves(_ hall: Hall, _ ticketClass: TicketClass, _ business: String) -> Bool {
        hall.windows.contains { window in
            let scope = hall.scope(of: window)
            return scope.classes.contains(ticketClass) && scope.businesses?.contains(business) != false
        }
    }
}

extension HallRules {
    /// How a number is called, such as `A017`.
    func label(_ ticketClass: TicketClass, _ number: Int) -> String {
        let digits = "\(number)"
        return rule(of: ticketClass).prefix + String(repeating: "0", count: max(0, 3 - digits.count)) + digits
    }
}
