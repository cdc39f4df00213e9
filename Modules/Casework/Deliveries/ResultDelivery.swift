public import Standards
public import Storage

/// How the results of a case reach the applicant (结果送达), and how far that is.
public struct ResultDelivery: Sendable, Hashable, Codable {
    /// The ways from which the applicant chooses.
    public enum Way: String, Sendable, Codable, CaseIterable {
        /// In the wallet of the portal (电子送达).
        case electronic
        /// At a window, against signature (窗口领取).
        case collect
        /// By post (邮寄).
        case post

        public var chinese: String {
            switch self {
            case .electronic: "电子送达"
            case .collect: "到窗口领取"
            case .post: "邮寄"
            }
        }
    }

    /// How far it is, once there are results.
    public enum State: String, Sendable, Codable, CaseIterable {
        case ready, posted, done

        public var chinese: String {
            switch self {
            case .ready: "等待送达"
            case .posted: "已寄出"
            case .done: "已送达"
            }
        }
    }

    public let way: Way
    /// Where to; nil unless by post.
    public let address: MailAddress?
    /// Who else may collect (代领人); nil for nobody else.
    public let collector: Collector?
    /// When the applicant chose; nil where nobody did, so that the usual way of such results is gone.
    public let chosenAt: Instant?
    public internal(set) var handover: Handover?
    public internal(set) var posting: Posting?
    /// The day on which the post delivered it.
    public internal(set) var arrived: LegalDay?

    /// Where the results stand.
    public var state: State {
        if way == .electronic || handover != nil || arrived != nil { return .done }
        return posting == nil ? .ready : .posted
    }

    /// Where a parcel goes.
    public struct MailAddress: Sendable, Hashable, Codable {
        public let name: String
        public let phone: String
        public let address: String
    }

    /// Whom the applicant sends.
    public struct Collector: Sendable, Hashable, Codable {
        public let name: String
        /// The last four characters of the identity number.
        public let numberTail: String
        /// What the collector is to the applicant.
        public let relation: String
    }

    /// That the results were handed over at a window.
    public struct Handover: Sendable, Hashable, Codable {
        public let recipient: String
        /// The last four characters of the identity number that was shown.
        public let numberTail: String
        public let relation: String
        /// How the recipient signed.
        public let signature: ApplicantSignature.Kind
        /// What the pad drew; nil where the printed form was signed.
        public var picture: FileReference?
        /// The member of staff who handed it over.
        public let by: Identifier?
        public let at: Instant
    }

    /// That they were put into the post.
    public struct Posting: Sendable, Hashable, Codable {
        public let courier: String
        public let tracking: String
        public let by: Identifier?
        public let at: Instant
    }
}

extension CaseFile {
    /// The results that were granted.
    public var grantedResults: [IssuedResult] {
        items.compactMap(\.decision).filter { $0.outcome == .granted }.flatMap(\.results)
    }

    /// Where the results are, as a notice says it.
    var resultWay: String {
        switch delivery?.way ?? .electronic {
        case .electronic: "办理结果已经存入“我的证照”，登录就能查看。"
        case .collect: "纸质结果请带身份证到政务服务窗口领取；有账号的，登录后在“我的证照”里也能查看。"
        case .post: "纸质结果按您填的地址寄出；有账号的，登录后在“我的证照”里也能查看。"
        }
    }
}
