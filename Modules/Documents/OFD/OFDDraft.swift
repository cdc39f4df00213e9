/// An OFD document in the making: its files, and where the seals go; whoever seals it adds the rest.
public struct OFDDraft: Sendable, Hashable {
    /// A file of the package.
    public struct File: Sendable, Hashable {
        /// The path from the package's root, without a leading `/`.
        public let path: String
        public let bytes: [UInt8]

        public init(path: String, bytes: [UInt8]) {
            self.path = path
            self.bytes = bytes
        }
    }

    /// The place of a seal.
    public struct Place: Sendable, Hashable {
        /// The page's ID in the document.
        public let page: Int
        /// The middle of the seal from the upper left corner, in millimetres.
        public let x: Double
        public let y: Double
    }

    public var files: [File]
    public let places: [Place]
    /// Where the list of signatures will lie; `OFD.xml` names it already, since its digest is signed.
    public let signatureList: String

    /// The package.
    ///
    /// - Throws: ``DocumentsError`` when it can't be written.
    public func package() throws -> [UInt8] {
        try ArchiveBytes.make(files.map { ($0.path, $0.bytes) })
    }
}
