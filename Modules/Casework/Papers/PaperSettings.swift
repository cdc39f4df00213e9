public import Extension

/// What a deployment may set about its papers (`casework.papers`).
public struct PaperSettings: PluginSettings, Hashable {
    /// The word that stands for an agency in numbers (机关代字), by its name or credit code; without one, its name.
    public var words: [String: String] = [:]
    /// Where a person looks at a case, without the case's identifier; empty when the papers carry its number alone.
    public var caseAddress = ""
    /// Days to apply for administrative reconsideration (行政复议法第二十条: sixty).
    public var reconsiderationDays = 60
    /// To whom.
    public var reconsiderationAuthority = "本级人民政府"
    /// Months to bring an action (行政诉讼法第四十六条: six).
    public var litigationMonths = 6
    /// Where.
    public var court = "有管辖权的人民法院"

    public init() {}

    public init(from reader: SettingsReader) throws {
        let words = reader.value("words", doc: "各单位文号里的代字，例如 平江县公安局: 平公")
        caseAddress = try reader.text(
            "caseAddress", default: "", doc: "文书二维码里的查询地址，例如 https://ybs.example.gov.cn/cases")
        reconsiderationDays = try reader.int(
            "reconsiderationDays", default: 60, in: 60...365, doc: "申请行政复议的期限（日）")
        reconsiderationAuthority = try reader.text(
            "reconsiderationAuthority", default: "本级人民政府", doc: "向谁申请行政复议")
        litigationMonths = try reader.int("litigationMonths", default: 6, in: 6...24, doc: "提起行政诉讼的期限（月）")
        court = try reader.text("court", default: "有管辖权的人民法院", doc: "向哪个法院起诉")
        guard let words else { return }
        guard case .object(let members) = words else {
            reader.report(Finding(reader.place("words"), "settings.malformed", "words 应当逐行写“单位名称: 代字”。"))
            return
        }
        for (agency, word) in members {
            guard let word = word.string, !word.isEmpty, word.count <= 12 else {
                reader.report(
                    Finding("\(reader.place("words")).\(agency)", "settings.malformed", "代字应当是 1 到 12 个字，例如 平公。"))
                continue
            }
            self.words[agency] = word
        }
    }

    /// What can be done about a decision (救济途径).
    public var remedy: String {
        "如不服，可以自收到本文书之日起\(reconsiderationDays)日内向\(reconsiderationAuthority)申请行政复议，或者在\(litigationMonths)个月内依法向\(court)提起行政诉讼。"
    }
}
