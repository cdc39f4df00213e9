public import PluginKit

/// Everything that keeps the kernel from booting, at once.
public struct BootFindings: Error, Sendable, Equatable, CustomStringConvertible {
    /// What is wrong; `field` says where: a setting such as `plugins`, or a plugin's ID.
    public let findings: [Finding]

    public init(_ findings: [Finding]) { self.findings = findings }

    public var description: String {
        (["不能启动，请先改正以下 \(findings.count) 处："] + findings.map { "  \($0.field)：\($0.message)" })
            .joined(separator: "\n")
    }
}
