import PluginKit

/// The list of proofs as a table (证明事项清单).
enum ProofTable {
    private enum Title {
        static let code = "编码"
        static let title = "名称"
        static let aliases = "别名"
        static let askedBy = "索要单位"
        static let issuer = "开具部门"
        static let basis = "依据"
        static let state = "状态"
        static let replacement = "怎样替代"
        static let channels = "开具渠道"
    }

    static let table = ListTable(
        sheet: "证明事项清单",
        columns: [
            ListTable.Column(Title.code, isRequired: true, maximumLength: 40, example: "ZM001"),
            ListTable.Column(Title.title, isRequired: true, example: "无犯罪记录证明"),
            ListTable.Column(Title.aliases, maximumLength: 500, example: "无违法犯罪记录证明、未受刑事处罚证明"),
            ListTable.Column(Title.askedBy, isRequired: true, maximumLength: 300, example: "市场监管、教体"),
            ListTable.Column(Title.issuer, isRequired: true, maximumLength: 40, example: "公安"),
            ListTable.Column(Title.basis, isRequired: true, maximumLength: 500, example: "公安机关办理犯罪记录查询工作规定"),
            ListTable.Column(Title.state, isRequired: true, maximumLength: 20, example: "保留"),
            ListTable.Column(Title.replacement, maximumLength: 500, example: ""),
            ListTable.Column(Title.channels, maximumLength: 40, example: "网上、掌上、线下"),
        ], templateCommand: "yiciban certificate-free template")

    /// A proof as a row has it, still without an identifier.
    struct Line {
        let code, title, askedBy, issuer, basis, replacement: String
        let aliases: [String]
        let state: ProofKind.State
        let channels: Set<ProofKind.Channel>
    }

    /// Reads a list with everything that is wrong with it.
    static func read(_ path: String, sheet: String?) throws -> (lines: [Line], faults: [ImportFault]) {
        let reading = try table.read(path, sheet: sheet)
        var faults = reading.faults
        var lines: [Line] = []
        var codes: [String: Int] = [:]
        var words: [String: Int] = [:]
        for row in reading.rows {
            let before = faults.count
            let code = row[Title.code].halfWidth.uppercased()
            if let first = codes.updateValue(row.number, forKey: code), !code.isEmpty {
                faults.append(row.fault(Title.code, "“\(code)”与第 \(first) 行重复，请删去一行。"))
            }
            let aliases = row.list(Title.aliases)
            for word in [row[Title.title]] + aliases where !word.isEmpty {
                let key = ProofWords.key(word)
                if key.count < 3 { faults.append(row.fault(Title.title, "“\(word)”太短，认不出是哪一种证明，请写全称。")) }
                if let first = words.updateValue(row.number, forKey: key) {
                    faults.append(row.fault(Title.title, "“\(word)”在第 \(first) 行已经有了，一种叫法只能对应一种证明。"))
                }
            }
            let state = ProofKind.State(rawValue: row[Title.state])
            if state == nil, !row[Title.state].isEmpty {
                let known = ProofKind.State.allCases.map(\.rawValue).joined(separator: "、")
                faults.append(row.fault(Title.state, "“\(row[Title.state])”不认得，请写：\(known)。"))
            }
            if state == .replaced, row[Title.replacement].isEmpty {
                faults.append(row.fault(Title.replacement, "数据替代的，请写明用哪里的数据替代。"))
            }
            let channels = row.list(Title.channels).map { ($0, ProofKind.Channel(rawValue: $0)) }
            for (word, channel) in channels where channel == nil {
                let known = ProofKind.Channel.allCases.map(\.rawValue).joined(separator: "、")
                faults.append(row.fault(Title.channels, "“\(word)”不认得，请写：\(known)。"))
            }
            if state == .cancelled, !channels.isEmpty {
                faults.append(row.fault(Title.channels, "已经取消的证明不再开具，请把“\(Title.channels)”空着。"))
            }
            guard faults.count == before, let state else { continue }
            lines.append(
                Line(
                    code: code, title: row[Title.title], askedBy: row[Title.askedBy], issuer: row[Title.issuer],
                    basis: row[Title.basis], replacement: row[Title.replacement], aliases: aliases, state: state,
                    channels: Set(channels.compactMap(\.1))))
        }
        return (lines, faults)
    }
}
