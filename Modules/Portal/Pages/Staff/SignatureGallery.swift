import PluginKit

/// The signatures that were drawn on a pad, to look at.
struct SignatureGallery {
    let file: CaseFile

    var model: [ViewModel] {
        let signed = (file.signatures ?? []).compactMap { signature in
            signature.picture.map { shown($0, "申请人的签名，\(signature.at.chinaTime)") }
        }
        let collected = file.delivery?.handover.flatMap { handover in
            handover.picture.map { shown($0, "领取人的签名，\(handover.at.chinaTime)") }
        }
        return signed + [collected].compactMap(\.self)
    }

    private func shown(_ picture: FileReference, _ caption: String) -> ViewModel {
        .record(["url": "/cases/\(file.id)/signatures/\(URLText.encode(picture.blob))", "caption": caption])
    }
}
