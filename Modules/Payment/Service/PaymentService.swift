public import ArgumentParser
public import Extension
import Standards
public import Storage

/// Payment (统一支付): what is due for the items of cases, how it is paid and paid back, and the books of both (R06.13).
public struct PaymentService: ServiceModule {
    public static let id = "pay"
    public static var migrations: MigrationSet { PaymentSchema.migrations }
    public static var commands: [any ParsableCommand.Type] { [PayCommands.self] }

    public let database: any Database
    let events: EventLog
    let cipher: FieldCipher
    let store: PaymentStore
    let catalogue: any FeeCatalogue
    let channels: [any PaymentChannel]
    public let settings: PaymentSettings
    public let division: String

    /// - Parameters:
    ///   - database: where orders and ledger lie.
    ///   - events: where it is told what happened.
    ///   - cipher: makes the digests of rows and the codes of links.
    ///   - catalogue: the published fees.
    ///   - channels: the gateways of this deployment.
    ///   - settings: the deployment's.
    ///   - division: the division that this deployment serves.
    public init(
        database: any Database, events: EventLog, cipher: FieldCipher, catalogue: any FeeCatalogue,
        channels: [any PaymentChannel] = [], settings: PaymentSettings = PaymentSettings(), division: String
    ) {
        self.database = database
        self.events = events
        self.cipher = cipher
        store = PaymentStore(cipher: cipher, events: events)
        self.catalogue = catalogue
        self.channels = channels
        self.settings = settings
        self.division = division
    }

    func channel(_ id: ChannelID) throws -> any PaymentChannel {
        guard let channel = channels.first(where: { $0.id == id }) else { throw PaymentError.noChannel(id) }
        return channel
    }

    /// Locks an order, changes it by a transition and saves it: the way of every change.
    ///
    /// - Throws: ``PaymentError`` `not_found`, and what the transition throws.
    @discardableResult
    func change<Result>(
        _ id: Identifier, by act: Act, in transaction: Transaction, _ body: (inout OrderFile) throws -> Result
    ) throws -> (file: OrderFile, result: Result) {
        var file = try store.lock(id, in: transaction)
        let before = file
        let result = try body(&file)
        if file.pendingEvents.isEmpty {
            try store.unlock(file, in: transaction)
            return (before, result)
        }
        try measure(from: before.order, to: file.order, in: transaction)
        try store.save(&file, before: before, by: act, in: transaction)
        return (file, result)
    }

    /// Keeps what the case paid in sum (零付费).
    private func measure(from old: PaymentOrder, to new: PaymentOrder, in transaction: Transaction) throws {
        let (paid, refunded) = (new.paid.fen - old.paid.fen, new.refunded.fen - old.refunded.fen)
        if paid == 0, refunded == 0 { return }
        try transaction.send(
            "UPDATE payment_case SET paid = paid + ?, refunded = refunded + ? WHERE case_id = ?", paid, refunded,
            new.caseID)
    }
}
