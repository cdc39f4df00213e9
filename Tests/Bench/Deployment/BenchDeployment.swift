import Foundation
import StandardThemes

/// A sample deployment in the workshop.
struct BenchDeployment {
    let folder: URL
    let workshop: Workshop

    /// The theme that is measured.
    static let theme = "birth"

    /// Lifts the limits by address, and lets the theme's one paper be left out.
    func prepare() throws {
        let settings = folder.appendingPathComponent("settings.yaml")
        try edit(settings, to: settings, "  host: 127.0.0.1\n") {
            "\($0)  port: 0\n  anonymousPerMinute: 0\n  signInPerMinute: 0\n"
        }
        let own = folder.appendingPathComponent("themes/\(Self.theme)", isDirectory: true)
        try FileManager.default.copyItem(at: StandardThemes.folder.appendingPathComponent(Self.theme), to: own)
        let theme = own.appendingPathComponent("theme.yaml")
        try edit(theme, to: theme, "    sample: samples/registration-form.md\n") { "\($0)    optional: true\n" }
    }

    private func edit(_ from: URL, to: URL, _ text: String, _ change: (String) -> String) throws {
        let before = try String(contentsOf: from, encoding: .utf8)
        guard before.contains(text) else { throw BenchError("\(from.path) 里没有“\(text)”，测速所用的改动要跟着更新。") }
        try Data(before.replacingOccurrences(of: text, with: change(text)).utf8).write(to: to)
    }

    /// The passwords that the sample was made with.
    func password(of user: String) throws -> String {
        struct Account: Decodable {
            let username: String
            let password: String
        }
        let data = try Data(contentsOf: folder.appendingPathComponent("sample-accounts.json"))
        guard let account = try JSONDecoder().decode([Account].self, from: data).first(where: { $0.username == user })
        else { throw BenchError("示例部署里没有账号 \(user)。") }
        return account.password
    }

    /// The program as it is shipped.
    func serve() async throws -> BenchServer {
        try server(workshop.program, ["serve", "--data", folder.path, "--port", "0"])
    }

    /// The program with a commit of its own for each write.
    func serveUnshared() async throws -> BenchServer {
        try server(workshop.bench, ["serve-program", "--data", folder.path])
    }

    /// The bare handlers over the same database.
    func serveBaseline() async throws -> BenchServer {
        try server(workshop.bench, ["serve-baseline", "--data", folder.path])
    }

    /// Fills the database with copies of its first case.
    ///
    /// - Returns: the file with the identifiers of some of them.
    func fill(_ count: Int) throws -> String {
        let file = folder.appendingPathComponent("identifiers.txt").path
        print(
            try Shell.output(
                of: workshop.bench,
                ["fill", "--data", folder.path, "--cases", "\(count)", "--identifiers", file]), terminator: "")
        return file
    }

    private func server(_ program: URL, _ arguments: [String]) throws -> BenchServer {
        let log = workshop.folder.appendingPathComponent("\(arguments[0])-\(UInt32.random(in: 0 ... .max)).log")
        return BenchServer(child: try Child(program, arguments, log: log))
    }
}
