public import Extension
public import Standards
public import Storage

/// What happened to a licence, in its order.
public struct LicenceHistory: SchemaType {
    /// One thing that happened.
    public struct Line: SchemaType {
        public var at = Instant(milliseconds: 0)
        public var title = ""
        /// Who did it: the kind of person, never a name.
        public var who = ""

        public init() {}

        public static let schema = Schema<Line> {
            Field("at", \.at, .instant, doc: "时间")
            Field("title", \.title, .text(max: 60), doc: "发生了什么")
            Field("who", \.who, .text(max: 60), doc: "由谁")
        }
    }

    public var lines: [Line] = []

    public init() {}

    public static let schema = Schema<LicenceHistory> {
        Field("lines", \.lines, .list(of: .object, max: LicenceHistory.limit), doc: "经过，最近的在前")
    }

    /// How many entries are told, the newest ones.
    static let limit = 200
}

extension LicenceService {
    /// What happened to a licence, newest first, for who may see it; who looked at it is part of it.
    ///
    /// - Throws: ``LicenceError`` `not_found`.
    public func history(of id: Identifier, by act: Act) async throws -> LicenceHistory {
        try await history(of: try await licence(id, by: act))
    }

    /// As ``history(of:by:)``, for whoever has just been shown the licence; that look is its first line.
    public func history(of licence: Licence) async throws -> LicenceHistory {
        try await lookUps.flush()
        let records = try await database.read {
            try Journal.latest(of: Self.stream(of: licence), limit: LicenceHistory.limit, in: $0)
        }
        var history = LicenceHistory()
        history.lines = records.map { record in
            var line = LicenceHistory.Line()
            line.at = record.at
            line.title = LicenceEventTitles.title(of: record.entry)
            line.who = LicenceEventTitles.who(record.entry.actor)
            return line
        }
        return history
    }

    /// The decision on which a licence's present state rests, and since when; nil while nothing has become of it.
    public func standing(of id: Identifier) async throws -> (basis: String, since: Instant)? {
        let register = register
        return try await database.read { try register.standing(of: id, in: $0) }
    }

    /// What the actor's agency issued or recorded, newest first; with a number or identifier, what has it.
    ///
    /// - Throws: ``Problem/forbidden`` for others than staff who may manage licences.
    public func issued(
        numbered number: String? = nil, before cursor: Identifier? = nil, limit: Int = 50, by act: Act
    ) async throws -> [Licence] {
        guard act.actor.holds(Self.manage), let agency = act.actor.post?.agency else { throw Problem.forbidden }
        let register = register
        let licences = try await database.read { snapshot -> [Licence] in
            guard let number = number?.withoutInvisibles, !number.isEmpty else {
                return try register.issued(by: agency, before: cursor, limit: min(max(limit, 1), 201), in: snapshot)
            }
            if let found = try register.find(identifier: number.uppercased(), in: snapshot) {
                return try register.find(found.id, in: snapshot).map { [$0] } ?? []
            }
            return try register.find(number: number, of: agency, in: snapshot)
        }.filter { $0.statement.issuer.agency == agency }
        try await lookUps.note(
            IssuedLicencesListed(agency: agency, count: licences.count, at: act.now),
            stream: StreamID(division: division, kind: "licence-desk", id: agency.text), by: act)
        return licences
    }
}

/// The Chinese names of what happens to a licence.
enum LicenceEventTitles {
    private static let titles: [String: String] = [
        LicenceIssued.name: "签发", LicenceRecorded.name: "登记", LicenceRevoked.name: "撤销、注销",
        LicenceSuspended.name: "暂扣", LicenceResumed.name: "恢复使用", LicenceReissued.name: "换发为新的版本",
        LicenceSuperseded.name: "被新的版本取代", LicenceSealed.name: "加盖电子印章", LicenceLookedUp.name: "查看",
        LicenceProved.name: "持证人出具离线凭证",
    ]

    static func title(of entry: JournalEntry) -> String {
        if entry.type == LicenceLookedUp.name, let seen = try? EventCoding.decode(LicenceLookedUp.self, entry.body) {
            guard let ground = seen.ground else { return "有人想看，没有权限" }
            let part =
                switch seen.part {
                case .content: "查看"
                case .file: "下载文件"
                case .original: "下载原件"
                }
            switch ground {
            case .caseMaterial: return "\(part)（在办件中代替纸质材料）"
            case .presentation: return "扫码查看（持证人亮码）"
            case .party, .agency, .permission, .system: return part
            }
        }
        if entry.type == LicenceRevoked.name, let revoked = try? EventCoding.decode(LicenceRevoked.self, entry.body) {
            return revoked.reason.title
        }
        if entry.type == LicenceReissued.name, let new = try? EventCoding.decode(LicenceReissued.self, entry.body) {
            return "因\(new.ground.title)签发这一版本"
        }
        return titles[entry.type] ?? entry.type
    }

    /// The kind of actor; the journal names actors by identifiers alone.
    static func who(_ actor: String) -> String {
        switch actor.split(separator: ":").first {
        case "person":
            actor.contains(" through staff:")
                ? "本人（窗口代办）" : actor.contains(" through person:") ? "本人（他人代办）" : "本人或有权的人"
        case "staff": "工作人员"
        case "system": "系统"
        default: "未登录的人"
        }
    }
}
