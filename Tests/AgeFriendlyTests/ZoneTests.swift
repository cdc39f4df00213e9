import Kernel
import PluginKit
import StandardThemes
import StorageTestSupport
import TestSupport
import Testing

@testable import AgeFriendly

@Suite("The zone for the elderly")
struct ZoneTests {
    @Test(
        "shows what the settings name and can be had; what can't is told by the check with what may have been meant",
        .covers("R12.15", "R12.17"), arguments: TestDatabase.all)
    func entries(kind: TestDatabaseKind) async throws {
        try await AgeFixture.run(kind, themes: [StandardThemes.folder]) { fixture in
            let zone = fixture.register.zone
            let entries = try await zone.entries(on: AgeFixture.day)
            #expect(entries.map(\.id) == ["retirement"])
            #expect(entries.map(\.url) == ["/themes/retirement"])
            let health = try await zone.check.look(AgeFixture.act())
            #expect(health.level == .warning)
            #expect(health.detail.contains("retirment（是否想写 retirement）"))
            let order = try await fixture.order(by: fixture.person(fixture.elder)) { $0.subject = "retirement" }
            #expect(order.subject == "retirement")
        }
    }

    @Test("settings that are malformed are all told at once")
    func settings() throws {
        let reader = SettingsReader(
            area: "plugin.age-friendly",
            values: [
                "visits": ["morning": "9-11", "afternoon": "17:00-14:30", "capacity": 0], "zone": ["birth", "birth"],
                "proactive": ["ages": 80],
            ])
        _ = try AgeFriendlyPlugin.Settings(from: reader)
        #expect(
            Set(reader.findings.map(\.field)) == [
                "plugin.age-friendly.visits.morning", "plugin.age-friendly.visits.afternoon",
                "plugin.age-friendly.visits.capacity", "plugin.age-friendly.zone[1]",
                "plugin.age-friendly.proactive.ages",
            ])
    }
}
