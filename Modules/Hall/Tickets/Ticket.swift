public import Standards
public import Storage

/// A place in a hall's queue on one day (排队号). It says nothing of who holds it but an identifier, or nothing at all.
public struct Ticket: Sendable, Hashable {
    public let division: String
    public let id: Identifier
    public let site: Identifier
    public let day: LegalDay
    public let ticketClass: TicketClass
    /// Counts from one for each site, day and class, without gaps.
    public let number: Int
    /// The prefix of the day's rules with the number, such as `A017`.
    public let label: String
    /// The key of the business.
    public let business: String
    /// Why it goes through the green channel; nil for the other classes, and once the ticket is over.
    public internal(set) var ground: GreenGround?
    public let source: TicketSource
    /// The person who took it with an account or came to an appointment; nil for a ticket of nobody in particular.
    public let person: Identifier?
    /// A keyed digest of the number of the ID that was shown, so that nobody holds two; empty when none was shown, and
    /// once the ticket is over.
    var holder: String
    /// From when the wait counts: when it was taken, or the time that was booked.
    public internal(set) var since: Instant
    public let taken: Instant
    public internal(set) var state: TicketState
    /// The window that called it, or to which it was sent; nil while any may call it.
    public internal(set) var window: Identifier?
    /// How often it was called at that window.
    public internal(set) var calls: Int
    /// When it was called for the first time.
    public internal(set) var called: Instant?
    public internal(set) var lastCalled: Instant?
    /// When its holder came to the window.
    public internal(set) var served: Instant?
    public internal(set) var ended: Instant?
}

/// How far a ticket is.
public enum TicketState: String, Sendable, Hashable, Codable, CaseIterable, SQLConvertible {
    case waiting
    /// Called, nobody has come yet
    case called
    case serving
    case done
    /// Called and nobody came (过号)
    case missed
    /// Given back (退号)
    case cancelled
    /// Left over at the end of the day (未办)
    case closed

    /// The word that people read.
    public var chinese: String {
        switch self {
        case .waiting: "等候中"
        case .called: "正在叫号"
        case .serving: "正在办理"
        case .done: "已办完"
        case .missed: "已过号"
        case .cancelled: "已退号"
        case .closed: "当天没有办"
        }
    }

    /// Whether its holder may still be served without another ticket.
    public var isOpen: Bool { self == .waiting || self == .called || self == .serving }
}

/// What a clerk does with a ticket.
public enum TicketStep: String, Sendable, Hashable, Codable, CaseIterable {
    /// Call again (再叫)
    case again
    /// Its holder has come (开始办理)
    case serve
    /// Done (办完)
    case finish
    /// Nobody came (过号)
    case miss
    /// Send to another window, or back to all of them (转窗口)
    case move
    /// Who was passed over has come after all and waits anew (重新排队)
    case rejoin
    /// Given back (退号)
    case cancel

    /// The word that people read.
    public var chinese: String {
        switch self {
        case .again: "再叫"
        case .serve: "开始办理"
        case .finish: "办完"
        case .miss: "记为过号"
        case .move: "转到别的窗口"
        case .rejoin: "重新排队"
        case .cancel: "退号"
        }
    }
}

extension Ticket {
    /// Its place in the queue.
    var place: FairQueue.Place {
        FairQueue.Place(
            id: id, ticketClass: ticketClass, business: business, since: since, number: number, window: window)
    }

    /// Where its events lie.
    var stream: StreamID { StreamID(division: division, kind: "hall.ticket", id: id.text) }

    mutating func call(at window: Identifier, _ now: Instant) {
        state = .called
        self.window = window
        calls += 1
        called = called ?? now
        lastCalled = now
    }

    /// Takes a step.
    ///
    /// - Parameters:
    ///   - target: for a move, the window; nil for all.
    ///   - rules: those of the site.
    /// - Throws: ``HallError`` `wrong_state`, `call_again`.
    mutating func take(_ step: TicketStep, to target: Identifier?, _ rules: HallRules, at now: Instant) throws {
        func require(_ allowed: TicketState...) throws {
            guard allowed.contains(state) else { throw HallError.wrongState(self, step.chinese) }
        }
        switch step {
        case .again:
            try require(.called)
            calls += 1
            lastCalled = now
        case .serve:
            try require(.called)
            state = .serving
            served = now
        case .finish:
            try require(.serving)
            end(.done, now)
        case .miss:
            try require(.called)
            guard calls >= rules.callsBeforeMissed else { throw HallError.callAgain(self, rules.callsBeforeMissed) }
            state = .missed
            ended = now
        case .move:
            try require(.waiting, .called, .serving)
            state = .waiting
            window = target
            calls = 0
            served = nil
        case .rejoin:
            try require(.missed)
            state = .waiting
            window = nil
            calls = 0
            since = now
            called = nil
            ended = nil
        case .cancel:
            try require(.waiting, .called)
            end(.cancelled, now)
        }
    }

    /// Ends it, and forgets what was said of its holder, which nobody needs any more.
    mutating func end(_ state: TicketState, _ now: Instant) {
        self.state = state
        ended = now
        forget()
    }

    /// Forgets what was said of its holder.
    mutating func forget() {
        ground = nil
        holder = ""
    }

    /// Whether anything is known of its holder but an identifier.
    var isTelling: Bool { ground != nil || !holder.isEmpty }

    /// Ends with the day: whoever is being served is served to the end, everybody else has not been.
    mutating func closeWithDay(_ now: Instant) {
        end(state == .serving ? .done : .closed, now)
    }
}
