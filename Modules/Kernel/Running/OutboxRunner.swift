public import Logging
public import PluginKit
public import ServiceLifecycle
import Synchronization

/// Hands events to their subscribers: an ``On`` in one transaction with its delivery mark, a ``Deliver`` under a lease.
///
/// A handler that throws or overruns its time is tried again with back-off and then parked; it never takes the server
/// down or loses the event.
public struct OutboxRunner: Service {
    private enum Handler: Sendable {
        case on(On)
        case deliver(Deliver)
    }

    private let handlers: [String: Handler]
    private let database: any Database
    private let dispatcher: OutboxDispatcher
    private let clock: any Now
    private let logger: Logger
    private let deliveryLimit: Duration
    private let concurrency: Int
    /// When this server looked last.
    private let watch = Watch()

    /// - Parameters:
    ///   - registry: its observers and deliveries.
    ///   - database: where the outbox is.
    ///   - clock: tells when a delivery is due.
    ///   - logger: for failures.
    ///   - deliveryLimit: how long one outside delivery may take.
    ///   - concurrency: how many deliveries run at once.
    public init(
        registry: Registry, database: any Database, clock: any Now, logger: Logger,
        deliveryLimit: Duration = .seconds(30), concurrency: Int = 16
    ) {
        var handlers: [String: Handler] = [:]
        for observer in registry.observers { handlers[observer.subscriber] = .on(observer.value) }
        for delivery in registry.deliveries { handlers[delivery.subscriber] = .deliver(delivery.value) }
        self.handlers = handlers
        self.database = database
        self.dispatcher = OutboxDispatcher(database)
        self.clock = clock
        self.logger = logger
        self.deliveryLimit = deliveryLimit
        self.concurrency = concurrency
    }

    /// Runs until the process is asked to stop.
    public func run() async throws {
        try? await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                var handled = 0
                do {
                    handled = try await runDue()
                } catch {
                    logger.failure("outbox unavailable", error)
                    try await Task.sleep(for: .seconds(1))
                }
                if handled == 0 { try await idle() }
            }
        }
    }

    /// Attempts everything that is due once.
    ///
    /// - Returns: how many deliveries were attempted.
    @discardableResult
    public func runDue() async throws -> Int {
        let now = clock.now()
        try await heed(now)
        let due = try await dispatcher.due(at: now, limit: 200)
        await withTaskGroup(of: Void.self) { group in
            var running = 0
            for item in due {
                if running >= concurrency {
                    await group.next()
                    running -= 1
                }
                running += 1
                group.addTask { await attempt(item) }
            }
        }
        return due.count
    }

    /// When the clock was set back, what is to be delivered must not wait until it has caught up: at the first look no
    /// delivery waits longer than back-off and lease allow, later none for a time that had come already.
    private func heed(_ now: Instant) async throws {
        let last = watch.note(now)
        if let last, last <= now { return }
        let horizon = last == nil ? now.adding(OutboxBackOff.longestDelay + deliveryLimit) : now
        try await dispatcher.pullForward(beyond: horizon, to: now)
    }

    /// Remembers when the clock was looked at last.
    private final class Watch: Sendable {
        private let last = Mutex<Instant?>(nil)

        /// - Returns: the time of the look before; nil at the first.
        func note(_ now: Instant) -> Instant? {
            last.withLock { last in
                defer { last = now }
                return last
            }
        }
    }

    /// Waits a fifth of a second, less when this server has written something meanwhile.
    private func idle() async throws {
        let before = database.commitStatistics.writes
        for _ in 0..<10 {
            try await Task.sleep(for: .milliseconds(20))
            if database.commitStatistics.writes != before { return }
        }
    }

    private func attempt(_ item: OutboxItem) async {
        do {
            switch handlers[item.subscriber] {
            case .on(let observer): try await run(observer, for: item)
            case .deliver(let delivery): try await run(delivery, for: item)
            case nil:
                let delivery = try await dispatcher.deliver(item.id, at: clock.now()) { item, _ in
                    throw KernelError(
                        .unknownSubscriber, "订阅者 \(item.subscriber) 所属的插件没有启用。启用它后重试，或执行 yiciban outbox drop。")
                }
                log(delivery, item)
            }
        } catch {
            // The database is in trouble; the item stays as it is and comes again.
            logger.failure("delivery not recorded", error, ["id": "\(item.id)"])
        }
    }

    private func run(_ observer: On, for item: OutboxItem) async throws {
        let act = Act(actor: .system(item.subscriber), now: clock.now(), requestID: item.id.text)
        let start = ContinuousClock.now
        let delivery = try await dispatcher.deliver(item.id, at: act.now) { item, transaction in
            try observer.handle(item.body, act, transaction)
        }
        let elapsed = start.duration(to: .now)
        if elapsed > .seconds(2) {
            // It holds up every other write while it runs, and a closure that runs can't be stopped.
            logger.warning("slow observer", metadata: ["subscriber": "\(item.subscriber)", "time": "\(elapsed)"])
        }
        log(delivery, item)
    }

    private func run(_ delivery: Deliver, for item: OutboxItem) async throws {
        let act = Act(actor: .system(item.subscriber), now: clock.now(), requestID: item.id.text)
        // Longer than the attempt may take, so that nobody else begins while this one still runs.
        guard let leased = try await dispatcher.lease(item.id, at: act.now, for: deliveryLimit + .seconds(30)) else {
            return
        }
        do {
            try await Deadline.run(within: deliveryLimit, "投递 \(item.subscriber)") {
                try await delivery.handle(leased.body, leased.id.text, act)
            }
        } catch {
            try await dispatcher.fail(leased, error, at: clock.now())
            log(.failed("\(error)"), leased)
            return
        }
        try await dispatcher.complete(leased)
    }

    private func log(_ delivery: OutboxDispatcher.Delivery, _ item: OutboxItem) {
        guard case .failed(let error) = delivery else { return }
        logger.warning(
            "delivery failed",
            metadata: [
                "id": "\(item.id)", "event": "\(item.event)", "subscriber": "\(item.subscriber)",
                "attempt": "\(item.attempts + 1)", "error": "\(error)",
            ])
    }
}
