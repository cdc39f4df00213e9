import HTTPService
import PluginKit

/// The page for a problem: what happened, what to do now, and the code to read out on the phone.
enum ErrorPage {
    static func model(_ problem: Problem, in context: PageContext) -> ViewModel {
        .record([
            "pageTitle": problem.title, "heading": problem.title, "happened": problem.detail,
            "remedies": problem.findings.isEmpty ? remedies(problem) : problem.findings.map(\.message),
            "code": problem.code, "requestID": context.requestID,
            "actions": actions(problem, context),
        ])
    }

    private static func remedies(_ problem: Problem) -> [String] {
        switch problem.status {
        case 403 where problem.code == "access.csrf":
            ["按浏览器的“后退”回到刚才的页面，刷新一次，再提交", "您填好并保存过的内容都还在"]
        case 403: ["确认登录的是办这件事的账号", "需要权限的，请联系本单位管理员"]
        case 404: ["核对网址或办件编号", "从首页或“我的”重新打开"]
        case 409, 412: ["回到上一页，刷新后核对最新的内容", "再做一次刚才的操作"]
        case 413, 415, 422: ["回到上一页，按上面的说明改好再提交"]
        case 429, 503: ["请等一会儿再试", "着急的话，请到就近的政务大厅办理"]
        case 500...: ["请稍后再试，您保存过的内容都还在", "一直这样的话，打电话时请报下面的代码"]
        default: ["回到上一页再试一次", "还是不行，请打电话，我们帮您办"]
        }
    }

    private static func actions(_ problem: Problem, _ context: PageContext) -> [ViewModel] {
        let isStaff = context.actor.kind == .staff
        var actions: [ViewModel] = []
        if let back = place(of: context.path, isStaff: isStaff), problem.status != 404 {
            actions.append(["label": .text(back.label), "url": .text(back.url)])
        }
        actions.append(["label": .text(isStaff ? "回到工作台" : "回到首页"), "url": .text(isStaff ? "/staff" : "/")])
        return actions
    }

    /// The page of the case or item about which the request was.
    private static func place(of path: String, isStaff: Bool) -> (label: String, url: String)? {
        let parts = path.split(separator: "/")
        if parts.count >= 2, parts[0] == "cases" { return ("回到办件", "/cases/\(parts[1])") }
        if parts.count >= 3, parts[0] == "staff", parts[1] == "acceptance" {
            return ("回到办件", "/staff/acceptance/\(parts[2])")
        }
        if parts.count >= 4, parts[0] == "staff", parts[1] == "tasks" {
            return ("回到办件", "/staff/tasks/\(parts[2])/\(parts[3])")
        }
        return nil
    }
}
