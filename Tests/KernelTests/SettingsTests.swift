import PluginKit
import Testing

@testable import Kernel

/// The settings file, read strictly.
@Suite struct SettingsTests {
    private func findings(_ text: String) throws -> [Finding] {
        do {
            _ = try DeploymentSettings.parse(text)
            return []
        } catch let findings as BootFindings { return findings.findings }
    }

    @Test("a whole file is read")
    func whole() throws {
        let settings = try DeploymentSettings.parse(
            """
            name: 岳阳市“一件事一次办”
            agency: 岳阳市行政审批服务局
            division: 430600
            database:
              postgresql: "host=db user=yiciban password=secret"
            http: {host: 0.0.0.0, port: 80, secureCookies: false, trustedProxies: [10.0.0.1], maximumUpload: 1048576}
            plugins: [newborn, age-friendly]
            plugin:
              newborn: {replyDays: 10}
            themes:
              enabled: [open-shop]
              parameters:
                open-shop: {promise: 3}
            """)
        #expect(settings.agency == "岳阳市行政审批服务局")
        #expect(settings.division.text == "430600")
        #expect(settings.database == .postgreSQL(conninfo: "host=db user=yiciban password=secret"))
        #expect(settings.http.port == 80)
        #expect(settings.http.trustedProxies == ["10.0.0.1"])
        #expect(settings.http.idleTimeout == 75)
        #expect(settings.plugins == ["newborn", "age-friendly"])
        #expect(settings.pluginSettings["newborn"] == ["replyDays": 10])
        #expect(settings.themes.parameters["open-shop"] == ["promise": 3])
    }

    @Test("everything wrong is told at once, with the nearest match, and nothing malformed becomes a default")
    func allAtOnce() throws {
        let findings = try findings(
            """
            nam: 岳阳
            division: 990000
            database: {postgresql: 5}
            http: {prot: 80, port: many, secureCookies: yes}
            plugins: newborn
            sessions: 30
            """)
        let places = Set(findings.map(\.field))
        #expect(
            places == [
                "nam", "name", "division", "database", "http.prot", "http.port", "http.secureCookies", "plugins",
                "sessions",
            ])
        #expect(findings.first { $0.field == "nam" }?.message.contains("name") == true)
        #expect(findings.first { $0.field == "http.prot" }?.message.contains("port") == true)
    }

    @Test("a secret is never shown")
    func secrets() throws {
        let findings = try findings("name: x\ndivision: 430600\ndatabase: {postgres: \"password=topsecret\"}\n")
        #expect(findings.map(\.field) == ["database"])
        #expect(!"\(BootFindings(findings))".contains("topsecret"))
    }

    @Test(
        "what is no YAML is told with its place",
        arguments: [
            "name: [", "name: a\n  b: c\n", "name: a\nname: b\n", "a: *b\n", "? [a]\n: b\n",
        ])
    func malformed(_ text: String) {
        let error = #expect(throws: KernelError.self) { try DeploymentSettings.parse(text) }
        #expect(error?.code == .malformedSettings)
    }

    @Test("words stay words: off, 007 and a zone's code are texts")
    func words() throws {
        #expect(
            try SettingsDocument.parse("a: off\nb: 007\nc: 430600-Z01\nd: \"5\"\ne: 5\nf: true\ng:\nh: 1.5\n")
                == ["a": "off", "b": "007", "c": "430600-Z01", "d": "5", "e": 5, "f": true, "g": nil, "h": .real(1.5)])
    }
}
