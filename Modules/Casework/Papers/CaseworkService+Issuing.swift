import Catalogue
import Extension
import Standards
import Storage

extension CaseworkService {
    /// Numbers, composes and writes the papers that a change gave rise to, in its transaction.
    ///
    /// It runs last, since each number locks its counter until the transaction ends; and in the order of the counters,
    /// so that two changes never wait for each other.
    func issuePapers(_ file: inout CaseFile, _ context: CaseContext, in transaction: Transaction) throws {
        if file.pendingPapers.isEmpty { return }
        let orders = file.pendingPapers
        file.pendingPapers = []
        let names = try agencies.names(of: Set(file.items.map(\.agency)), in: transaction)
        let drafts = try orders.map { order in
            guard let template = papers.templates[order.kind] else { throw CaseworkError.notFound }
            let issuer = try issuer(of: order, file, context, transaction)
            return (
                order: order, template: template, issuer: issuer,
                facts: PaperFacts(order, of: file, in: context, issuer: issuer, names: names)
            )
        }
        let year = context.act.now.day.components.year
        let sequence = drafts.indices.sorted {
            (drafts[$0].issuer.id.text, drafts[$0].template.word, $0)
                < (drafts[$1].issuer.id.text, drafts[$1].template.word, $1)
        }
        var issued: [Int: CasePaper] = [:]
        for index in sequence {
            let (order, template, issuer, facts) = drafts[index]
            let serial = try store.nextPaperSerial(
                agency: issuer.id, word: template.word, year: year, in: transaction)
            let word = rules.papers.words[issuer.name] ?? rules.papers.words[issuer.creditCode] ?? issuer.name
            let number = "\(word)\(template.word)字〔\(year)〕\(serial.serial)号"
            let content = template.content(
                facts, number: number, agency: issuer.name, day: context.act.now.day, code: code(of: file),
                contact: papers.face.contact(of: file.division))
            let body = try CompactCoding.encode(content)
            // The place among the case's papers makes the label one of its own.
            let id = context.act.identifier("paper/\(file.id)/\((file.papers?.count ?? 0) + index)")
            try store.insert(paper: id, body, number: serial, of: file, by: context.act, in: transaction)
            issued[index] = CasePaper(
                id: id, kind: order.kind, title: content.title, number: number, agency: issuer.id, item: order.item,
                serves: order.serves, issued: context.act.now, template: "\(order.kind.rawValue)@\(template.version)",
                digest: PaperContent.digest(body))
        }
        file.papers = (file.papers ?? []) + drafts.indices.compactMap { issued[$0] }
    }

    /// Who issues a paper: who decides the item, or who leads the theme.
    private func issuer(
        of order: PaperOrder, _ file: CaseFile, _ context: CaseContext, _ transaction: Transaction
    ) throws -> AgencyEntry {
        let found: AgencyEntry? =
            if let served = order.serves.flatMap({ file.paper($0) }) {
                try agencies.agency(served.agency, in: transaction)
            } else if let item = order.item, let task = file.task(item) {
                try agencies.agency(task.agency, in: transaction)
            } else {
                try agencies.agency(
                    department: context.theme.leadDepartment, division: file.division, on: context.act.now.day,
                    in: transaction)
            }
        // A lead that is gone since the submission keeps nobody from an answer: who decides the first item answers.
        if let found = try found ?? file.items.first.flatMap({ try agencies.agency($0.agency, in: transaction) }) {
            return found
        }
        throw CaseworkError(
            .noAgency, status: 422, "没有出具文书的单位",
            "本地还没有设置“\(context.theme.leadDepartment)”的牵头单位，出不了文书，这一步没有办理。请联系管理员。")
    }

    private func code(of file: CaseFile) -> (text: String, caption: String)? {
        var address = rules.papers.caseAddress
        if address.isEmpty, !papers.face.address.isEmpty { address = "\(papers.face.address)/cases" }
        if address.isEmpty { return file.number.map { ($0, "办件编号") } }
        return ("\(address)/\(file.id.text)", "扫码查询办理进度")
    }
}
