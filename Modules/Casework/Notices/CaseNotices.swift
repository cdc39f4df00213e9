import Messaging

/// The kinds of notices that cases give rise to (办件通知).
enum CaseNotices {
    static let all = [
        accepted, notAccepted, correctionRequested, correctionDue, gapDue, specialProcedure, chargeDue, licenceGranted,
        itemGranted,
        itemRefused, completed, resultsPosted, resultsCollected, terminated, consentAsked,
    ]

    private static let theme = NoticeVariable("事项", "办的是哪件事", sample: "出生一件事", isRequired: true)
    private static let number = NoticeVariable("办件编号", "办件的编号", sample: "430602-20261126-CS-0001")
    private static let item = NoticeVariable("事项名称", "其中的哪一项", sample: "办理出生医学证明", isRequired: true)
    private static let office = NoticeVariable("承办单位", "哪个单位办的", sample: "岳阳市卫生健康委员会")

    static let accepted = NoticeKind(
        "case.accepted", title: "受理通知", purpose: "办件受理（包括容缺受理、逾期视为受理）后，告知受理和办结期限。", paper: "受理通知书",
        variables: [
            theme, number, NoticeVariable("办理期限", "最晚哪天办完", sample: "2026年12月10日", isRequired: true, mayBeAbsent: true),
            NoticeVariable("容缺材料", "还要补交的材料和期限", sample: "户口簿（2026年12月3日前）", mayBeAbsent: true, isPrivate: true),
        ],
        wording: NoticeWording(
            title: "您申请的“{事项}”已经受理",
            text: """
                您申请的“{事项}”（办件编号 {办件编号}）已经受理。

                {?办理期限}最晚在{办理期限}办完，各部门的进度随时可以在网上查看。

                {?容缺材料}还有材料要在期限内补交：{容缺材料}。
                """,
            short: "您申请的“{事项}”已经受理，办件编号{办件编号}，可登录查看进度。"))

    static let notAccepted = NoticeKind(
        "case.not_accepted", title: "不予受理通知", purpose: "决定不予受理后，告知理由、应当找哪个机关和救济途径。", paper: "不予受理通知书",
        variables: [
            theme, number, NoticeVariable("理由", "为什么不受理", sample: "不属于本机关职权范围", isRequired: true, isPrivate: true),
            NoticeVariable("有权机关", "应当向哪个机关申请", sample: "岳阳市民政局", mayBeAbsent: true, isPrivate: true),
        ],
        wording: NoticeWording(
            title: "您申请的“{事项}”不予受理",
            text: """
                您申请的“{事项}”（办件编号 {办件编号}）经审查不予受理。理由：{理由}

                {?有权机关}请向{有权机关}申请。

                不服的，可以申请行政复议或者提起行政诉讼，办法写在《不予受理通知书》里。
                """,
            short: "您申请的“{事项}”（编号{办件编号}）不予受理，理由和救济办法请登录查看或到窗口领取通知书。"))

    static let correctionRequested = NoticeKind(
        "case.correction_requested", title: "补正通知", purpose: "一次性告知要补正的全部内容和期限。", paper: "补正告知书",
        variables: [
            theme, number, NoticeVariable("问题数", "要改几处", sample: "2"),
            NoticeVariable(
                "问题清单", "要改的每一处", sample: "1. 出生医学证明：照片不清楚，请重新上传。", isRequired: true, isPrivate: true),
            NoticeVariable("补正期限", "最晚哪天补正", sample: "2026年12月10日", isRequired: true),
        ],
        wording: NoticeWording(
            title: "您申请的“{事项}”需要补正 {问题数} 处",
            text: """
                您申请的“{事项}”（办件编号 {办件编号}）需要补正，一共 {问题数} 处，这次一并告知：

                {问题清单}

                请在{补正期限}以前改好并重新提交。
                """,
            short: "您申请的“{事项}”需要补正{问题数}处，请在{补正期限}前登录改好重新提交，不会上网的可到窗口办理。"))

    static let correctionDue = NoticeKind(
        "case.correction_due", title: "补正期限提醒", purpose: "补正期限还剩两个工作日、仍没有补正时提醒。", weight: .courtesy,
        variables: [theme, number, NoticeVariable("补正期限", "最晚哪天补正", sample: "2026年12月10日", isRequired: true)],
        wording: NoticeWording(
            title: "“{事项}”的补正快到期了",
            text: """
                您申请的“{事项}”（办件编号 {办件编号}）还没有补正，{补正期限}到期。

                逾期不补正的，这件事可能会终止办理。有困难请打电话，或到窗口由工作人员帮您办。
                """,
            short: "您申请的“{事项}”还没有补正，{补正期限}到期，请尽快登录办理或到窗口办理。"))

    static let gapDue = NoticeKind(
        "case.gap_due", title: "容缺补交提醒", purpose: "容缺材料的补交期限还剩两个工作日、仍没有补交时提醒。", weight: .courtesy,
        variables: [
            theme, number,
            NoticeVariable("容缺材料", "还要补交的材料和期限", sample: "户口簿（2026年12月3日前）", isRequired: true, isPrivate: true),
            NoticeVariable("补交期限", "最早到期的一天", sample: "2026年12月3日"),
        ],
        wording: NoticeWording(
            title: "“{事项}”还有材料要补交",
            text: """
                您申请的“{事项}”（办件编号 {办件编号}）是容缺受理的，还有材料没有补交：{容缺材料}。

                补齐以前，涉及的部门不能作出决定。
                """,
            short: "您申请的“{事项}”还有容缺材料没有补交，{补交期限}到期，请尽快登录补交或送到窗口。"))

    static let specialProcedure = NoticeKind(
        "case.item_paused", title: "特殊程序通知", purpose: "开始听证、检验、专家评审等不计时的程序时，告知需要多少天。", paper: "特殊程序告知书",
        variables: [
            theme, number, item, office, NoticeVariable("特殊程序", "是什么程序", sample: "专家评审"),
            NoticeVariable("预计天数", "预计需要几天", sample: "15", isRequired: true),
            NoticeVariable("理由", "为什么需要", sample: "工艺较新，需要专家评审", mayBeAbsent: true, isPrivate: true),
        ],
        wording: NoticeWording(
            title: "“{事项名称}”进入{特殊程序}",
            text: """
                您申请的“{事项}”里的“{事项名称}”需要{特殊程序}，预计 {预计天数} 天，由{承办单位}组织。这段时间不计入办理期限。

                {?理由}原因：{理由}
                """,
            short: "您申请的“{事项名称}”需要{特殊程序}，预计{预计天数}天，不计入办理期限，详情请登录查看。"))

    static let licenceGranted = NoticeKind(
        "case.licence_granted", title: "准予许可通知", purpose: "作出准予行政许可的决定后告知。", paper: "准予行政许可决定书",
        variables: [theme, number, item, office],
        wording: NoticeWording(
            title: "“{事项名称}”准予许可",
            text: """
                您申请的“{事项}”里的“{事项名称}”，{承办单位}决定准予许可。

                决定书在办件页面的“文书”里，可以下载打印。
                """,
            short: "您申请的“{事项名称}”已准予许可，决定书请登录查看或到窗口领取。"))

    static let itemGranted = NoticeKind(
        "case.item_granted", title: "事项办结通知", purpose: "一件事里的一项办结后告知。", weight: .courtesy, paper: "办结通知书",
        variables: [theme, number, item, office],
        wording: NoticeWording(
            title: "“{事项名称}”已经办好",
            text: """
                您申请的“{事项}”里的“{事项名称}”，{承办单位}已经办好。
                """,
            short: "您申请的“{事项名称}”已经办好，结果请登录查看。"))

    static let itemRefused = NoticeKind(
        "case.item_refused", title: "不予批准通知", purpose: "作出不予批准的决定后，告知理由和救济途径。", paper: "不予办理决定书",
        variables: [
            theme, number, item, office,
            NoticeVariable("理由", "为什么不批准", sample: "不符合法定条件", isRequired: true, isPrivate: true),
            NoticeVariable("补救办法", "可以怎样补救", sample: "补齐条件后可以重新申请", mayBeAbsent: true, isPrivate: true),
        ],
        wording: NoticeWording(
            title: "“{事项名称}”没有获得批准",
            text: """
                您申请的“{事项}”里的“{事项名称}”，{承办单位}决定不予批准。理由：{理由}

                {?补救办法}{补救办法}

                不服的，可以申请行政复议或者提起行政诉讼，办法写在决定书里。
                """,
            short: "您申请的“{事项名称}”没有获得批准，理由和救济办法请登录查看或到窗口领取决定书。"))

    static let completed = NoticeKind(
        "case.completed", title: "办结通知", purpose: "一件事全部办结、有了结果后，告知结果在哪里、怎样领取。",
        variables: [
            theme, number, NoticeVariable("领取办法", "结果怎样领取", sample: "办理结果已经存入“我的证照”，登录就能查看。", isRequired: true),
            NoticeVariable("未获批准", "没有批准的事项", sample: "企业印章刻制", mayBeAbsent: true, isPrivate: true),
        ],
        wording: NoticeWording(
            title: "“{事项}”全部办结",
            text: """
                您申请的“{事项}”（办件编号 {办件编号}）已经全部办结。{领取办法}

                {?未获批准}其中没有获得批准的：{未获批准}。理由见决定书。
                """,
            short: "您申请的“{事项}”已经办结。{领取办法}"))

    static let resultsPosted = NoticeKind(
        "case.results_posted", title: "结果寄出通知", purpose: "结果交给邮局后，告知寄递单位和邮件号码。", weight: .courtesy,
        variables: [
            theme, number, NoticeVariable("寄递单位", "由谁寄", sample: "EMS"),
            NoticeVariable("邮件号码", "用来查询的号码", sample: "EA123456789CN", isRequired: true),
        ],
        wording: NoticeWording(
            title: "“{事项}”的结果已经寄出",
            text: """
                您申请的“{事项}”（办件编号 {办件编号}），结果已由{寄递单位}寄出，邮件号码 {邮件号码}。
                """,
            short: "您申请的“{事项}”，结果已由{寄递单位}寄出，邮件号码{邮件号码}。"))

    static let resultsCollected = NoticeKind(
        "case.results_collected", title: "代领通知", purpose: "指定的代领人在窗口领走结果后，告知申请人。", weight: .courtesy,
        variables: [
            theme, number, NoticeVariable("代领人", "谁领走的", sample: "陈国强（丈夫）", isRequired: true, isPrivate: true),
            NoticeVariable("领取时间", "什么时候领走的", sample: "2026年12月1日 10:30"),
        ],
        wording: NoticeWording(
            title: "“{事项}”的结果已经由代领人领走",
            text: """
                您申请的“{事项}”（办件编号 {办件编号}），结果在{领取时间}由{代领人}在窗口领走。

                不是您指定的，请马上打电话告诉我们。
                """,
            short: "您申请的“{事项}”，结果已由您指定的代领人在窗口领走；不是您指定的，请马上联系政务服务中心。"))

    static let terminated = NoticeKind(
        "case.terminated", title: "终止办理通知", purpose: "依法终止办理后，告知情形、理由和救济途径。", paper: "终止办理决定书",
        variables: [
            theme, number, NoticeVariable("情形", "依据的法定情形", sample: "逾期不补正", mayBeAbsent: true, isPrivate: true),
            NoticeVariable("理由", "为什么终止", sample: "超过期限没有补正", isRequired: true, isPrivate: true),
        ],
        wording: NoticeWording(
            title: "您申请的“{事项}”终止办理",
            text: """
                您申请的“{事项}”（办件编号 {办件编号}）已经终止办理。理由：{理由}

                不服的，可以申请行政复议或者提起行政诉讼，办法写在决定书里；仍然需要办的，可以重新申请。
                """,
            short: "您申请的“{事项}”（编号{办件编号}）已终止办理，理由和救济办法请登录查看或到窗口领取决定书。"))

    static let chargeDue = NoticeKind(
        "case.charge_due", title: "缴费通知", purpose: "事项受理后要先缴费时，告知缴什么、缴多少、怎么缴。",
        variables: [
            theme, number, item, office, NoticeVariable("金额", "要缴多少", sample: "¥80.00", isRequired: true),
        ],
        wording: NoticeWording(
            title: "“{事项名称}”请您缴费 {金额}",
            text: """
                您申请的“{事项}”（办件编号 {办件编号}）已经受理，其中“{事项名称}”要先缴费 {金额}，由{承办单位}收取。

                请打开办理进度，用手机扫码付款；也可以请亲友代付，或者到政务服务窗口用现金、银行卡缴。缴费后接着办理，等待缴费的时间不计入办理时限。
                """,
            short: "您申请的“{事项}”已受理，请缴费{金额}，可登录扫码付款或到窗口缴。缴费后接着办理。"))

    static let consentAsked = NoticeKind(
        "case.consent_asked", title: "请求确认", purpose: "别人申请的事需要您确认同意时告知。", audience: .party, weight: .courtesy,
        variables: [
            theme, NoticeVariable("申请人", "谁申请的", sample: "李晓梅", isRequired: true, isPrivate: true),
            NoticeVariable("身份", "您在其中是什么人", sample: "配偶", isPrivate: true),
        ],
        wording: NoticeWording(
            title: "“{事项}”请您确认",
            text: """
                {申请人}申请办理“{事项}”，您是其中的{身份}。请登录核对内容，同意的请确认；不同意或者不认识申请人的，不用理会。
                """,
            short: "有一件“{事项}”需要您登录核对并确认；不是您本人的事请不用理会，不要把密码或验证码告诉别人。"))
}
