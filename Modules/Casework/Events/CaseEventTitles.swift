/// The Chinese names of what happens to a case, for those who read its journal.
enum CaseEventTitles {
    private static let titles: [String: String] = [
        CaseCreated.name: "建立草稿", CaseDraftSaved.name: "保存填写内容", CaseConsentGiven.name: "当事人确认同意",
        CaseConsentRefused.name: "当事人表示不同意", CaseConsentLapsed.name: "当事人的确认失效",
        CaseSigned.name: "申请人在窗口签名", CaseSubmitted.name: "提交申请", CaseFaultNamed.name: "部门提出补正意见",
        CaseFaultSetAside.name: "不采纳部门意见",
        CaseCorrectionRequested.name: "一次性告知补正", CaseFaultRepeated.name: "再次告知没有改好的问题",
        CaseResubmitted.name: "补正后重新提交", CaseAccepted.name: "受理", CaseNotAccepted.name: "不予受理",
        CaseItemOpened.name: "事项开始办理", CaseItemDecided.name: "事项作出决定", CaseItemEnded.name: "事项不再办理",
        CaseChargeDemanded.name: "等待缴费", CaseChargeSettled.name: "已缴费", CaseItemPaused.name: "启动特殊程序",
        CaseItemResumed.name: "结束特殊程序",
        CaseOutsideNumberRecorded.name: "登记部门系统办件号", CaseOriginalRecorded.name: "登记结果原件",
        CaseGapFilled.name: "补交容缺材料", CaseCompleted.name: "全部办结", CaseRefused.name: "不予批准",
        CaseWithdrawn.name: "申请人撤回", CaseTerminated.name: "终止办理", CaseClocksRecomputed.name: "重新计算期限",
        CaseDeliveryChosen.name: "选择结果送达方式", CaseResultsHandedOver.name: "窗口领取结果",
        CaseResultsPosted.name: "寄出结果", CaseResultsArrived.name: "寄出的结果已签收", CaseResultsReturned.name: "寄出的结果被退回",
        CasePaperServed.name: "登记文书送达", CaseViewed.name: "查看办件",
    ]

    /// The name of an event; an event of a plugin keeps its own.
    static func title(of name: String) -> String { titles[name] ?? name }
}
