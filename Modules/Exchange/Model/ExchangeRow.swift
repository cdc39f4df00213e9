import Cryptography
import Standards

/// A row as it goes to the national platform: values by the columns' names there.
public struct ExchangeRow: Sendable, Hashable {
    /// The table's name.
    public let table: String
    /// What makes the row itself and no other, in our own terms, such as a case and its item; it never changes.
    public let key: String
    /// The values; a column that is not named is empty.
    public var values: [String: String]

    public init(_ table: String, key: String, _ values: [String: String?]) {
        self.table = table
        self.key = key
        self.values = values.compactMapValues { $0?.isEmpty == false ? $0 : nil }
    }

    /// The row's identifier for ever (row_guid): half of a digest of table and key, in hexadecimal.
    public var guid: String {
        Hex.encode(Array(SM3.hash(Array("\(table)\u{1F}\(key)".utf8)).prefix(16)))
    }

    /// What changes when any value does, without the batch columns.
    var digest: String {
        var text = table
        for (name, value) in values.sorted(by: { $0.key < $1.key }) { text += "\u{1E}\(name)\u{1F}\(value)" }
        return Hex.encode(Array(SM3.hash(Array(text.utf8)).prefix(12)))
    }
}

/// What became of a row since it was last sent (cd_operation).
public enum ExchangeOperation: String, Sendable, CaseIterable {
    case insert = "I"
    case update = "U"
    case delete = "D"

    public var chinese: String {
        switch self {
        case .insert: "新增"
        case .update: "更新"
        case .delete: "删除"
        }
    }
}

extension Instant {
    /// `yyyy-MM-dd HH:mm:ss`, China time, as the exchange tables have it.
    var exchangeText: String {
        let seconds = (milliseconds - day.start.milliseconds) / 1000
        func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(day.text) \(two(seconds / 3600)):\(two(seconds / 60 % 60)):\(two(seconds % 60))"
    }
}
