import ArgumentParser

/// `yiciban case …`: the whole way of a case from the command line.
struct CaseCommands: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "case", abstract: "办件：从规划、填表、提交到受理、审批、办结",
        discussion: """
            群众：plan → begin → fill、attach → submit → show；收到补正通知后改好再 submit。
            窗口：queue → accept，或 correct 一次性告知。部门：reviews → fault（受理前），tasks → grant 或 refuse。督查：supervise → show。
            用 --as 写明以哪个账号办理，例如 --as lixiaomei；代企业办理的，再用 --enterprise 写明企业名称或统一社会信用代码。
            """,
        subcommands: applicant + window + officer + reading)

    private static let applicant: [any ParsableCommand.Type] = [
        PlanCase.self, BeginCase.self, AnswerCase.self, FillCase.self, AttachFile.self, SubstituteMaterial.self,
        ListConsents.self, ConsentToCase.self, SubmitCase.self, WithdrawCase.self,
    ]
    private static let window: [any ParsableCommand.Type] = [
        ListQueue.self, AcceptCase.self, CorrectCase.self, SetAsideFaultCommand.self, RefuseAcceptance.self,
        TerminateCase.self,
    ]
    private static let officer: [any ParsableCommand.Type] = [
        ListReviews.self, ListTasks.self, NameFault.self, GrantItem.self, RefuseItem.self, PauseItem.self,
        ResumeItem.self,
        RecordOutsideNumber.self, EnterResults.self,
    ]
    private static let reading: [any ParsableCommand.Type] = [
        ShowCase.self, ListCases.self, ListEvents.self, ListSupervised.self, ShowFigures.self, ListPapers.self,
        GetPaper.self, ServePaper.self, ArchiveCase.self,
    ]
}

/// `yiciban calendar …`
struct CalendarCommands: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "calendar", abstract: "工作日历：查看、导入和更正节假日安排",
        subcommands: [ListCalendar.self, ImportCalendar.self])
}
