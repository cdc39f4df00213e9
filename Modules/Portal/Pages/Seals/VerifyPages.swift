import PluginKit

/// Anyone verifies a sealed file or a licence: drop the file, see every step (R06.12).
struct VerifyPages: PageGroup {
    static let path = "/verify"

    let services: PortalServices

    var pages: [Page] {
        [
            Page(Self.path, menu: "核验证照") { request in page(request) },
            Page(post: Self.path, access: .anyone) { request in try await verify(request) },
        ]
    }

    private func verify(_ request: PageRequest) async throws -> PageReply {
        guard let file = request.files["file"]?.last, !file.bytes.isEmpty else {
            return page(request, feedback: FormFeedback(findings: [Finding("file", "field.required", "请先选择要核验的文件。")]))
        }
        let model: VerificationModel
        if file.bytes.starts(with: "%PDF".utf8) {
            let isKnown = try await services.seals.knows(pdf: file.bytes)
            model = VerificationModel(
                pdfIsKnown: isKnown, isDrill: isKnown ? try await services.seals.isDrill() : false)
        } else if file.bytes.first == UInt8(ascii: "{") {
            model = VerificationModel(try await services.licences.verify(file.bytes, at: request.act.now))
        } else {
            model = VerificationModel(try await services.seals.verify(file.bytes, at: request.act.now))
        }
        return page(request, result: model.page.with("fileName", .text(file.name)))
    }

    private func page(
        _ request: PageRequest, feedback: FormFeedback = .none, result: ViewModel? = nil
    ) -> PageReply {
        .render(
            .named("verify"),
            .record([
                "pageTitle": "核验证照和签章", "errorSummary": feedback.summary { _ in "file" }, "action": Self.path,
                "result": result,
                "file": InputField(
                    id: "file", name: "file", label: "要核验的文件",
                    kind: .file(accept: ".ofd,.licence,.pdf,.dat", maximumBytes: 20 << 20),
                    hint: "把文件拖到这里，或点选文件。可以核验 OFD 文件、电子证照签名文件（.licence）和本系统出具的 PDF，不超过 20 MB。",
                    error: feedback.error("file")),
            ]), status: feedback.status)
    }
}
