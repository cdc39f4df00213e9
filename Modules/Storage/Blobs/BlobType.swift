import Foundation

/// The kinds of file that people may hand in.
public enum BlobType: String, Sendable, CaseIterable, SQLConvertible {
    case pdf, png, jpeg, ofd, zip, json, xml, txt

    /// The media type under which the file is given out.
    public var mediaType: String {
        switch self {
        case .pdf: "application/pdf"
        case .png: "image/png"
        case .jpeg: "image/jpeg"
        case .ofd: "application/ofd"
        case .zip: "application/zip"
        case .json: "application/json"
        case .xml: "application/xml"
        case .txt: "text/plain"
        }
    }

    /// The name that people know.
    public var name: String {
        switch self {
        case .pdf: "PDF"
        case .png: "PNG 图片"
        case .jpeg: "JPEG 图片"
        case .ofd: "OFD"
        case .zip: "ZIP 压缩包"
        case .json: "JSON"
        case .xml: "XML"
        case .txt: "文本"
        }
    }

    /// The kind that a client declares by media type; nil for none or an unknown one.
    init?(mediaType: String) {
        let plain = mediaType.prefix { $0 != ";" }.lowercased().trimmingCharacters(in: .whitespaces)
        let synonyms: [String: BlobType] = [
            "image/jpg": .jpeg, "image/pjpeg": .jpeg, "application/x-zip-compressed": .zip, "text/xml": .xml,
            "application/vnd.ofd": .ofd, "application/x-ofd": .ofd,
        ]
        guard let type = BlobType.allCases.first(where: { $0.mediaType == plain }) ?? synonyms[plain] else {
            return nil
        }
        self = type
    }

    /// The kind that a file's name promises; nil for none or an unknown one.
    init?(fileName: String) {
        let ending = fileName.split(separator: ".").dropFirst().last?.lowercased() ?? ""
        guard let type = ending == "jpg" ? BlobType.jpeg : BlobType(rawValue: ending) else { return nil }
        self = type
    }
}

/// What a place accepts.
public struct BlobLimits: Sendable {
    /// Largest size, in bytes.
    public var maxBytes: Int
    public var types: Set<BlobType>
    /// Largest width and height of a picture, in pixels.
    public var maxPictureSide: Int
    /// Most pixels of a picture.
    public var maxPicturePixels: Int
    /// Most files inside an archive.
    public var maxArchiveEntries: Int
    /// Largest size of all files inside an archive together, in bytes.
    public var maxArchiveBytes: Int
    /// How many times larger than its compressed form a file inside an archive may be.
    public var maxArchiveRatio: Int

    public init(
        maxBytes: Int = 20 << 20, types: Set<BlobType> = [.pdf, .png, .jpeg, .ofd], maxPictureSide: Int = 20_000,
        maxPicturePixels: Int = 100_000_000, maxArchiveEntries: Int = 2000, maxArchiveBytes: Int = 200 << 20,
        maxArchiveRatio: Int = 200
    ) {
        self.maxBytes = maxBytes
        self.types = types
        self.maxPictureSide = maxPictureSide
        self.maxPicturePixels = maxPicturePixels
        self.maxArchiveEntries = maxArchiveEntries
        self.maxArchiveBytes = maxArchiveBytes
        self.maxArchiveRatio = maxArchiveRatio
    }
}
