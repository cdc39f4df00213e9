import ArgumentParser
import Kernel
import PluginKit
import Testing

@testable import Console

@Suite("What the command line says when something fails")
struct FailureTests {
    @Test("a refusal ends with 1, an unfit deployment with 3")
    func exitCodes() throws {
        let refused = try #require(Failure(Problem.notFound("这件事")))
        #expect(refused.exit == .refused)
        #expect(try #require(Failure(KernelError(.noDeployment, "没有部署"))).exit == .environment)
        #expect(try #require(Failure(StorageError(.connection, "连接不上"))).exit == .environment)
        #expect(try #require(Failure(StorageError(.staleVersion, "已被更新"))).exit == .refused)
        #expect(try #require(Failure(Problem(500, "x", "出错", "请重试"))).exit == .environment)
    }

    @Test("every finding stands on a line of its own, with its place")
    func findingsAreListed() throws {
        let failure = try #require(
            Failure(Problem.invalid([Finding("form.a", "x", "请填写甲。"), Finding("form.b", "x", "请填写乙。")])))
        #expect(
            failure.text == "错误：请按提示逐项修改后重新提交。\n  - form.a：请填写甲。\n  - form.b：请填写乙。")
    }

    @Test("scripts get code, message and findings as JSON")
    func json() throws {
        let failure = try #require(Failure(BootFindings([Finding("plugins", "plugin.unknown", "没有这个插件。")])))
        #expect(failure.json["error"]?["code"] == "kernel.findings")
        #expect(failure.json["error"]?["findings"]?.array?.first?["field"] == "plugins")
    }

    @Test("a foreign error is left to the argument parser")
    func foreignErrors() {
        #expect(Failure(ValidationError("写错了")) == nil)
    }
}
