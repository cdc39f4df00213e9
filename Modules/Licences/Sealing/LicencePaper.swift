import Documents
import Standards

/// How a licence looks on paper, and what its file tells of itself (GB/T 36903, GB/T 36905).
struct LicencePaper {
    let licence: Licence
    /// Its type; nil where the table has none.
    let type: LicenceType?

    var document: PageDocument {
        let statement = licence.statement
        let holders = statement.holders.map { holder in
            PageRow("持证主体", [holder.name, holder.idNumber].compactMap(\.self).joined(separator: "　"))
        }
        let validity = [PageRow("有效期", statement.validUntil.map { "至\($0.chineseDate)" } ?? "长期有效")]
        let lines = type?.ordered(statement.fields) ?? statement.fields
        let fields = lines.filter { !$0.value.isEmpty }.map {
            PageRow($0.label, (try? LegalDay($0.value))?.chineseDate ?? $0.value)
        }
        var document = PageDocument(
            title: statement.title, author: statement.issuer.name, number: "证照编号　\(statement.number)",
            date: statement.issuedOn.text,
            blocks: [
                .table(holders + fields + validity),
                .stamp(
                    PageSeal(
                        name: statement.issuer.name, day: statement.issuedOn.chineseDate, code: statement.identifier,
                        caption: statement.identifier == nil ? "" : "电子证照标识，供核对")),
            ])
        document.metadata = metadata
        return document
    }

    /// The metadata elements of the standard by their codes.
    private var metadata: [PageRow] {
        let statement = licence.statement
        let validity: [PageRow] =
            statement.validUntil.map {
                [PageRow("ZZYXQQSRQ", digits(statement.issuedOn)), PageRow("ZZYXQJZRQ", digits($0))]
            } ?? []
        let all =
            [
                PageRow("ZZLXMC", statement.type), PageRow("ZZLXDM", code), PageRow("ZZMC", statement.title),
                PageRow("ZZBH", statement.number),
                PageRow("ZZBS", statement.identifier ?? ""), PageRow("ZZBFJG", statement.issuer.name),
                PageRow("ZZBFJGDM", statement.issuer.creditCode?.text ?? ""),
                PageRow("ZZBFRQ", digits(statement.issuedOn)),
                PageRow("CZZT", statement.holders.map(\.name).joined(separator: "、")),
            ] + validity
        return all.filter { !$0.value.isEmpty }
    }

    /// The type's code as the licence identifier has it, else as the table has it; empty for none.
    private var code: String {
        let identifier = licence.statement.identifier.flatMap { try? LicenceIdentifier($0) }
        return identifier?.typeCode ?? type?.code ?? ""
    }

    private func digits(_ day: LegalDay) -> String { day.text.filter(\.isNumber) }
}
