import Extension
import Standards
import Storage

extension CaseFile {
    /// Records how a paper was served; a proof of service follows (送达回证).
    mutating func serve(
        _ id: Identifier, by way: PaperService.Way, to recipient: String, on day: LegalDay, tracking: String?,
        in context: CaseContext
    ) throws {
        guard let index = papers?.firstIndex(where: { $0.id == id }), let paper = papers?[index] else {
            throw CaseworkError.notFound
        }
        if let service = paper.service {
            throw CaseworkError(
                .alreadyServed, "已经登记过送达", "\(paper.number)已于\(service.day.chineseDate)送达，不用再登记。请在文书清单里查看送达回证。")
        }
        var findings: [Finding] = []
        if paper.kind == .service {
            findings.append(Finding("paper", "paper.is_proof", "送达回证本身不需要送达。请选择要送达的文书。"))
        }
        if recipient.isEmpty { findings.append(Finding("recipient", "field.required", "请写明由谁收件。")) }
        if day < paper.issued.day || day > context.act.now.day {
            findings.append(
                Finding(
                    "day", "field.day", "送达日期应在出具之日（\(paper.issued.day.chineseDate)）到今天之间，请核对。"))
        }
        if way == .post, let finding = Finding.tracking(tracking) { findings.append(finding) }
        if way != .post, tracking != nil {
            findings.append(Finding("tracking", "field.unknown", "只有邮寄送达才有邮件号码，请删去，或改选邮寄送达。"))
        }
        if !findings.isEmpty { throw CaseworkError.invalid(findings) }
        papers?[index].service = PaperService(
            way: way, recipient: recipient, day: day, tracking: tracking, by: context.act.actor.account,
            at: context.act.now)
        note(CasePaperServed(division: division, caseID: self.id, paper: id, way: way))
        order(.service, serves: id)
    }
}
