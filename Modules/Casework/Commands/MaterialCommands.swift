import ArgumentParser
import Extension
import Storage

/// `yiciban case attach ID SLOT FILE`
struct AttachFile: CaseStepCommand {
    static let configuration = CommandConfiguration(commandName: "attach", abstract: "上传一份材料，或补交容缺的材料")

    @OptionGroup var target: CaseTarget

    @Argument(help: "材料，见 case show")
    var slot: String

    @Argument(help: "文件：PDF、PNG、JPEG 或 OFD", completion: .file())
    var file: String

    @OptionGroup var common: CommonOptions

    func step(_ id: Identifier, _ service: CaseworkService, _ act: Act) async throws -> CaseStep {
        let file = try LocalFile.read(file, limit: service.rules.maximumFileSize)
        let prepared = try service.prepare(file, by: act)
        return { [slot] in try service.attach(prepared, to: slot, of: id, by: act, in: $0) }
    }
}

/// `yiciban case substitute ID SLOT --commitment | --later | --none`
struct SubstituteMaterial: CaseStepCommand {
    static let configuration = CommandConfiguration(
        commandName: "substitute", abstract: "材料可以不交的办法：告知承诺，或容缺后补")

    enum Way: String, EnumerableFlag {
        case commitment, later, none

        static func help(for value: Way) -> ArgumentHelp? {
            switch value {
            case .commitment: "用书面承诺代替"
            case .later: "先受理，在期限内补交"
            case .none: "取消承诺或后补，改为上传"
            }
        }
    }

    @OptionGroup var target: CaseTarget

    @Argument(help: "材料，见 case show")
    var slot: String

    @Flag(help: "用哪种办法")
    var way: Way

    @OptionGroup var common: CommonOptions

    func step(_ id: Identifier, _ service: CaseworkService, _ act: Act) async throws -> CaseStep {
        let substitute = MaterialSubstitute(rawValue: way.rawValue)
        return { [slot] in try service.substitute(slot, by: substitute, of: id, by: act, in: $0) }
    }
}
