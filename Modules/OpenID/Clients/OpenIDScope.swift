/// What an application may be told about who enters it (授权范围).
public enum OpenIDScope: String, Sendable, Hashable, CaseIterable {
    /// That it is the same person as last time, by an identifier that no other system knows.
    case openid
    /// Name, sex, day of birth.
    case profile
    /// The mobile number.
    case phone
    /// The identity document with its number.
    case identityNumber = "id_number"
    /// Of staff: agency, division, post and roles.
    case staff

    /// What a person reads about it on the consent page.
    public var title: String {
        switch self {
        case .openid: "知道是您本人在登录（只给一个这个系统专用的编号）"
        case .profile: "您的姓名、性别、出生日期"
        case .phone: "您的手机号码"
        case .identityNumber: "您的证件类型和证件号码"
        case .staff: "您的单位、区划、岗位和角色"
        }
    }

    /// The claims that it lets an application read from userinfo.
    var claims: [String] {
        switch self {
        case .openid: ["sub"]
        case .profile: ["name", "gender", "birthdate", "preferred_username"]
        case .phone: ["phone_number"]
        case .identityNumber: ["id_type", "id_number"]
        case .staff: ["agency", "agency_name", "division", "post", "roles"]
        }
    }
}

extension Set<OpenIDScope> {
    /// As requests and answers write them.
    public var text: String { OpenIDScope.allCases.filter(contains).map(\.rawValue).joined(separator: " ") }

    /// The scopes of a text; what is unknown is left out, as OpenID Connect Core §3.1.2.1 demands.
    init(_ text: String) { self = Set(text.split(separator: " ").compactMap { OpenIDScope(rawValue: String($0)) }) }
}
