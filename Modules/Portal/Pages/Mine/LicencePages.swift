import PluginKit

/// A licence as its holder sees it, and its files.
struct LicencePages: PageGroup {
    let services: PortalServices

    var pages: [Page] {
        [
            Page("/licences/{id}", access: .signedIn) { request in try await licence(request) },
            Page("/licences/{id}/file", access: .signedIn) { request in
                .file(try await services.licences.file(of: try request.identifier(), by: request.act), inline: false)
            },
            Page("/licences/{id}/ofd", access: .signedIn) { request in
                .file(try await services.licences.ofd(of: try request.identifier(), by: request.act), inline: false)
            },
            Page("/licences/{id}/pdf", access: .signedIn) { request in
                .file(try await services.licences.pdf(of: try request.identifier(), by: request.act), inline: false)
            },
            Page("/licences/{id}/original", access: .signedIn) { request in
                .file(
                    try await services.licences.original(of: try request.identifier(), by: request.act), inline: false)
            },
        ]
    }

    private func licence(_ request: PageRequest) async throws -> PageReply {
        let licence = try await services.licences.licence(try request.identifier(), by: request.act)
        let isHere = licence.origin == .here
        let isOwn = licence.holders.contains { $0.party == request.actor.party }
        let isInForce = licence.isInForce(on: request.act.now.day)
        var downloads: [ViewModel] = []
        let isSealed = try await services.licences.isSealed(licence.id)
        if isSealed {
            downloads.append(.link("下载盖章的 OFD", "/licences/\(licence.id)/ofd"))
            downloads.append(.link("下载盖章的 PDF", "/licences/\(licence.id)/pdf"))
        }
        if isHere { downloads.append(.link("下载签名文件", "/licences/\(licence.id)/file")) }
        if licence.original != nil { downloads.append(.link("下载原件", "/licences/\(licence.id)/original")) }
        let holders = licence.holders.map { holder -> ViewModel in
            .record([
                "label": "持证人",
                "value": [holder.name, mask(holder.idNumber)].compactMap(\.self).joined(separator: "　"),
            ])
        }
        return .render(
            .named("licence"),
            .record([
                "pageTitle": "电子证照：\(licence.title)", "back": ViewModel.back("返回我的证照", "/my"),
                "licence": ViewModel.record([
                    "title": licence.title, "issuer": licence.issuer.name, "number": licence.number,
                    "identifier": licence.identifier ?? "", "issuedAt": licence.issuedOn.chineseDate,
                    "validText": licence.validUntil.map { "有效期至 \($0.chineseDate)" } ?? "长期有效",
                ]),
                "isHere": isHere, "isSealed": isSealed, "isDemonstration": isHere && services.licences.isDemonstration,
                "status": ViewModel.record([
                    "badgeClass": isInForce ? "good" : "bad",
                    "label": licence.standing(on: request.act.now.day),
                    "sentence": isHere
                        ? "由本系统签发，带国密 SM2 签名。" : "由\(licence.issuer.name)签发，本系统只作登记，以原件为准。",
                ]),
                "showURL": isInForce && isOwn ? "/licences/\(licence.id)/show" : "",
                "proofURL": "/licences/\(licence.id)/proof",
                "fields": holders
                    + licence.statement.fields.map {
                        ["label": .text($0.label), "value": .text(ShownText.day($0.value))]
                    },
                "hasDownloads": !downloads.isEmpty, "downloads": downloads,
            ]))
    }

    private func mask(_ number: String?) -> String? {
        guard let number else { return nil }
        return (try? ResidentID(number))?.masked ?? number
    }
}
