public import Standards
public import Storage

/// A paper of a case: what the case itself knows of it. What it says is kept sealed beside the case.
public struct CasePaper: Sendable, Hashable, Codable {
    public let id: Identifier
    public let kind: PaperKind
    public let title: String
    /// The document's number (文号), such as 平公受字〔2026〕12号.
    public let number: String
    /// The agency that issues it, whose numbers these are.
    public let agency: Identifier
    /// The item that it concerns; nil when it concerns the whole case.
    public let item: String?
    /// For a proof of service: the paper that was served.
    public let serves: Identifier?
    public let issued: Instant
    /// The template's name and version, such as `acceptance@3f0c…`.
    public let template: String
    /// SM3 of what it says, in hex, so that the case vouches for the paper.
    public let digest: String
    /// How it was served; nil until that is recorded.
    public internal(set) var service: PaperService?
}

/// How a paper reached the person (送达).
public struct PaperService: Sendable, Hashable, Codable {
    public let way: Way
    /// Who received it.
    public let recipient: String
    /// The day on which it was received.
    public let day: LegalDay
    /// The tracking number of the post; nil for the other ways.
    public let tracking: String?
    public let by: Identifier?
    public let at: Instant

    /// The ways that are known here.
    public enum Way: String, Sendable, Codable, CaseIterable {
        /// Handed over against signature (直接送达).
        case inPerson = "in-person"
        case post
        /// With the person's consent (电子送达).
        case electronic

        public var chinese: String {
            switch self {
            case .inPerson: "直接送达（当面签收）"
            case .post: "邮寄送达"
            case .electronic: "电子送达"
            }
        }
    }
}

/// A paper that a transition gives rise to; it is made in the same transaction.
struct PaperOrder: Sendable, Hashable {
    let kind: PaperKind
    var item: String?
    var serves: Identifier?
    /// For a receipt: the one material that was handed in; nil for all.
    var material: String?
}

extension CaseFile {
    /// The paper with an identifier.
    public func paper(_ id: Identifier) -> CasePaper? { papers?.first { $0.id == id } }

    /// The item that a paper concerns, also one that proves the service of another; nil for the whole case.
    public func item(of paper: CasePaper) -> String? { paper.item ?? paper.serves.flatMap { self.paper($0)?.item } }

    mutating func order(
        _ kind: PaperKind, item: String? = nil, serves: Identifier? = nil, material: String? = nil
    ) {
        pendingPapers.append(PaperOrder(kind: kind, item: item, serves: serves, material: material))
    }
}
