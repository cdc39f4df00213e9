import PluginKit

/// The questions about a signature that a member of staff witnesses at a window.
struct SignatureFields {
    /// Who signs, as the labels say it.
    let signer: String
    /// What stands on the paper that would be signed instead.
    let paper: String
    let hint: String
    let request: PageRequest?
    let feedback: FormFeedback

    static let pictureName = "signature_picture"

    /// The choice between paper and pad, and the pad's picture.
    var fields: [InputField] {
        [
            InputField(
                id: "signature", name: "signature", label: "\(signer)怎样签名",
                kind: .radio([
                    InputField.Choice(ApplicantSignature.Kind.paper.rawValue, "在打印的\(paper)上签名"),
                    InputField.Choice(ApplicantSignature.Kind.pad.rawValue, "在签字板上签名"),
                ]), values: request.map { [$0.field("signature")] } ?? [], hint: hint,
                error: feedback.error("signature")),
            InputField(
                id: Self.pictureName, name: Self.pictureName, label: "签字板上的签名",
                kind: .file(
                    accept: "image/png,image/jpeg", maximumBytes: GivenSignature.maximumPicture, isSignature: true),
                isOptional: true, hint: "在签字板上签名的，从签字板读入，或选签字板存下的图片。",
                error: feedback.error(Self.pictureName)),
        ]
    }
}

extension CaseworkService {
    /// The signature that a form brings.
    ///
    /// - Throws: `StorageError` for what is no picture.
    func signature(_ request: PageRequest) throws -> GivenSignature? {
        let kind = ApplicantSignature.Kind(rawValue: request.field("signature"))
        let picture = kind == .pad ? request.files[SignatureFields.pictureName]?.last : nil
        return GivenSignature(kind, picture: try picture.map { try prepare($0, by: request.act) })
    }
}

extension FormFeedback {
    /// What is wrong with a pad's picture; nil for an error of another kind.
    init?(signature error: any Error) {
        guard let error = error as? StorageError, error.code == .blobRefused else { return nil }
        self.init(findings: [Finding(SignatureFields.pictureName, error.code.rawValue, error.message)])
    }
}
