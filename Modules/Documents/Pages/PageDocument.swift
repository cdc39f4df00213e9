/// What an official paper says, in the order in which it stands on A4 pages.
///
/// The same document gives the same bytes on the same machine: nothing in the file comes from the clock.
public struct PageDocument: Sendable, Hashable {
    /// The heading, and the file's title.
    public var title: String
    /// Who issues it, as the file's author; empty for none.
    public var author: String
    /// The document's number (文号), under the heading and at the foot of each page; empty for none.
    public var number: String
    /// The date in the file's properties, such as `2026-11-26`; never the day on which it is printed.
    public var date: String
    public var blocks: [PageBlock]
    /// Whom one asks, in one line at the foot of each page; empty for nothing.
    public var contact = ""
    /// What stands across every page in pale letters, such as 演练·无法律效力; empty for nothing.
    public var watermark = ""
    /// What else the file tells of itself, by name (`CustomData` of OFD).
    public var metadata: [PageRow] = []

    public init(title: String, author: String = "", number: String = "", date: String, blocks: [PageBlock]) {
        self.title = title
        self.author = author
        self.number = number
        self.date = date
        self.blocks = blocks
    }
}

/// One part of a paper, from the top to the bottom.
public enum PageBlock: Sendable, Hashable, Codable {
    /// A heading within the paper.
    case heading(String)
    /// A line from the margin, such as the one that names the addressee.
    case line(String)
    /// A paragraph whose first line is indented by two characters.
    case paragraph(String)
    /// Small print.
    case note(String)
    /// Labels and what belongs to each.
    case table([PageRow])
    /// A grid with a heading, which is repeated on every page.
    case grid(PageGrid)
    /// Places for signatures, each with its label.
    case signatures([String])
    /// The place of the seal: who issues the paper, the day, and a code beside it.
    case seal(PageSeal)
    /// The place of an electronic seal: the same, with room for the seal's picture instead of the word for it.
    case stamp(PageSeal)
}

/// A label and what belongs to it.
public struct PageRow: Sendable, Hashable, Codable {
    public let label: String
    public let value: String

    public init(_ label: String, _ value: String) {
        self.label = label
        self.value = value
    }
}

/// A grid: columns with their share of the width, and rows.
public struct PageGrid: Sendable, Hashable, Codable {
    public let columns: [String]
    /// How much of the width each column takes, in relation to the others.
    public let shares: [Int]
    public let rows: [[String]]

    /// - Parameter shares: as many as there are columns; missing ones count 1.
    public init(columns: [String], shares: [Int], rows: [[String]]) {
        self.columns = columns
        self.shares = shares
        self.rows = rows
    }
}

/// The place of a seal.
public struct PageSeal: Sendable, Hashable, Codable {
    /// Who issues the paper.
    public let name: String
    /// The day in words.
    public let day: String
    /// What the QR code says, such as an address; nil for none.
    public let code: String?
    /// What stands under the code.
    public let caption: String

    public init(name: String, day: String, code: String? = nil, caption: String = "") {
        self.name = name
        self.day = day
        self.code = code
        self.caption = caption
    }
}
