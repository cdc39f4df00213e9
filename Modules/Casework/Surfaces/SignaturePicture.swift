public import Extension
import Foundation
public import Storage

/// The picture of a signature in a request, in Base64.
enum SignaturePicture {
    /// The longest text that can hold a picture of ``GivenSignature/maximumPicture``.
    static var format: Format<String?> { .optional(.text(max: (GivenSignature.maximumPicture + 2) / 3 * 4)) }
}

extension CaseworkService {
    /// The signature of a request.
    ///
    /// - Throws: ``CaseworkError`` for what is no Base64, `StorageError` for what is no picture.
    func signature(
        _ kind: ApplicantSignature.Kind?, picture text: String?, by act: Act
    ) throws -> GivenSignature? {
        guard kind == .pad, let text else { return GivenSignature(kind) }
        guard let bytes = Data(base64Encoded: text) else {
            throw CaseworkError.invalid([
                Finding("signature_picture", "casework.signature_format", "签名图片不是有效的 Base64，请重新读入签名。")
            ])
        }
        // The ending must fit what it is.
        let ending = bytes.first == 0xFF ? "jpg" : "png"
        let file = UploadedFile(bytes: Array(bytes), name: "签名.\(ending)", contentType: "")
        return GivenSignature(kind, picture: try prepare(file, by: act))
    }
}

extension CaseSight {
    /// What was drawn on a pad, in the order in which it was signed, the recipient's last.
    var signaturePictures: [FileReference] {
        (file.signatures ?? []).compactMap(\.picture) + [file.delivery?.handover?.picture].compactMap(\.self)
    }
}

extension CaseworkService {
    /// A signature that was drawn on a pad, for the applicant and for those who handle the whole case.
    ///
    /// - Parameter blob: its name in the blob store.
    public func signaturePicture(_ blob: String, of id: Identifier, by act: Act) async throws -> FileReply {
        try await database.read { snapshot in
            let sight = try sight(of: id, by: act, in: snapshot)
            guard sight.role == .clerk || sight.role == .applicant,
                let reference = sight.signaturePictures.first(where: { $0.blob == blob }),
                let bytes = try blobs.get(blob, division: reference.division, in: snapshot)
            else { throw CaseworkError.notFound }
            let type = BlobType(rawValue: reference.contentType)?.mediaType ?? "application/octet-stream"
            return FileReply(bytes: bytes, contentType: type, name: "签名")
        }
    }
}
