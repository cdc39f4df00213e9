import PluginKit

/// Counts by month, so that no figure costs more with every case (四免总览, R14.16).
struct Tally: Sendable {
    let division: String

    /// What is counted; each has keys of its own.
    enum Kind: String, Sendable {
        /// Cases: `person` or `enterprise`.
        case cases = "case"
        /// Materials by what served: ``Served``.
        case material
        /// Fields of the form that were asked for, and those that held what is verified: a prefill key.
        case field
        case filled
        /// Licences that served, and those that served another department than their issuer's: the type.
        case use
        case foreign
        /// Themes that enterprises used without another proof of who they are: the theme.
        case scene
        /// Answers to other departments: the answer code.
        case query
        /// Proofs that were issued to people: the channel.
        case issued
    }

    /// What served for a material.
    enum Served: String, Sendable, CaseIterable {
        case licence = "电子证照"
        case data = "数据核验"
        case result = "一并办理的事项"
        case promise = "告知承诺"
        case form = "填写的表单"
        case identity = "实名信息"
        case upload = "上传材料"
        case later = "以后补交"

        /// Whether nobody had to bring anything.
        var isWithoutPaper: Bool { self != .upload && self != .later }
    }

    /// One thing to be counted.
    struct Count: Hashable {
        let kind: Kind
        let key: String
    }

    /// Adds to the counts of a month.
    func add(_ counts: [Count: Int], on day: LegalDay, in transaction: Transaction) throws {
        // In one order everywhere, so that two servers don't lock the rows crosswise.
        let ordered = counts.sorted { ($0.key.kind.rawValue, $0.key.key) < ($1.key.kind.rawValue, $1.key.key) }
        for (count, number) in ordered where number > 0 {
            try transaction.execute(
                """
                INSERT INTO certificate_free_count (division, month, kind, name, total) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (division, month, kind, name)
                DO UPDATE SET total = certificate_free_count.total + excluded.total
                """, division, Self.month(day), count.kind.rawValue, count.key, number)
        }
    }

    /// The sums of some months.
    ///
    /// - Parameters:
    ///   - from: the first month, such as `2026-01`; empty for the very first.
    ///   - until: the last one; empty for the very last.
    func sums(from: String = "", until: String = "", in snapshot: Snapshot) throws -> [Count: Int] {
        try snapshot.rows(
            """
            SELECT kind, name, CAST(sum(total) AS BIGINT) AS total FROM certificate_free_count
            WHERE division = ? AND month >= ? AND month <= ? GROUP BY kind, name
            """, division, from, until.isEmpty ? "9999-12" : until
        ).reduce(into: [:]) { sums, row in
            guard let kind = Kind(rawValue: try row.get("kind")) else { return }
            sums[Count(kind: kind, key: try row.get("name"))] = try row.get("total")
        }
    }

    /// The month of a day, such as `2026-11`.
    static func month(_ day: LegalDay) -> String { String(day.text.prefix(7)) }
}
