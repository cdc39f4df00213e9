public import ArgumentParser
public import Extension
import Standards
import Storage

/// `yiciban licence scan CODE --as clerk`
public struct ReadPresentation: KernelCommand {
    public static let configuration = CommandConfiguration(
        commandName: "scan", abstract: "扫亮码：看对方同意出示的证照内容，计一次")

    @OptionGroup public var common: CommonOptions

    @Argument(help: "扫到的内容：二十位的码，或以它结尾的网址")
    var code: String

    public init() {}

    public func validate() throws {
        guard PresentationCode(code) != nil else { throw ValidationError("这不是亮码。亮码是二十位字母和数字，或以它结尾的网址。") }
    }

    public func run(in context: CommandContext) async throws {
        let service = try context.services(LicenceService.self)
        let act = try await context.act(common.account)
        guard let code = PresentationCode(code) else { throw LicenceError.unreadableCode }
        let reading = try await service.database.write { try service.readPresentation(code, by: act, in: $0) }
        let json = try JSONParser.parse(reading.json)
        context.output.print(Self.text(reading), json: json)
    }

    private static func text(_ reading: PresentationReading) -> String {
        let licences = reading.licences.map { shown -> String in
            let head = [
                "\(shown.title)　\(shown.standing)", "颁发机构　\(shown.issuer)",
                "有效期至　\(shown.validUntil?.chineseDate ?? "长期有效")",
            ]
            let tail = shown.notice.map { ["须知　\($0)"] } ?? []
            return (head + shown.fields.map { "\($0.label)　\($0.value)" } + tail).joined(separator: "\n")
        }
        let purpose = reading.purpose.isEmpty ? [] : ["用途　\(reading.purpose)"]
        return (purpose + (licences.isEmpty ? ["没有有效的证照。"] : licences)).joined(separator: "\n\n")
    }
}
