import Documents
import Extension
public import Storage

/// What an agency asks for.
public struct SealApplication: Sendable, Hashable {
    public var agency: Identifier
    public var kind: SealKind
    public var shape: SealShape
    /// The name along the rim; the agency's own name when empty.
    public var organ: String
    /// What it is for; empty for an official seal.
    public var purpose: String
    /// The items for which it may be used; an approval seal names at least one.
    public var powers: [String]
    /// The seal whose place it takes (换发).
    public var replaces: Identifier?

    public init(
        agency: Identifier, kind: SealKind = .official, shape: SealShape = .round, organ: String = "",
        purpose: String = "", powers: [String] = [], replaces: Identifier? = nil
    ) {
        self.agency = agency
        self.kind = kind
        self.shape = shape
        self.organ = organ
        self.purpose = purpose
        self.powers = powers
        self.replaces = replaces
    }

    /// All that is wrong with it by itself.
    ///
    /// - Parameter name: the agency's name on the day.
    func findings(agencyNamed name: String) -> [Finding] {
        var findings: [Finding] = []
        func find(_ field: String, _ code: String, _ message: String) {
            findings.append(Finding(field, "eseal.\(code)", message))
        }
        let organ = organ.isEmpty ? name : organ
        // A seal shows whose it is: the name on it must be the organ's.
        if organ != name { find("organ", "organ.other", "印章上的单位名称应为“\(name)”，与单位现用名称一致。") }
        if organ.count > SealDesign.maximumName {
            find("organ", "organ.length", "单位名称超过 \(SealDesign.maximumName) 个字，刻在印章上看不清，请联系制章人员。")
        }
        if purpose.count > 12 { find("purpose", "purpose.length", "用途不超过 12 个字，例如“行政审批专用章”。") }
        if kind == .approval, purpose.isEmpty { find("purpose", "purpose.missing", "审批专用章要写明用途，例如“行政审批专用章”。") }
        if kind == .official, !purpose.isEmpty { find("purpose", "purpose.unwanted", "单位公章不刻用途。请去掉用途，或改选审批专用章。") }
        if kind == .approval, powers.isEmpty { find("powers", "powers.missing", "审批专用章要列明可用于哪些事项，至少一项。") }
        if kind == .official, !powers.isEmpty { find("powers", "powers.unwanted", "单位公章不限事项。请去掉事项，或改选审批专用章。") }
        let faulty = powers.filter { $0.isEmpty || $0.count > 120 || $0.contains("\n") }
        if !faulty.isEmpty || powers.count > 500 { find("powers", "powers.form", "事项编号一行一个，每个不超过 120 个字，最多 500 个。") }
        return findings
    }
}

/// The outline of a seal that is applied for, with its size.
public enum SealShape: String, Sendable, CaseIterable, Codable {
    case round, oval

    private var shape: SealDesign.Shape { SealDesign.Shape(rawValue: rawValue) ?? .round }

    /// The shape for people.
    public var title: String { shape.title }
    /// In millimetres.
    public var width: Int { shape.width }
    /// In millimetres.
    public var height: Int { shape.height }
}
