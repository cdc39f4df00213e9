public import ArgumentParser
public import Extension

/// `yiciban face show`
public struct ShowFace: KernelCommand {
    public static let configuration = CommandConfiguration(
        commandName: "show", abstract: "门户形象：名称、徽标、颜色、备案号和各区划的子站，以及文件有没有问题")

    @OptionGroup public var common: CommonOptions

    public init() {}

    public func run(in context: CommandContext) async throws {
        let service = try context.services(FaceService.self)
        let book = service.shelf.book
        let findings = service.shelf.findings
        let notice = try await service.notice(by: try await context.act(common.account))
        let codes = [book.city.division] + book.divisionCodes
        let lines = codes.map { code in Self.line(book.face(of: code), word: book.word(for: code)) }
        let told = findings.map { "有误：\($0.field)：\($0.message)" }
        context.output.print(
            (lines + [notice.map { "个人信息保护告知：第 \($0.version) 版" } ?? "个人信息保护告知：用自带的说明"] + told)
                .joined(separator: "\n"),
            json: [
                "faces": .array(codes.map { Self.json(book.face(of: $0), word: book.word(for: $0)) }),
                "notice": notice.map { .integer(Int64($0.version)) } ?? .null,
                "findings": .array(
                    findings.map { ["field": .string($0.field), "message": .string($0.message)] }),
            ])
        if !findings.isEmpty { throw ExitCode.failure }
    }

    private static func line(_ face: Face, word: String) -> String {
        [
            face.division, word == face.division ? nil : "/d/\(word)", face.name, "热线 \(face.hotline)",
            face.palette.map { "主色 \($0.primary.text)" }, face.logo.map { "徽标 \($0.bytes.count >> 10) KB" },
            face.sponsor.isEmpty ? nil : "主办 \(face.sponsor)",
        ].compactMap(\.self).joined(separator: "　")
    }

    private static func json(_ face: Face, word: String) -> JSONValue {
        [
            "division": .string(face.division), "word": .string(word), "name": .string(face.name),
            "hotline": .string(face.hotline), "agency": .string(face.sponsor),
            "colour": face.palette.map { .string($0.primary.text) } ?? .null, "logo": .bool(face.logo != nil),
        ]
    }
}

extension FaceBook {
    /// The divisions with a face of their own, in the order of their codes.
    public var divisionCodes: [String] { divisions.keys.sorted() }
}
