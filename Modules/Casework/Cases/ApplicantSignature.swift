import Extension
public import Standards
public import Storage

/// What an applicant signed at a window, with whom beside it.
public struct ApplicantSignature: Sendable, Hashable, Codable {
    public let kind: Kind
    public let at: Instant
    /// The member of staff before whom it was signed.
    public let witness: Identifier
    /// What the pad drew; nil where the printed form was signed.
    public var picture: FileReference?

    /// How it was signed.
    public enum Kind: String, Sendable, Codable, CaseIterable {
        /// On the printed form, which is kept.
        case paper
        /// On a signature pad.
        case pad

        public var chinese: String {
            switch self {
            case .paper: "在打印的申请表上签名"
            case .pad: "在签字板上签名"
            }
        }
    }
}

/// A signature as a member of staff gives it in.
public struct GivenSignature: Sendable {
    let kind: ApplicantSignature.Kind
    let picture: PreparedFile?

    /// - Parameters:
    ///   - kind: how it was signed; nil gives no signature.
    ///   - picture: what the pad drew. It is left out where the printed form was signed.
    public init?(_ kind: ApplicantSignature.Kind?, picture: PreparedFile? = nil) {
        guard let kind else { return nil }
        self.kind = kind
        self.picture = kind == .pad ? picture : nil
    }

    /// The greatest size of a picture, in bytes.
    public static let maximumPicture = 512 << 10

    /// What keeps it from counting: a pad's signature is its picture.
    var finding: Finding? {
        guard kind == .pad else { return nil }
        guard let picture else {
            return Finding("signature_picture", "casework.unsigned", "还没有签字板上的签名。请本人在签字板上签名后读入；签字板用不了的，请改为在打印的纸上签名。")
        }
        guard [.png, .jpeg].contains(picture.blob.type) else {
            return Finding("signature_picture", "casework.signature_format", "签名应是 PNG 或 JPEG 图片，请在签字板上重新签名。")
        }
        guard picture.blob.size <= Self.maximumPicture else {
            return Finding("signature_picture", "casework.signature_format", "签名图片超过 512 KB，请在签字板上重新签名。")
        }
        return nil
    }
}
