import PluginKit

extension Problem {
    static let noSuchPath = Problem(404, "http.not_found", "没有这个地址", "没有找到这个地址，请核对网址，或从首页重新进入。")
    static let methodNotAllowed = Problem(
        405, "http.method_not_allowed", "不支持这种请求方法", "这个地址不支持所用的请求方法，可用的方法见 Allow 响应头。")
    static let unreadableRequest = Problem(
        400, "http.unreadable", "请求读不懂", "这不是有效的 HTTP 请求：请求方法、请求头或网址的写法不对，或请求头太长。请检查客户端程序。")
    static let pathEncoding = Problem(
        400, "http.path_encoding", "网址有误", "网址里的编码不是有效的 UTF-8 文字，请核对网址。")
    static let queryEncoding = Problem(
        400, "http.query_encoding", "查询参数有误", "查询参数不是有效的 UTF-8 百分号编码，请核对网址。")
    static let bodyIncomplete = Problem(408, "http.body_incomplete", "内容没有收完整", "没有在规定时间内收到完整内容，请检查网络后重试。")
    static let bodyTaken = Problem(500, "http.body_taken", "系统出错", "系统出了问题，没有办理成功。请刷新页面后重试。")
    static let unexpectedBody = Problem(400, "http.unexpected_body", "不应带有正文", "这个请求不应带有正文，请去掉正文后重试。")
    static let csrf = Problem(403, "access.csrf", "页面已过期", "为了您的账号安全，这次提交没有办理。请刷新页面后重新提交。")
    static let invalidToken = Problem(401, "access.invalid_token", "登录已失效", "登录已过期或已退出，请重新登录。")
    static let internalFault = Problem(500, "internal.fault", "系统出错", "系统出了问题，没有办理成功。请稍后重试；若一直如此，请把编号告诉工作人员。")
    static let jsonNotObject = Problem(400, "http.malformed_json", "JSON 有误", "正文应当是一个 JSON 对象。")

    static func bodyTooLarge(_ limit: Int) -> Problem {
        let size = limit >= 1 << 20 ? "\(limit >> 20) MB" : "\(limit >> 10) KB"
        return Problem(413, "http.body_too_large", "内容太大", "内容超过了 \(size) 的上限，请缩小后重试。")
    }

    static func unsupportedType(_ expected: String) -> Problem {
        Problem(415, "http.unsupported_type", "内容类型不对", "请以 Content-Type: \(expected) 发送内容。")
    }

    static func malformedJSON(_ error: JSONError) -> Problem {
        Problem(
            400, "http.malformed_json", "JSON 有误",
            "正文不是有效的 JSON：第 \(error.line) 行第 \(error.column) 列，\(error.message)。")
    }

    static func malformedForm(_ why: String) -> Problem {
        Problem(400, "http.malformed_form", "表单内容有误", "\(why)。请返回上一页重新提交。")
    }

    static func header(_ name: String, _ why: String) -> Problem {
        Problem(400, "http.malformed_header", "请求头有误", "请求头 \(name) \(why)。")
    }

    static func tooManyRequests() -> Problem {
        Problem(429, "http.too_many_requests", "操作太频繁", "操作太频繁，请稍等一会儿再试。")
    }
}
