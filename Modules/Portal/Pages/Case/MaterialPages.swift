import PluginKit

/// The materials: upload, remove, commit instead, or supply later.
struct MaterialPages: PageGroup {
    let services: PortalServices
    private var editing: CaseEditing { CaseEditing(services: services) }

    var pages: [Page] {
        [
            Page("/cases/{id}/materials", access: .personOrHelper) { request in
                let sight = try await editing.sight(request)
                return try elsewhere(sight) ?? page(sight, request, .none)
            },
            Page(post: "/cases/{id}/materials/{slot}", access: .personOrHelper) { request in try await upload(request)
            },
            Page(post: "/cases/{id}/materials/{slot}/{file}/remove", access: .personOrHelper) { request in
                let (slot, blob) = (request.path["slot"] ?? "", request.path["file"] ?? "")
                return try await change(request) { casework, id, transaction in
                    _ = try casework.detach(blob, from: slot, of: id, by: request.act, in: transaction)
                }
            },
            Page(post: "/cases/{id}/materials/{slot}/commit", access: .personOrHelper) { request in
                try await substitute(request, .commitment, isChosen: request.field("commit") == "yes")
            },
            Page(post: "/cases/{id}/materials/{slot}/later", access: .personOrHelper) { request in
                try await substitute(request, .later, isChosen: request.field("later") == "yes")
            },
            Page("/cases/{id}/materials/{slot}/evidence", access: .signedIn) { request in
                .file(
                    try await services.casework.evidenceFile(
                        for: request.path["slot"] ?? "", of: try request.identifier(), by: request.act), inline: false)
            },
            Page("/cases/{id}/materials/{slot}/{file}", access: .signedIn) { request in
                let file = try await services.casework.file(
                    request.path["file"] ?? "", slot: request.path["slot"] ?? "", of: try request.identifier(),
                    by: request.act)
                return .file(file, inline: ["image/png", "image/jpeg", "application/pdf"].contains(file.contentType))
            },
        ]
    }

    /// After acceptance only what was accepted as missing may still be supplied (容缺补交).
    private func elsewhere(_ sight: CaseSight) -> PageReply? {
        sight.file.hasOpenGap ? nil : editing.elsewhere(sight)
    }

    private func upload(_ request: PageRequest) async throws -> PageReply {
        let slot = request.path["slot"] ?? ""
        let uploads = (request.files["file"] ?? []) + (request.files["photo"] ?? [])
        if uploads.isEmpty {
            let sight = try await editing.sight(request)
            return try elsewhere(sight)
                ?? page(
                    sight, request,
                    FormFeedback(findings: [Finding("material.\(slot)", "file.required", "还没有选文件。请先选一个文件或拍照，再点“上传”。")]))
        }
        let casework = services.casework
        let prepared: [PreparedFile]
        do {
            prepared = try uploads.map { try casework.prepare($0, by: request.act) }
        } catch let error as StorageError where error.code == .blobRefused {
            let sight = try await editing.sight(request)
            return try elsewhere(sight)
                ?? page(
                    sight, request,
                    FormFeedback(findings: [Finding("material.\(slot)", error.code.rawValue, error.message)]))
        }
        return try await change(request) { casework, id, transaction in
            for file in prepared {
                _ = try casework.attach(file, to: slot, of: id, by: request.act, in: transaction)
            }
        }
    }

    private func substitute(
        _ request: PageRequest, _ substitute: MaterialSubstitute, isChosen: Bool
    ) async throws -> PageReply {
        let slot = request.path["slot"] ?? ""
        return try await change(request) { casework, id, transaction in
            _ = try casework.substitute(
                slot, by: isChosen ? substitute : nil, of: id, by: request.act, in: transaction)
        }
    }

    private func change(
        _ request: PageRequest, _ body: @escaping @Sendable (CaseworkService, Identifier, Transaction) throws -> Void
    ) async throws -> PageReply {
        let id = try request.identifier()
        do {
            try await services.casework.database.write { [casework = services.casework] in try body(casework, id, $0) }
        } catch {
            let sight = try await editing.sight(request)
            if let elsewhere = elsewhere(sight) { return elsewhere }
            guard let feedback = FormFeedback(error) else { throw error }
            return try page(sight, request, feedback)
        }
        let slot = request.path["slot"] ?? ""
        let sight = try await editing.sight(request)
        // With the last gap filled there is nothing left to do on this page.
        if let done = elsewhere(sight) {
            return sight.file.isEditable ? done : .redirect("\(sight.file.url)?message=gap-filled")
        }
        return .redirect("\(sight.file.url)/materials#m-\(URLText.encode(slot))")
    }

    private func page(_ sight: CaseSight, _ request: PageRequest, _ feedback: FormFeedback) throws -> PageReply {
        let model = MaterialsModel(sight: sight, rules: services.casework.rules, feedback: feedback)
        return .render(.named("materials"), model.page, status: feedback.status)
    }
}

extension CaseFile {
    /// Whether the applicant may change form and materials.
    var isEditable: Bool { state == .draft || state == .correction }

    /// Whether a paper that was accepted as missing is still to come.
    var hasOpenGap: Bool { times.accepted != nil && !state.isClosed && materials.values.contains(where: \.isGap) }
}
