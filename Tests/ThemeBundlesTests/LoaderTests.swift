import Catalogue
import Extension
import Foundation
import Standards
import Testing
import ThemeBundles

@Suite("Loading bundles") struct LoaderTests {
    @Test("the hash changes with any file and with a setting, and with nothing else")
    func hash() throws {
        let fixture = try BundleFixture()
        let loader = BundleLoader(fixture.parent)
        let before = loader.load().hashes
        #expect(before["good"]?.count == 64)
        #expect(loader.changed(since: before).isEmpty)
        try fixture.write(GoodBundle.theme.replacing("\n", with: "\r\n"), to: "theme.yaml")
        #expect(loader.changed(since: before).isEmpty, "line ends are no change")
        try fixture.write("本人承诺。", to: "texts/promise.md")
        #expect(loader.changed(since: before) == ["good"])
        let set = BundleLoader(fixture.parent, settings: ["good": ["时限": "1wd"]])
        #expect(set.changed(since: loader.load().hashes) == ["good"])
    }

    @Test("a bundle that is gone counts as changed")
    func gone() throws {
        let fixture = try BundleFixture()
        #expect(BundleLoader(fixture.parent).changed(since: ["good": "x", "old": "y"]) == ["good", "old"])
    }

    @Test("a folder without bundles is a finding")
    func empty() {
        let loaded = BundleLoader(URL(fileURLWithPath: "/nowhere")).load()
        #expect(loaded.findings.map(\.code) == ["bundle.none"])
    }

    @Test("one faulty bundle does not take the others with it")
    func faulty() throws {
        let fixture = try BundleFixture()
        let other = fixture.parent.appendingPathComponent("other")
        try FileManager.default.createDirectory(at: other, withIntermediateDirectories: true)
        try "id: other\n".write(to: other.appendingPathComponent("theme.yaml"), atomically: true, encoding: .utf8)
        let loaded = BundleLoader(fixture.parent).load()
        #expect(loaded.sound.map(\.folder) == ["good"])
        #expect(loaded.findings.allSatisfy { $0.file.hasPrefix("other/") && $0.code == "theme.missing_key" })
    }

    @Test("a link and a file that is not text are refused")
    func hostile() throws {
        let fixture = try BundleFixture()
        try FileManager.default.createSymbolicLink(
            at: fixture.folder.appendingPathComponent("texts/link.md"),
            withDestinationURL: URL(fileURLWithPath: "/etc/passwd"))
        try Data([0xFF, 0xFE, 0x00]).write(to: fixture.folder.appendingPathComponent("texts/raw.md"))
        let (bundle, findings) = ThemeBundle.read(fixture.folder)
        #expect(bundle == nil)
        #expect(findings.map(\.code) == ["bundle.link", "bundle.encoding"])
    }

    @Test("an outcome may only point to a theme that is there")
    func unknownTheme() throws {
        let theme = GoodBundle.theme.replacing("text: 请到窗口。}", with: "text: 请到窗口。, theme: goods}")
        let fixture = try BundleFixture(theme: theme)
        let findings = BundleLoader(fixture.parent).load().findings
        #expect(findings.map(\.code) == ["theme.unknown_theme"])
        #expect(findings.first?.message.contains("是否想写“good”") == true)
    }

    @Test("settings are taken, and what is unknown or malformed is found")
    func settings() throws {
        let fixture = try BundleFixture()
        let bundle = try #require(ThemeBundle.read(fixture.folder, settings: ["时限": "1wd", "次数": 3]).bundle)
        #expect(bundle.theme.items.first?.item.promisedLimit == .workingDays(1))
        #expect(bundle.theme.summary == "一件3次办好的事。")
        #expect(fixture.check(settings: ["时线": "1wd"]).map(\.code) == ["theme.unknown_setting"])
        #expect(fixture.check(settings: ["时限": "很快"]).map(\.code) == ["theme.setting"])
        #expect(fixture.check(settings: ["时限": "4wd"]).map(\.code) == ["theme.promise_exceeded"])
        let elsewhere = BundleLoader(fixture.parent, settings: ["goood": [:]]).load()
        #expect(elsewhere.findings.map(\.code) == ["bundle.unknown_setting"])
    }
}
