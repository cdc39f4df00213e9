public import Extension
public import Storage

/// What taking over an old register has come to.
public struct LicenceCollection: Sendable {
    /// A licence that is not sound, by its row.
    public struct Remark: Sendable, Hashable {
        public let row: Int
        public let quality: LicenceQuality
        /// What is missing or contradicts itself, in Chinese.
        public let text: String
    }

    /// Rows that were read.
    public internal(set) var rows = 0
    public internal(set) var added = 0
    /// Known licences of which the register says something else now; the newer record takes the place of the older.
    public internal(set) var changed = 0
    public internal(set) var unchanged = 0
    /// Of the licences added or changed, how many went into the wallet of somebody who is registered.
    public internal(set) var linked = 0
    /// Of all rows, how many are of which quality.
    public internal(set) var qualities: [LicenceQuality: Int] = [:]
    /// Those that are not sound, at most ``maximumRemarks``.
    public internal(set) var remarks: [Remark] = []
    public static let maximumRemarks = 200
    /// Columns that no type of the table has as a line.
    public internal(set) var unknownLines: [String] = []

    mutating func note(_ row: CollectedRow) {
        qualities[row.findings.quality, default: 0] += 1
        if row.findings.quality != .sound, remarks.count < Self.maximumRemarks {
            remarks.append(Remark(row: row.number, quality: row.findings.quality, text: row.findings.text))
        }
    }
}

/// A licence was taken over from an old register.
public struct LicenceCollected: Event {
    public static let name = "licence.collected"
    public let licence: Identifier
    public let quality: LicenceQuality
}

/// A licence that was taken over is doubted: another one has the same number, or its holder registered by another name.
public struct LicenceDoubted: Event {
    public static let name = "licence.doubted"
    public let licence: Identifier
    /// The other licence.
    public let by: Identifier?
}

/// Somebody has looked into a doubtful licence that was taken over, and it is right.
public struct LicenceConfirmed: Event {
    public static let name = "licence.confirmed"
    public let licence: Identifier
    public let quality: LicenceQuality
}
