import Catalogue
import Cryptography
import Documents
public import Extension
public import Standards

/// What a packet of a case holds: each file with its digest, so that a later reader can check them.
public struct ArchiveIndex: SchemaType {
    public var number = ""
    public var title = ""
    public var madeAt = Instant(milliseconds: 0)
    public var members: [ArchiveMember] = []

    public init() {}

    public static let schema = Schema<Self> {
        Field("number", \.number, .text(max: 60), doc: "办件编号")
        Field("title", \.title, .text(max: 60), doc: "主题名称")
        Field("made_at", \.madeAt, .instant, doc: "打包时间")
        Field("members", \.members, .list(of: .object), doc: "包内文件")
    }
}

/// One file of a packet.
public struct ArchiveMember: SchemaType {
    public var name = ""
    /// What it is.
    public var about = ""
    /// In bytes.
    public var size = 0
    /// SM3 in hex.
    public var sm3 = ""

    public init() {}

    public static let schema = Schema<Self> {
        Field("name", \.name, .text(max: 400), doc: "包内路径")
        Field("about", \.about, .text(max: 200), doc: "是什么")
        Field("size", \.size, .integer(in: 0...Int(Int64.max >> 12)), doc: "字节数")
        Field("sm3", \.sm3, .text(max: 64), doc: "SM3 摘要")
    }
}

/// Packs one case: its papers, the form, the materials, the results and the journal, one file at a time.
struct CaseArchive {
    private let zip: ZipWriter
    private(set) var index = ArchiveIndex()

    init(path: String, of sight: CaseSight, at now: Instant) throws {
        zip = try ZipWriter(path: path)
        index.number = sight.file.number ?? ""
        index.title = sight.theme.title
        index.madeAt = now
    }

    mutating func add(_ name: String, about: String, _ bytes: [UInt8], at time: Instant? = nil) throws {
        try zip.add(name, bytes, time: Int((time ?? index.madeAt).milliseconds / 1000))
        var member = ArchiveMember()
        member.name = name
        member.about = about
        member.size = bytes.count
        member.sm3 = Hex.encode(SM3.hash(bytes))
        index.members.append(member)
    }

    /// Adds the index in both forms and finishes.
    func finish(_ office: PaperOffice) async throws -> ArchiveIndex {
        let time = Int(index.madeAt.milliseconds / 1000)
        try zip.add("目录.json", index.json, time: time)
        try zip.add("目录.pdf", try await office.pdf(page), time: time)
        try zip.finish()
        return index
    }

    private var page: PageDocument {
        PageDocument(
            title: "办件档案目录", number: "", date: index.madeAt.day.text,
            blocks: [
                .table([
                    PageRow("办件编号", index.number), PageRow("事项", index.title),
                    PageRow("打包日期", index.madeAt.day.chineseDate), PageRow("文件数", "\(index.members.count)"),
                ]),
                .grid(
                    PageGrid(
                        columns: ["序号", "文件", "字节", "SM3"], shares: [2, 8, 3, 9],
                        rows: index.members.enumerated().map { offset, member in
                            ["\(offset + 1)", "\(member.about)\n\(member.name)", "\(member.size)", member.sm3]
                        })),
                .note("目录.json 是同样的内容，供程序核对。每个文件的 SM3 摘要与此不符的，说明打包之后被改动过。"),
            ])
    }

    /// A name that any file system takes.
    static func safe(_ name: String) -> String {
        let kept = name.unicodeScalars.map { scalar -> Character in
            scalar.value < 32 || "/\\:*?\"<>|".unicodeScalars.contains(scalar) ? "_" : Character(scalar)
        }
        return String(String(kept).suffix(80))
    }
}
