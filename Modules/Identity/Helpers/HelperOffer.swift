import Extension
public import Standards

/// What a person lets a helper do, as it is typed.
public struct HelperOffer: Sendable, Hashable {
    public var relation: HelperGrant.Relation?
    /// The themes; empty for all.
    public var scope: Set<String> = []
    /// The last day.
    public var validUntil: LegalDay?

    public init() {}

    /// The longest term in days; who needs more renews it, so that a forgotten grant ends by itself.
    public static let longestTerm = 365

    /// What is wrong with it on a day, all at once.
    func findings(on day: LegalDay) -> [Finding] {
        var findings: [Finding] = []
        if relation == nil || relation == .guardian {
            findings.append(Finding("relation", "field.required", "请选择对方是您的什么人。"))
        }
        if scope.count > 50 || scope.contains(where: { !(1...60).contains($0.count) }) {
            findings.append(Finding("scope", "identity.helper_scope", "选的事太多了，请少选几件，或者选“全部”。"))
        }
        if let validUntil {
            if validUntil < day {
                findings.append(Finding("valid_until", "identity.helper_term", "截止日期已经过去，请改一个以后的日期。"))
            } else if day.adding(days: Self.longestTerm) < validUntil {
                findings.append(Finding("valid_until", "identity.helper_term", "一次授权最长一年，到期可以再授权。请改早一些。"))
            }
        } else {
            findings.append(Finding("valid_until", "field.required", "请填写授权到哪一天为止。"))
        }
        return findings
    }
}

/// Whom a person names as its helper, as the card says.
public struct NamedHelper: Sendable, Hashable {
    public var name: String
    public var idNumber: String

    public init(name: String, idNumber: String) {
        self.name = name
        self.idNumber = idNumber
    }
}

/// A code by which a helper accepts a grant (授权码): eight letters and digits, read out on the telephone.
public struct HelperCode: Sendable, Hashable {
    /// Eight letters and digits.
    public let text: String

    private static let alphabet = Array("23456789ABCDEFGHJKLMNPQRSTUVWXYZ")
    private static let length = 8

    /// How long a code can be entered.
    public static let lifetime: Duration = .seconds(24 * 3600)

    init(bytes: [UInt8]) {
        text = String(bytes.prefix(Self.length).map { Self.alphabet[Int($0) % Self.alphabet.count] })
    }

    /// Reads what was typed, however spaced; nil for anything of another form.
    public init?(_ typed: String) {
        let text = typed.uppercased().filter { !$0.isWhitespace && $0 != "-" }
        guard text.count == Self.length, text.allSatisfy(Self.alphabet.contains) else { return nil }
        self.text = text
    }

    /// As people read it out: two groups of four.
    public var shown: String { "\(text.prefix(4)) \(text.suffix(4))" }
}
