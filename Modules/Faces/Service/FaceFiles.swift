import Cryptography
import Documents
import Extension
import Foundation

/// Reads the files that a face names, with everything that is wrong at once.
struct FaceFiles {
    /// The most that a drawing, a picture or a text may hold, in bytes.
    static let longestDrawing = 200 << 10
    static let longestPicture = 512 << 10
    static let longestText = 256 << 10
    /// The least and most pixels of a picture's sides.
    static let sides = 44...2_000

    /// The deployment's folder.
    let folder: String
    private(set) var findings: [Finding] = []

    init(folder: String) { self.folder = folder }

    /// The book of faces that settings and files make.
    mutating func book(_ settings: FaceSettings, name: String, sponsor: String, division: String) -> FaceBook {
        var city = Face(division: division, name: name)
        city.sponsor = sponsor
        city.organiser = settings.organiser
        city.hotline = settings.hotline
        city.icp = settings.icp
        city.police = settings.police
        city.links = settings.links
        city.palette = settings.palette
        city.logo = logo(settings.logo, "face.logo")
        city.accessibility = text(settings.accessibility, "face.accessibility").map(MarkdownText.init)
        var divisions: [String: Face] = [:]
        var aliases: [String: String] = [:]
        for (code, own) in settings.divisions {
            var face = city
            face.division = code
            if !own.name.isEmpty { face.name = own.name }
            if !own.sponsor.isEmpty {
                face.sponsor = own.sponsor
                face.organiser = ""
            }
            if !own.hotline.isEmpty { face.hotline = own.hotline }
            if let palette = own.palette { face.palette = palette }
            if !own.logo.isEmpty { face.logo = logo(own.logo, "face.divisions.\(code).logo") }
            divisions[code] = face
            if !own.alias.isEmpty { aliases[own.alias] = code }
        }
        let notice = text(settings.privacy, "face.privacy")
        var seen = "\(city)\(divisions.sorted { $0.key < $1.key })\(aliases.sorted { $0.key < $1.key })"
        seen += notice ?? ""
        return FaceBook(
            city: city, divisions: divisions, aliases: aliases, notice: notice, address: settings.address,
            version: Self.version(Array(seen.utf8)))
    }

    private mutating func find(_ field: String, _ code: String, _ message: String) {
        findings.append(Finding(field, "face.\(code)", message))
    }

    private mutating func bytes(_ path: String, _ field: String, longest: Int) -> [UInt8]? {
        let whole = "\(folder)/\(path)"
        let attributes = try? FileManager.default.attributesOfItem(atPath: whole)
        guard let size = (attributes?[.size] as? NSNumber)?.intValue,
            attributes?[.type] as? FileAttributeType == .typeRegular
        else {
            find(field, "missing", "没有文件 \(whole)。请放好文件，或去掉这项设置。")
            return nil
        }
        guard size <= longest else {
            find(field, "too_large", "\(path) 有 \(size >> 10) KB，最多 \(longest >> 10) KB。请缩小后再放。")
            return nil
        }
        guard let data = FileManager.default.contents(atPath: whole) else {
            find(field, "unreadable", "读不到 \(whole)，请检查文件的权限。")
            return nil
        }
        return Array(data)
    }

    private mutating func text(_ path: String, _ field: String) -> String? {
        if path.isEmpty { return nil }
        guard let bytes = bytes(path, field, longest: Self.longestText) else { return nil }
        guard let text = String(validating: bytes, as: UTF8.self), text.contains(where: { !$0.isWhitespace }) else {
            find(field, "text", "\(path) 是空的，或不是 UTF-8 编码。请另存为 UTF-8。")
            return nil
        }
        return text.hasPrefix("\u{FEFF}") ? String(text.dropFirst()) : text
    }

    private mutating func logo(_ path: String, _ field: String) -> Logo? {
        if path.isEmpty { return nil }
        let isDrawing = path.lowercased().hasSuffix(".svg")
        guard let bytes = bytes(path, field, longest: isDrawing ? Self.longestDrawing : Self.longestPicture) else {
            return nil
        }
        if isDrawing {
            do {
                let drawing = try SVGCleaner.clean(bytes, name: path)
                return Logo(
                    bytes: drawing.bytes, contentType: "image/svg+xml", version: Self.version(drawing.bytes),
                    dropped: drawing.dropped)
            } catch {
                find(field, "drawing", (error as? DocumentsError)?.message ?? "\(path) 不是能用的 SVG。")
                return nil
            }
        }
        guard let (width, height) = Self.pngSize(bytes) else {
            find(field, "picture", "\(path) 不是 PNG 图片。请另存为 PNG 或 SVG。")
            return nil
        }
        guard Self.sides.contains(width), Self.sides.contains(height) else {
            find(
                field, "picture",
                "\(path) 是 \(width)×\(height) 像素，每边应在 \(Self.sides.lowerBound) 到 \(Self.sides.upperBound) 之间。")
            return nil
        }
        return Logo(bytes: bytes, contentType: "image/png", version: Self.version(bytes), dropped: [])
    }

    /// The size that a PNG's header declares; nil for any other file.
    private static func pngSize(_ bytes: [UInt8]) -> (Int, Int)? {
        let head: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52]
        guard bytes.count > 33, bytes.starts(with: head) else { return nil }
        func number(_ at: Int) -> Int { bytes[at..<at + 4].reduce(0) { $0 << 8 | Int($1) } }
        return (number(16), number(20))
    }

    private static func version(_ bytes: [UInt8]) -> String { Hex.encode(Array(SM3.hash(bytes).prefix(6))) }
}
