public import Standards
public import Storage

/// An e-licence (电子证照): one issued here and signed by us, or one issued elsewhere and recorded.
@dynamicMemberLookup
public struct Licence: Sendable, Hashable {
    public let id: Identifier
    /// What it says.
    public let statement: LicenceStatement
    /// The persons who may see it besides the holders, such as a newborn's guardian.
    public let viewers: [Identifier]
    /// Who issued it, seen from this deployment.
    public let origin: LicenceOrigin
    public let status: LicenceStatus
    /// Why it was revoked; nil for the other states.
    public let reason: LicenceRevocation?
    /// The original file of a licence from elsewhere: a blob's name.
    public let original: String?
    /// Goes up with every change of status.
    public let version: Int

    /// What the licence says: `licence.title`, `licence.issuedOn` and so on.
    public subscript<Value>(dynamicMember keyPath: KeyPath<LicenceStatement, Value>) -> Value {
        statement[keyPath: keyPath]
    }

    /// Whether it was taken over from a register elsewhere rather than recorded in a case.
    public var isImported: Bool { origin == .elsewhere && statement.caseID == nil }

    /// The name of its signed file.
    public var fileName: String { "\(statement.title)-\(id).\(LicenceFile.fileExtension)" }

    /// Its state on a day, for people: 有效, 已过期, 已暂扣, 已注销 and so on.
    public func standing(on day: LegalDay) -> String {
        if status == .valid, !isInForce(on: day) { return "已过期" }
        return status == .revoked ? reason?.ended ?? status.title : status.title
    }

    /// Whether it holds on a day: not suspended, not revoked, not superseded, not expired.
    public func isInForce(on day: LegalDay) -> Bool {
        status == .valid && (statement.validUntil.map { day <= $0 } ?? true)
    }
}

/// Who issued a licence, seen from this deployment.
public enum LicenceOrigin: String, Sendable, CaseIterable, SQLConvertible {
    /// An agency of this deployment: there is a file signed by us.
    case here
    /// A national, provincial or other system: number, day and original are recorded, and we never sign it.
    case elsewhere
}

/// The status of a licence (证照状态).
public enum LicenceStatus: String, Sendable, Codable, CaseIterable, SQLConvertible {
    case valid, suspended, revoked, superseded

    /// The status for people.
    public var title: String {
        switch self {
        case .valid: "有效"
        case .suspended: "已暂扣"
        case .revoked: "已撤销"
        case .superseded: "已换发"
        }
    }
}

/// Why a licence ends. A closed list, since the journal holds no free text about people.
public enum LicenceRevocation: String, Sendable, Codable, CaseIterable, SQLConvertible {
    /// 撤销: it should not have been issued.
    case withdrawn
    /// 注销: its ground has ceased, such as death or closure.
    case cancelled
    /// 吊销: taken away as a penalty.
    case penalty
    /// 更正: an error of ours; a right one is issued.
    case corrected

    /// The reason for people.
    public var title: String {
        switch self {
        case .withdrawn: "撤销"
        case .cancelled: "注销"
        case .penalty: "吊销"
        case .corrected: "更正"
        }
    }

    /// The state of a licence that ended for it, for people.
    public var ended: String { "已\(title)" }
}
