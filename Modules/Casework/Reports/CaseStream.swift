import Standards
import Storage

extension CaseworkService {
    /// Gives the cases that were begun in a stretch of days, in the order in which they were begun, with flat memory.
    ///
    /// - Parameters:
    ///   - division: one division's cases.
    ///   - days: when they were begun.
    func forEachCase(
        in division: String, begun days: ClosedRange<LegalDay>, _ body: ([CaseFile]) async throws -> Void
    ) async throws {
        let none = [UInt8](repeating: 0, count: Identifier.randomLength)
        var after = Identifier(at: days.lowerBound.start, random: none).text
        let end = Identifier(at: days.upperBound.adding(days: 1).start, random: none).text
        while true {
            let start = after
            let files = try await database.read { [store] snapshot in
                try snapshot.rows(
                    """
                    SELECT id, division, number, version, body FROM case_file WHERE division = ? AND id >= ? AND id < ?
                    ORDER BY id LIMIT 200
                    """, division, start, end
                ).map { try store.decode($0, id: try $0.get("id")) }
            }
            guard let last = files.last else { return }
            try await body(files)
            if files.count < 200 { return }
            // The next identifier after this one: identifiers are texts of one length.
            after = last.id.text + "0"
        }
    }
}
