import Catalogue
import Extension
import Messaging
import Standards
import Storage

extension CaseworkService {
    /// The kinds of notices about cases, and the events that give rise to them.
    var notices: [any Contribution] { CaseNotices.all + applicantNotices + decisionNotices + [consentNotice] }

    private var applicantNotices: [any Contribution] {
        [
            notify(CaseAccepted.self) { event, writer in
                let due = (try? LegalDay(event.due))?.chineseDate
                return writer.draft(
                    CaseNotices.accepted, paper: .acceptance,
                    ["办理期限": due.map { $0 + (event.isProvisional ? "（暂定）" : "") }, "容缺材料": writer.gaps])
            },
            notify(CaseNotAccepted.self) { _, writer in
                writer.draft(
                    CaseNotices.notAccepted, paper: .nonAcceptance,
                    ["理由": writer.file.ending?.reason, "有权机关": writer.file.ending?.competentAgency])
            },
            notify(CaseCorrectionRequested.self) { event, writer in
                let sent = writer.file.corrections[safe: event.notice - 1]?.sent.day ?? writer.context.act.now.day
                let due = writer.context.calendar.due(
                    for: .workingDays(writer.context.rules.correctionDays), from: sent)
                return writer.draft(
                    CaseNotices.correctionRequested, paper: .correction, occasion: "\(event.notice)",
                    [
                        "问题数": "\(event.targets.count)", "问题清单": writer.faults(ofNotice: event.notice),
                        "补正期限": due.day.chineseDate,
                    ])
            },
            notify(CaseCorrectionDueSoon.self) { event, writer in
                guard
                    let due = writer.file.correctionDue(
                        calendar: writer.context.calendar, rules: writer.context.rules)
                else { return nil }
                return writer.draft(
                    CaseNotices.correctionDue, occasion: "\(event.notice)", ["补正期限": due.day.chineseDate])
            },
            notify(CaseGapDueSoon.self) { _, writer in
                guard let gaps = writer.gaps, let due = writer.firstGapDue else { return nil }
                return writer.draft(CaseNotices.gapDue, ["容缺材料": gaps, "补交期限": due.chineseDate])
            },
            notify(CaseChargeDemanded.self) { event, writer in
                guard let charge = writer.file.task(event.item)?.charge, charge.settled == nil else { return nil }
                return writer.draft(CaseNotices.chargeDue, item: event.item, ["金额": charge.amount.chinese])
            },
            notify(CaseTerminated.self) { _, writer in
                writer.draft(
                    CaseNotices.terminated, paper: .termination,
                    ["情形": writer.file.ending?.ground?.chinese, "理由": writer.file.ending?.reason])
            },
            notify(CaseResultsPosted.self) { _, writer in
                guard let posting = writer.file.delivery?.posting else { return nil }
                return writer.draft(
                    CaseNotices.resultsPosted, occasion: posting.tracking,
                    ["寄递单位": posting.courier, "邮件号码": posting.tracking])
            },
            notify(CaseResultsHandedOver.self) { event, writer in
                guard !event.isApplicant, let handover = writer.file.delivery?.handover else { return nil }
                return writer.draft(
                    CaseNotices.resultsCollected,
                    ["代领人": "\(handover.recipient)（\(handover.relation)）", "领取时间": handover.at.chinaTime])
            },
            notify(CaseCompleted.self) { event, writer in
                let refused = event.refused.compactMap { writer.context.planned($0)?.item.title }
                return writer.draft(
                    CaseNotices.completed,
                    [
                        "领取办法": writer.file.resultWay, "未获批准": refused.isEmpty ? nil : refused.joined(separator: "、"),
                    ])
            },
        ]
    }

    private var decisionNotices: [any Contribution] {
        [
            notify(CaseItemDecided.self) { event, writer in
                let decision = writer.file.task(event.item)?.decision
                switch event.outcome {
                case .refused:
                    return writer.draft(
                        CaseNotices.itemRefused, paper: .refusal, item: event.item,
                        ["理由": decision?.reason, "补救办法": decision?.remedy])
                case .granted:
                    let isLicensing = writer.context.planned(event.item)?.item.isLicensing ?? false
                    return writer.draft(
                        isLicensing ? CaseNotices.licenceGranted : CaseNotices.itemGranted,
                        paper: isLicensing ? .grant : .completion, item: event.item, [:])
                }
            },
            notify(CaseItemPaused.self) { event, writer in
                let pauses = writer.file.task(event.item)?.pauses ?? []
                guard let pause = pauses.last(where: { $0.kind == event.procedure }) else { return nil }
                return writer.draft(
                    CaseNotices.specialProcedure, paper: .specialProcedure, item: event.item,
                    occasion: "\(pause.start.milliseconds)",
                    ["特殊程序": pause.kind.chinese, "预计天数": "\(pause.expectedDays)", "理由": pause.reason])
            },
        ]
    }

    /// Whoever the form names by a number and has to agree is asked through its own inbox, if it has one here.
    private var consentNotice: Notify {
        Notify(CaseConsentAsked.self) { [self] event, act, snapshot in
            guard let file = try store.find(event.caseID, in: snapshot) else { return [] }
            let writer: CaseNoticeWriter
            do {
                writer = try self.writer(for: file, by: act, in: snapshot)
            } catch is CaseworkError {
                // A draft that can't be planned any more asks nobody.
                return []
            }
            guard let scope = ConsentScope(of: event.role, in: file, writer.context.plan),
                !scope.identifier.isEmpty, file.isEditable
            else { return [] }
            let covering = [writer.context.theme.id] + scope.items.map(\.id)
            return [
                NoticeDraft(
                    kind: CaseNotices.consentAsked.key,
                    to: scope.isEnterprise
                        ? .enterprise(creditCode: scope.identifier, covering: covering)
                        : .holder(ofNumber: scope.identifier),
                    division: file.division, sender: writer.lead,
                    values: [
                        "事项": writer.context.theme.title, "申请人": writer.context.plan.applicantName(of: file),
                        "身份": scope.party.title,
                    ],
                    link: NoticeDraft.Link("/cases/\(file.id)/consent/\(event.role)", "去核对"), subject: file.id.text,
                    occasion: event.role)
            ]
        }
    }

    /// A notice of an event to the applicant; none of a case that is gone or can't be planned any more.
    private func notify<E: CaseEvent>(
        _ type: E.Type, _ body: @escaping @Sendable (E, CaseNoticeWriter) -> NoticeDraft?
    ) -> Notify {
        Notify(type) { [self] event, act, snapshot in
            guard let file = try store.find(event.caseID, in: snapshot) else { return [] }
            return body(event, try writer(for: file, by: act, in: snapshot)).map { [$0] } ?? []
        }
    }

    private func writer(for file: CaseFile, by act: Act, in snapshot: Snapshot) throws -> CaseNoticeWriter {
        let context = try context(for: file, by: act, in: snapshot)
        let names = try agencies.names(of: Set(file.items.map(\.agency)), in: snapshot)
        let lead = try agencies.agency(
            department: context.theme.leadDepartment, division: file.division, on: act.now.day, in: snapshot)
        return CaseNoticeWriter(
            file: file, context: context, names: names,
            lead: lead?.name ?? file.items.first.flatMap { names[$0.agency] } ?? "")
    }
}

extension CaseNoticeWriter {
    /// Every fault of a correction notice, one after the other.
    func faults(ofNotice number: Int) -> String {
        (file.corrections[safe: number - 1]?.faults ?? []).enumerated().map { index, fault in
            "\(index + 1). \(PaperFacts.title(of: fault.target, context))：\(fault.text)"
        }.joined(separator: "；")
    }
}

extension Array {
    /// The element at an index; nil beyond the ends.
    subscript(safe index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}
