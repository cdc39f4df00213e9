import Cryptography
import Documents

/// An OFD package from outside (GB/T 33190-2016), as far as its signatures need it.
final class OFDPackage {
    static let namespace = "http://www.ofdspec.org/2016"

    /// One entry of `Signatures.xml`.
    struct SignatureEntry {
        /// The path of its `Signature.xml`.
        let description: String
        /// The document type in which it stands: `Seal` or `Sign`.
        let type: String
    }

    let archive: ArchiveReader
    /// The lists of signatures, one for each document in the package.
    private(set) var signatureLists: [String] = []
    private var digests: [String: [UInt8]] = [:]

    /// - Throws: ``DocumentsError`` for what is no sound archive, or one without `OFD.xml`.
    init(_ bytes: [UInt8]) throws {
        archive = try ArchiveReader(bytes, limits: ArchiveReader.Limits(unpacked: 96 << 20, held: 8 << 20))
        let root = try xml("OFD.xml")
        guard root.name == "OFD" else {
            throw DocumentsError(.damaged, "OFD.xml 的内容不是 OFD 文件的目录。请向出具单位重新索取。")
        }
        for body in root.children("DocBody") {
            guard let path = body.child("Signatures")?.text, !path.isEmpty else { continue }
            signatureLists.append(try resolve(path, from: "OFD.xml"))
        }
    }

    func xml(_ path: String) throws -> XMLTree { try XMLTree.read(try archive.bytes(of: path), path) }

    /// The signatures of a list.
    func entries(of list: String) throws -> [SignatureEntry] {
        try xml(list).children("Signature").map { entry in
            SignatureEntry(
                description: try resolve(entry.attributes["BaseLoc"] ?? "", from: list),
                type: entry.attributes["Type"] ?? "Seal")
        }
    }

    /// The digest of a file, computed once; the file is never held in memory.
    func digest(of path: String) throws -> [UInt8] {
        if let known = digests[path] { return known }
        var hasher = SM3.Hasher()
        try archive.read(path) { hasher.update($0) }
        let digest = hasher.finalize()
        digests[path] = digest
        return digest
    }

    /// The member that a location means: absolute from the root, else beside the file that names it, or, as some
    /// programs write it, below the document's folder.
    ///
    /// - Throws: ``DocumentsError`` with `document.unsafe_path` when it leads outside, `document.missing` when there is
    ///   no such member.
    func resolve(_ location: String, from file: String) throws -> String {
        let folder = file.split(separator: "/").dropLast().map(String.init)
        let bases = location.hasPrefix("/") ? [[]] : [folder, Array(folder.prefix(1)), []]
        var first: String?
        for base in bases {
            let path = try Self.normalized(base + location.split(separator: "/").map(String.init), location)
            if archive.contains(path) { return path }
            first = first ?? path
        }
        throw DocumentsError(.missing, "“\(file)”提到的“\(location.prefix(120))”不在文件里，文件不完整。请向出具单位重新索取。")
    }

    private static func normalized(_ parts: [String], _ location: String) throws -> String {
        var path: [String] = []
        for part in parts where part != "." {
            if part == ".." {
                guard path.popLast() != nil else {
                    throw DocumentsError(.unsafePath, "路径“\(location.prefix(120))”指向文件之外，可能有害。请不要使用这个文件。")
                }
            } else {
                path.append(part)
            }
        }
        return path.joined(separator: "/")
    }
}
