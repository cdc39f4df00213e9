import PluginKit

/// Something that may be called or opened, with who may.
struct AccessEntry: Sendable {
    enum Kind: String {
        case endpoint = "接口"
        case page = "页面"
        case protocolEndpoint = "协议接口"
    }

    let kind: Kind
    let method: String
    /// The whole path from `/`.
    let path: String
    let summary: String
    let owner: String
    /// Nil for what a protocol has its own rules for.
    let access: Access?
    /// Who may, in Chinese.
    let admitted: String

    /// The permissions of which one is needed; empty where none is.
    var permissions: [Permission] {
        switch access {
        case .staff(let permission): [permission]
        case .staffWithAny(let permissions): permissions
        case .anyone, .signedIn, .person, .personOrHelper, .personAlone, nil: []
        }
    }
}

/// Everything that may be called or opened (访问矩阵), from what the services and plugins contributed; the portal's own pages
/// are unknown here.
struct AccessBook: Sendable {
    let entries: [AccessEntry]
    let permissions: [Permission]

    init(_ registry: Registry) {
        let endpoints = registry.endpoints.map {
            AccessEntry(
                kind: .endpoint, method: $0.value.method.rawValue, path: "/api/v1/\($0.path)",
                summary: $0.value.summary, owner: $0.owner, access: $0.value.access,
                admitted: $0.value.access.chinese)
        }
        let pages = registry.pages.map {
            AccessEntry(
                kind: .page, method: $0.value.method.rawValue, path: Self.rooted($0.path),
                summary: $0.value.menu ?? "", owner: $0.owner, access: $0.value.access,
                admitted: $0.value.access.chinese)
        }
        let protocols = registry.others.compactMap { $0.of(ProtocolEndpoint.self) }.map {
            AccessEntry(
                kind: .protocolEndpoint, method: $0.value.method.rawValue, path: $0.value.path,
                summary: $0.value.summary, owner: $0.owner, access: nil, admitted: $0.value.callers.chinese)
        }
        entries = (endpoints + pages + protocols).sorted { ($0.path, $0.method) < ($1.path, $1.method) }
        permissions = registry.permissions.map(\.value).sorted { $0.id < $1.id }
    }

    private static func rooted(_ path: String) -> String { path.hasPrefix("/") ? path : "/" + path }

    /// What an operator means by `POST /api/v1/cases`, `/staff/licences` or a path with values in it; several where the
    /// methods differ.
    func entries(matching typed: String) -> [AccessEntry] {
        let words = typed.split(separator: " ").map(String.init)
        let method = words.count > 1 ? words.first?.uppercased() : nil
        guard let path = words.last.map({ $0.split(separator: "?")[0] }) else { return [] }
        let parts = path.split(separator: "/").map(String.init)
        let found = entries.filter { entry in
            (method == nil || entry.method == method) && Self.fits(parts, entry.path)
        }
        // A path that is written out counts before one with a place for a value.
        let exact = found.filter { !$0.path.contains("{") }
        return exact.isEmpty ? found : exact
    }

    private static func fits(_ parts: [String], _ path: String) -> Bool {
        let pattern = path.split(separator: "/").map(String.init)
        guard pattern.count == parts.count else { return false }
        return zip(pattern, parts).allSatisfy { $0 == $1 || $0.hasPrefix("{") }
    }
}

extension Access {
    /// Who may, in Chinese.
    var chinese: String {
        switch self {
        case .anyone: "任何人"
        case .signedIn: "登录的人"
        case .person: "办事人（本人，或窗口代录）"
        case .personOrHelper: "办事人（本人、代办人，或窗口代录）"
        case .personAlone: "办事人本人"
        case .staff(let permission): "有“\(permission.title)”权限（\(permission.id)）的工作人员"
        case .staffWithAny(let permissions):
            "有下列权限之一的工作人员：" + permissions.map { "\($0.title)（\($0.id)）" }.joined(separator: "、")
        }
    }
}

extension CaseSight.Role {
    /// Why the viewer may look, in Chinese.
    var chinese: String {
        switch self {
        case .applicant: "申请人"
        case .party: "其他当事人"
        case .clerk: "窗口或督查人员"
        case .officer(let items): "审批人员（事项 \(items.joined(separator: "、"))）"
        case .system: "系统"
        }
    }
}

extension ProtocolEndpoint.Callers {
    /// Who may, in Chinese.
    var chinese: String {
        switch self {
        case .anyone: "任何人"
        case .registeredClient: "登记过并证明身份的系统"
        case .accessToken: "持有访问令牌的系统"
        }
    }
}
