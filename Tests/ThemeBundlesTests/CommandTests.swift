import ArgumentParser
import Foundation
import StandardThemes
import Testing
import ThemeBundles

@Suite("The commands of theme authors") struct CommandTests {
    private func run(_ arguments: String...) async throws {
        var command = try ThemeCommand.parseAsRoot(arguments)
        if var command = command as? any AsyncParsableCommand { try await command.run() } else { try command.run() }
    }

    @Test("check, test, list and preview end well for sound bundles", arguments: ["check", "test", "list"])
    func sound(verb: String) async throws {
        try await run(verb, StandardThemes.folder.path, "--json")
        let birth = StandardThemes.folder.appendingPathComponent("birth").path
        try await run("preview", birth, "--answer", "婴儿年龄=>3岁", "--json")
    }

    @Test("a preview of an unknown question or option is refused with those there are")
    func falseAnswer() async throws {
        let birth = StandardThemes.folder.appendingPathComponent("birth").path
        for answer in ["是否=x", "婴儿年龄=x"] {
            let error = await #expect(throws: ValidationError.self) {
                try await run("preview", birth, "--answer", answer, "--json")
            }
            #expect(error?.message.contains("婴儿年龄（") == true)
        }
    }

    @Test("every command takes --data, though it needs no deployment", arguments: ["check", "test", "list"])
    func data(verb: String) async throws {
        try await run(verb, StandardThemes.folder.path, "--json", "--data", "/nowhere")
    }

    @Test("new writes a bundle that check and test accept")
    func new() async throws {
        let parent = FileManager.default.temporaryDirectory.appendingPathComponent("cli-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: parent) }
        try await run("new", "open-shop", "--title", "开便利店", "--folder", parent.path, "--json")
        try await run("check", parent.path, "--json")
        try await run("test", parent.path, "--json")
    }

    @Test("a finding ends check with exit code 1")
    func exitCode() async throws {
        let fixture = try BundleFixture(theme: GoodBundle.theme.replacing("after: [A]", with: "after: [Z]"))
        await #expect(throws: ExitCode(1)) { try await run("check", fixture.parent.path, "--json") }
    }
}
