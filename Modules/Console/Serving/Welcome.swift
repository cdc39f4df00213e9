import Foundation
import PluginKit

/// What the server says once it takes requests: where it is, and in a sample what to try.
struct Welcome: Sendable {
    let name: String
    let host: String
    let data: String
    let accounts: [SampleAccount]

    func text(port: Int) -> String {
        let address = address(port)
        return (["\(name)已启动：\(address)"] + samples(address) + ["按 Ctrl+C 停止。"]).joined(separator: "\n")
    }

    /// The same for a script; the sample accounts' passwords stay in their file.
    func json(port: Int) -> JSONValue {
        [
            "name": .string(name), "url": .string(address(port)), "port": .integer(Int64(port)), "data": .string(data),
            "process_id": .integer(Int64(ProcessInfo.processInfo.processIdentifier)),
        ]
    }

    private func address(_ port: Int) -> String {
        "http://\(host.contains(":") ? "[\(host)]" : host):\(port)"
    }

    private func samples(_ address: String) -> [String] {
        guard let citizen = accounts.first else { return [] }
        let clerk = accounts.first { $0.role == "clerk" }
        var lines = ["", "示例账号（全部为合成数据，密码随机生成，也存在 \(data)/sample-accounts.json）："]
        let width = (accounts.map(\.username.count).max() ?? 0) + 2
        lines += accounts.map {
            "  \($0.username)\(String(repeating: " ", count: width - $0.username.count))\($0.password)  \($0.name)（\($0.title ?? $0.role)）"
        }
        lines += ["", "可以先试这三件事："]
        lines.append("  1. 打开 \(address)，用 \(citizen.username) 登录，搜“生孩子”，回答几个问题，看办事方案，上传一份材料后提交。")
        lines.append("  2. 用 \(clerk?.username ?? "窗口人员的账号") 登录，受理这件事，再由各部门的账号办理自己的事项。")
        lines.append("  3. 在命令行运行 yiciban case list --as \(citizen.username) --data \(data)，看它办到了哪里。")
        return lines + [""]
    }
}
