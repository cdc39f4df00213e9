public import ArgumentParser
public import PluginKit

/// 跨域通办: which items are offered across regions, with whom and how, and the wire between two deployments over
/// which an application collected here is decided there (R13.1–R13.8).
public struct CrossRegionPlugin: ServicePlugin {
    public static let manifest = PluginManifest(
        id: "cross-region", version: "1.0.0", title: "跨域通办", owner: "行政审批服务局",
        requires: [.organisation, .casework, .identity])

    public static let migrations = CrossRegionSchema.migrations

    public static let encryptedColumns =
        CaseBook.encryptedColumns + MessageLog.encryptedColumns + OwnKeys.encryptedColumns

    public static var commands: [any ParsableCommand.Type] {
        [
            ShowCard.self, ListItems.self, AddItem.self, ImportItems.self, ListPartners.self, RecordPartner.self,
            EndPartner.self, ListAgreements.self, MakeAgreement.self, EndAgreement.self, ResendMessages.self,
            ListIncidents.self, ReconcileCases.self, ShowFigures.self,
        ]
    }

    /// Its settings.
    public struct Settings: PluginSettings {
        let code: String
        let cityTarget: Int
        let provinceTarget: Int
        let nationTarget: Int
        let clockSkewMinutes: Int
        let answerSeconds: Int

        public init(from reader: SettingsReader) throws {
            code = try reader.text("code", default: "", doc: "合作地区怎样称呼本部署，一般是区划代码；不写就是部署的区划代码")
            cityTarget = try reader.int("cityTarget", default: 180, in: 0...10_000, doc: "市内通办事项的目标数")
            provinceTarget = try reader.int("provinceTarget", default: 300, in: 0...10_000, doc: "省内通办事项的目标数")
            nationTarget = try reader.int("nationTarget", default: 140, in: 0...10_000, doc: "跨省通办事项的目标数")
            clockSkewMinutes = try reader.int(
                "clockSkewMinutes", default: 10, in: 1...720, doc: "和合作地区的时钟最多相差多少分钟")
            answerSeconds = try reader.int("answerSeconds", default: 15, in: 1...25, doc: "等合作地区应答的秒数")
        }

        func target(_ scope: Scope) -> Int {
            switch scope {
            case .city: cityTarget
            case .province: provinceTarget
            case .nation: nationTarget
            }
        }
    }

    private let service: CrossRegionService

    public init(settings: Settings, host: PluginHost) throws {
        service = try CrossRegionService(host, settings: settings)
    }

    public var contributions: [any Contribution] {
        ItemLists.manage
        CrossRegionService.collect
        CrossRegionService.decide
        service.lists.state.check()
        service.partners.partnerState.check()
        service.partners.agreementState.check()
        service.cases.state.check()
        RegisterEndpoints(service: service).all
        CaseEndpoints(service: service).all
        WireEndpoints(service: service).all
        RegisterPages(service: service).all
        CasePages(service: service).all
        Deliver(MessageWritten.name, as: CrossRegionService.Written.self, name: "send") { [service] event, _, act in
            try await service.send(event.message, to: event.partner, by: act)
        }
        // For a partner that was away longer than the outbox waits.
        Job("resend", every: .seconds(600)) { [service] act in
            _ = try await service.sendOpen(before: act.now.adding(.seconds(-1200)), by: act)
        }
        service.health
    }
}
