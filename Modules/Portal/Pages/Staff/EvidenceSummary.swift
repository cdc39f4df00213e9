import PluginKit

/// A licence that serves in place of a paper, for those who decide.
struct EvidenceSummary {
    let document: ServingDocument
    /// The address of the material.
    let base: String

    var model: ViewModel {
        .record([
            "title": document.title, "badgeClass": document.isInForce ? "good" : "bad", "state": document.status,
            "lines": lines.map { ViewModel.record(["name": $0.title, "content": $0.value]) },
            "fileURL": document.hasFile ? "\(base)/evidence" : "",
        ])
    }

    /// All that it says, in the order of a paper.
    var lines: [ResultLine] {
        let holders = document.holders.map { "\($0.name) \($0.identifier)" }.joined(separator: "；")
        return [
            ResultLine(title: "证照编号", value: document.number), ResultLine(title: "持证主体", value: holders),
            ResultLine(title: "颁发机构", value: document.issuer),
            ResultLine(title: "颁发日期", value: document.issuedOn.chineseDate),
            ResultLine(title: "有效期至", value: document.validUntil?.chineseDate ?? "长期有效"),
        ] + document.lines
    }
}
