public import Extension
public import Standards
import Storage

/// What came of an export.
public struct ExchangeOutcome: Sendable {
    /// The batch; nil when nothing was new.
    public let batch: ExchangeBatch?
    /// The last batch before, which holds what was sent already.
    public let previous: ExchangeBatch?
    /// Whether an export that had been interrupted was finished.
    public let isResumed: Bool
    /// The first of the faults that kept rows out.
    public let findings: [ExchangeFinding]
    /// How many there are.
    public let faults: Int
}

extension ExchangeService {
    /// How many things are looked at in one step: what memory holds, and what is done again after a crash.
    private static let step = 100

    /// Collects what changed in a period and has not been sent as it is now.
    ///
    /// An export that was interrupted is gone on with. The same period once more finds nothing new and makes no batch.
    ///
    /// - Parameters:
    ///   - from: the first day; nil for the last day of the batch before, or the beginning.
    ///   - to: the last day; nil for today.
    ///   - progress: is told how many things were looked at, by thousands.
    /// - Throws: ``ExchangeError``; ``Problem`` without the right.
    public func export(
        from: LegalDay?, to: LegalDay?, by act: Act, progress: @Sendable (Int) -> Void = { _ in }
    ) async throws -> ExchangeOutcome {
        try require(act)
        var (batch, isResumed) = try await begin(from: from, to: to, by: act)
        var looked = 0
        while batch.place.source < sources.count {
            let (next, count) = try await advance(batch, by: act)
            batch = next
            looked += count
            if looked / 1_000 > (looked - count) / 1_000 { progress(looked / 1_000 * 1_000) }
        }
        return try await finish(batch, isResumed: isResumed, by: act)
    }

    // MARK: Begin

    private func begin(
        from: LegalDay?, to: LegalDay?, by act: Act
    ) async throws -> (batch: ExchangeBatch, isResumed: Bool) {
        let today = act.now.day
        if let to, to > today { throw ExchangeError.period("--to 不能晚于今天（\(today.text)）。") }
        return try await database.write { transaction in
            if let row = try transaction.row("SELECT * FROM exchange_batch WHERE completed_at IS NULL") {
                let open = try ExchangeBatch(row)
                let isSame =
                    (from.map { $0 == open.period.lowerBound } ?? true)
                    && (to.map { $0 == open.period.upperBound } ?? true)
                guard isSame else { throw ExchangeError.unfinished(open.number, period: open.periodText) }
                return (open, true)
            }
            let last = try transaction.row(
                "SELECT MAX(to_day) AS day FROM exchange_batch"
            )?.get("day", as: LegalDay?.self)
            let first = from ?? last ?? .first
            let end = to ?? max(today, first)
            guard first <= end else { throw ExchangeError.period("开始日期（\(first.text)）晚于结束日期（\(end.text)）。") }
            let number = try nextNumber(on: today, in: transaction)
            let until = min(end.adding(days: 1).start.milliseconds, act.now.milliseconds + 1)
            try transaction.execute(
                """
                INSERT INTO exchange_batch (number, from_day, to_day, begun_at, until_at, actor, counts, faults,
                    source, place, entries) VALUES (?, ?, ?, ?, ?, ?, '{}', 0, 0, '', 0)
                """, number, first, end, act.now, until, act.actor.journalName)
            try events.record(
                [ExchangeBegun(batch: number, from: first, to: end)], to: stream(number), by: act, in: transaction)
            return (try Self.find(number, in: transaction), false)
        }
    }

    private func nextNumber(on day: LegalDay, in transaction: Transaction) throws -> String {
        let start = "\(division)\(day.digits)"
        let last = try transaction.row(
            "SELECT MAX(number) AS number FROM exchange_batch WHERE substr(number, 1, ?) = ?", start.count, start
        )?.get("number", as: String?.self)
        let serial = (last.flatMap { Int($0.dropFirst(start.count)) } ?? 0) + 1
        let text = String(serial)
        return start + String(repeating: "0", count: max(0, 4 - text.count)) + text
    }

    // MARK: Step

    /// Looks at the next things of the current source and writes what of them is new, with the place up to which it was
    /// done, in one transaction.
    private func advance(_ batch: ExchangeBatch, by act: Act) async throws -> (ExchangeBatch, Int) {
        let source = sources[batch.place.source]
        let changes = Range(
            uncheckedBounds: (
                batch.period.lowerBound == .first
                    ? Instant(milliseconds: 0) : batch.period.lowerBound.start, batch.until
            ))
        let (deliveries, next) = try await database.read { [self] snapshot in
            let place = batch.place
            let isFaulty = place.key.hasPrefix(Self.faultyMark)
            let after = isFaulty ? String(place.key.dropFirst()) : place.key
            // What changed comes first; then what was kept out before, whenever it changed.
            let keys = isFaulty ? try faulty(source, after: after, batch, in: snapshot) : []
            let units =
                isFaulty
                ? try source.units(keys: keys, in: snapshot)
                : try source.units(changed: changes, after: after, limit: Self.step, in: snapshot)
            var next = place
            // A key whose thing is gone is passed over as well.
            if let last = isFaulty ? keys.last : units.last?.key {
                next.key = (isFaulty ? Self.faultyMark : "") + last
            } else if isFaulty {
                next.source += 1
                next.key = ""
            } else {
                next.key = Self.faultyMark
            }
            return (try units.map { try delivery(of: $0, source, in: snapshot) }, next)
        }
        return (
            try await write(deliveries, of: source, next: next, batch, by: act), deliveries.count
        )
    }

    /// Begins the key of a place at which the things are looked at that were kept out before.
    private static let faultyMark = "\u{7F}"

    private func faulty(
        _ source: any ExchangeSource, after: String, _ batch: ExchangeBatch, in snapshot: Snapshot
    ) throws -> [String] {
        try snapshot.rows(
            """
            SELECT key FROM exchange_unit WHERE source = ? AND faults > 0 AND key > ? AND batch <> ?
            ORDER BY key LIMIT ?
            """, source.name, after, batch.number, Self.step
        ).map { try $0.get("key") }
    }

    private func delivery(
        of unit: ExchangeUnit, _ source: any ExchangeSource, in snapshot: Snapshot
    ) throws -> (unit: ExchangeUnit, delivery: UnitDelivery) {
        let row = try snapshot.row(
            "SELECT sent FROM exchange_unit WHERE source = ? AND key = ?", source.name, unit.key)
        var sent: [String: String] = [:]
        if let row, case .object(let members) = try JSONValue(parsing: try row.get("sent")) {
            sent = members.compactMapValues(\.string)
        }
        return (unit, UnitDelivery(unit, sent: sent, schemas: schemas, settings: settings, cipher: cipher))
    }

    private func write(
        _ deliveries: [(unit: ExchangeUnit, delivery: UnitDelivery)], of source: any ExchangeSource,
        next: ExchangeBatch.Place, _ batch: ExchangeBatch, by act: Act
    ) async throws -> ExchangeBatch {
        var after = batch
        after.place = next
        var bodies: [(position: Int, body: [UInt8])] = []
        for (_, delivery) in deliveries where !delivery.entries.isEmpty {
            let position = after.place.entries
            let seed = act.seed.derived("exchange.\(batch.number).\(position)")
            bodies.append(
                (
                    position,
                    try cipher.seal(
                        Self.text(of: delivery.entries), context: Self.context(batch.number, position), seed: seed)
                ))
            after.place.entries += 1
            for entry in delivery.entries {
                after.counts[entry.table, default: [:]][entry.operation.rawValue, default: 0] += 1
            }
        }
        let written = (batch: after, bodies: bodies)
        let findings = deliveries.flatMap(\.delivery.findings)
        let result = try await database.write { [self] transaction -> ExchangeBatch in
            var after = written.batch
            after.faults += findings.count
            let claimed = try transaction.execute(
                """
                UPDATE exchange_batch SET counts = ?, faults = ?, source = ?, place = ?, entries = ?
                WHERE number = ? AND source = ? AND place = ? AND completed_at IS NULL
                """, ExchangeBatch.json(after.counts).canonical, after.faults, after.place.source, after.place.key,
                after.place.entries, batch.number, batch.place.source, batch.place.key)
            guard claimed == 1 else { throw ExchangeError.taken }
            for (position, body) in written.bodies {
                try transaction.send(
                    "INSERT INTO exchange_entry (batch, position, body) VALUES (?, ?, ?)", batch.number, position,
                    body)
            }
            for (unit, delivery) in deliveries {
                try note(unit, delivery, of: source, in: batch, transaction)
            }
            for (offset, finding) in findings.enumerated() {
                try transaction.send(
                    """
                    INSERT INTO exchange_finding (batch, position, table_name, row_guid, field, code, message, subject)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                    """, batch.number, batch.faults + offset, finding.table, finding.row, finding.field, finding.code,
                    finding.message, finding.subject)
            }
            return after
        }
        return result
    }

    private func note(
        _ unit: ExchangeUnit, _ delivery: UnitDelivery, of source: any ExchangeSource, in batch: ExchangeBatch,
        _ transaction: Transaction
    ) throws {
        let sent = JSONValue.object(delivery.sent.mapValues { .string($0) }).canonical
        try transaction.send(
            """
            INSERT INTO exchange_unit (source, key, batch, sent, faults) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (source, key) DO UPDATE SET batch = excluded.batch, sent = excluded.sent,
                faults = excluded.faults
            """, source.name, unit.key, batch.number, sent, delivery.findings.count)
    }

    private static func text(of entries: [UnitDelivery.Entry]) -> [UInt8] {
        let rows = entries.map { entry -> JSONValue in
            [
                "table": .string(entry.table), "operation": .string(entry.operation.rawValue),
                "values": .object(entry.values.mapValues { .string($0) }),
            ]
        }
        return Array(JSONValue.array(rows).canonical.utf8)
    }

    // MARK: End

    private func finish(_ batch: ExchangeBatch, isResumed: Bool, by act: Act) async throws -> ExchangeOutcome {
        let isEmpty = batch.rows == 0
        let findings = try await self.findings(of: batch.number, limit: 200, by: act)
        let (done, previous) = try await database.write { [self] transaction in
            let previous = try transaction.row(
                """
                SELECT * FROM exchange_batch WHERE completed_at IS NOT NULL ORDER BY begun_at DESC, number DESC LIMIT 1
                """
            ).map(ExchangeBatch.init)
            if isEmpty, batch.faults == 0 {
                try transaction.execute("DELETE FROM exchange_batch WHERE number = ?", batch.number)
                try events.record(
                    [
                        ExchangeFoundNothing(
                            batch: batch.number, from: batch.period.lowerBound, to: batch.period.upperBound)
                    ], to: stream(batch.number), by: act, in: transaction)
                return (nil as ExchangeBatch?, previous)
            }
            try transaction.execute(
                "UPDATE exchange_batch SET completed_at = ? WHERE number = ?", act.now, batch.number)
            try events.record(
                [
                    ExchangeCompleted(
                        batch: batch.number, from: batch.period.lowerBound, to: batch.period.upperBound,
                        rows: batch.counts.mapValues { $0.values.reduce(0, +) }, faults: batch.faults)
                ], to: stream(batch.number), by: act, in: transaction)
            return (try Self.find(batch.number, in: transaction), previous)
        }
        return ExchangeOutcome(
            batch: done, previous: previous, isResumed: isResumed, findings: findings, faults: batch.faults)
    }
}
