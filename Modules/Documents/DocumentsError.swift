/// Why a file can't be read or written: what happened, to what, and what to do.
public struct DocumentsError: Error, Sendable, Equatable, CustomStringConvertible {
    /// A stable code.
    public struct Code: RawRepresentable, Hashable, Sendable {
        public let rawValue: String
        public init(rawValue: String) { self.rawValue = rawValue }

        /// The file can't be opened or read.
        public static let unreadable = Code(rawValue: "document.unreadable")
        /// The file is not what its name says, or is damaged.
        public static let damaged = Code(rawValue: "document.damaged")
        /// The file is larger, wider or longer than a limit.
        public static let tooLarge = Code(rawValue: "document.too_large")
        /// The text is in no encoding that we read.
        public static let encoding = Code(rawValue: "document.encoding")
        /// The file holds something that is refused for safety, such as a document type declaration.
        public static let unsafe = Code(rawValue: "document.unsafe")
        /// A member of an archive would lie outside of it, or under a name that isn't one.
        public static let unsafePath = Code(rawValue: "document.unsafe_path")
        /// An archive has two members of one name, so that two programs may read two different ones.
        public static let duplicate = Code(rawValue: "document.duplicate")
        /// An archive has no member of a name.
        public static let missing = Code(rawValue: "document.missing")
        /// There is no sheet with the wanted name.
        public static let noSheet = Code(rawValue: "document.no_sheet")
        /// A sheet has merged cells, of which all but one are empty.
        public static let mergedCells = Code(rawValue: "document.merged_cells")
        /// The machine lacks the fonts of papers.
        public static let noFont = Code(rawValue: "document.no_font")
        /// The file can't be written.
        public static let unwritable = Code(rawValue: "document.unwritable")
    }

    /// The stable code.
    public let code: Code
    /// What happened and what to do, in Chinese.
    public let message: String

    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    public var description: String { "\(message)[\(code.rawValue)]" }
}
