public import Documents
public import Standards
public import Storage

/// Where a seal stands in its life (印章的状态).
public enum SealLifeState: String, Sendable, CaseIterable, SQLConvertible, Codable {
    /// 已申请: an agency asks for it.
    case applied
    /// 未批准.
    case refused
    /// 已批准.
    case approved
    /// 已制作: it waits to be received.
    case made
    /// 使用中: its agency has received it.
    case inForce = "in_force"
    /// 暂停使用.
    case suspended
    /// 已注销.
    case revoked
    /// 已更换: a newer one took its place.
    case replaced

    /// The state for people.
    public var title: String {
        switch self {
        case .applied: "待审批"
        case .refused: "未批准"
        case .approved: "待制作"
        case .made: "待领取"
        case .inForce: "使用中"
        case .suspended: "暂停使用"
        case .revoked: "已注销"
        case .replaced: "已更换"
        }
    }

    /// Whether nothing can follow any more.
    public var isFinal: Bool { [.refused, .revoked, .replaced].contains(self) }
}

/// What a seal is for (印章的种类).
public enum SealKind: String, Sendable, CaseIterable, SQLConvertible, Codable {
    /// 单位公章: for everything that the organ does.
    case official
    /// 审批专用章: for the powers that are named with it and for nothing else, as a park's single approval seal is.
    case approval

    /// The kind for people.
    public var title: String {
        switch self {
        case .official: "单位公章"
        case .approval: "审批专用章"
        }
    }
}

/// An electronic seal in this deployment's register (印章登记).
public struct Seal: Sendable, Hashable {
    public let id: Identifier
    /// The one organ to which it is bound.
    public let agency: Identifier
    public let kind: SealKind
    public let design: SealDesign
    /// The keys of the items for which it may be used; empty for all, and never empty for an approval seal.
    public let powers: [String]
    public let state: SealLifeState
    /// The account that applied for it; nil for the system.
    public let applicant: Identifier?
    /// The seal whose place it takes.
    public let replaces: Identifier?
    /// The signer's certificate by its fingerprint, once it is made.
    public let certificate: String?
    /// The signer's key.
    let key: Identifier?
    /// The identifier inside of the seal (`esID`).
    public let identifier: String?
    /// The encoding, once it is made (`SESeal`).
    public let encoding: [UInt8]?
    /// The last moment of its validity, once it is made.
    public let validUntil: Instant?
    /// Since when it is suspended, revoked or replaced.
    public let endedAt: Instant?
    /// Goes up with every step.
    public let version: Int

    /// What people call it.
    public var name: String { design.purpose.isEmpty ? design.organ : "\(design.organ)\(design.purpose)" }

    /// Whether it may be used for an item.
    public func covers(_ power: String) -> Bool { powers.isEmpty ? kind == .official : powers.contains(power) }

    static let columns = """
        id, agency, kind, organ, purpose, shape, powers, state, applicant, replaces, certificate, key, identifier, seal,
        valid_until, ended_at, version
        """

    init(_ row: Row) throws {
        id = try row.get("id")
        agency = try row.get("agency")
        kind = try row.get("kind")
        design = SealDesign(
            shape: SealDesign.Shape(rawValue: try row.get("shape")) ?? .round, organ: try row.get("organ"),
            purpose: try row.get("purpose"))
        powers = try row.get("powers", as: String.self).split(separator: "\n").map(String.init)
        state = try row.get("state")
        applicant = try? Identifier(try row.get("applicant", as: String.self))
        replaces = try row.get("replaces")
        certificate = try row.get("certificate")
        key = try row.get("key")
        identifier = try row.get("identifier")
        encoding = try row.get("seal")
        validUntil = try row.get("valid_until")
        endedAt = try row.get("ended_at")
        version = try row.get("version")
    }
}
