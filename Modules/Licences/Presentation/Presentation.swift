public import Standards
public import Storage

/// Licences that their holder shows somebody by a short-lived code (亮码): which, what of them, to whom, how long.
public struct Presentation: Sendable, Hashable {
    public let id: Identifier
    /// Whose licences are shown: a person or an enterprise.
    public let party: Identifier
    public let content: PresentationContent
    public let audience: PresentationAudience
    /// How many more times it may be read.
    public let usesLeft: Int
    public let expires: Instant
    /// When the holder stopped it; nil while it runs.
    public let ended: Instant?

    /// Whether it can be read at an instant.
    public func isOpen(at instant: Instant) -> Bool { ended == nil && usesLeft > 0 && instant < expires }
}

/// To whom a presentation is bound (出示对象).
public enum PresentationAudience: Sendable, Hashable {
    /// Whoever has the code in front of it, such as a bank's clerk.
    case anyone
    /// Staff of one agency; nil for whichever agency reads it first.
    case agency(Identifier?)

    var text: String {
        switch self {
        case .anyone: "anyone"
        case .agency(nil): "staff"
        case .agency(let id?): id.text
        }
    }

    init(_ text: String) throws {
        self =
            switch text {
            case "anyone": .anyone
            case "staff": .agency(nil)
            default: .agency(try Identifier(text))
            }
    }
}

/// What of licences is shown. Title, issuer, state and validity always are.
public struct PresentationContent: Sendable, Hashable, Codable {
    /// The licences; empty for all that the holder has (一照通, R04.6).
    public let licences: [Identifier]
    /// The labels of what is shown of them, those of ``LicencePart`` among them.
    public let labels: Set<String>
    /// What for, in the holder's words; empty where none is said.
    public let purpose: String

    public init(licences: [Identifier], labels: Set<String>, purpose: String) {
        self.licences = licences
        self.labels = labels
        self.purpose = purpose
    }
}

/// What every licence has beside the lines of its own.
public enum LicencePart: String, Sendable, CaseIterable {
    case holder = "持证主体"
    case idNumber = "证件号码"
    case number = "证照编号"
    case issuedOn = "颁发日期"

    func value(of statement: LicenceStatement) -> String {
        switch self {
        case .holder: statement.holders.map(\.name).joined(separator: "、")
        case .idNumber: statement.holders.compactMap(\.idNumber).joined(separator: "、")
        case .number: statement.number
        case .issuedOn: statement.issuedOn.chineseDate
        }
    }
}

extension Licence {
    /// Everything that can be shown of it, by label.
    public var presentable: [LicenceField] {
        let parts = LicencePart.allCases.map { LicenceField($0.rawValue, $0.value(of: statement)) }
        let own = Set(LicencePart.allCases.map(\.rawValue))
        return (parts + statement.fields.filter { !own.contains($0.label) }).filter { !$0.value.isEmpty }
    }
}
