import Organisation
import StorageTestSupport
import TestSupport
import Testing

@Suite("How many windows take everything in")
struct WindowCoverageTests {
    @Test(
        "comprehensive windows are counted per site out of those that could be, the least covered first",
        .covers("R10.3"), arguments: TestDatabase.all)
    func coverage(kind: TestDatabaseKind) async throws {
        try await OrganisationFixture.with(kind) { fixture in
            _ = try await fixture.apply(
                try OrganisationFixture.decoded(
                    """
                    {"sites": [{"key": "cover", "division": "430602", "level": "centre"}],
                     "windows": [
                        {"key": "c1", "site": "cover", "name": "综合窗口1号"},
                        {"key": "c2", "site": "cover", "name": "公安窗口"},
                        {"key": "c3", "site": "cover", "name": "收费处", "kind": "special"}]}
                    """))
            func cover() async throws -> WindowCoverage? {
                try await fixture.service.snapshot().windowCoverage(within: "430602").first
            }
            #expect(try await cover()?.comprehensive == 1)
            #expect(try await cover()?.eligible == 2)
            #expect(try await cover()?.share == 0.5)
            // What is not said again stays; what is said counts.
            _ = try await fixture.apply(
                try OrganisationFixture.decoded(
                    """
                    {"windows": [
                        {"key": "c2", "site": "cover", "name": "公安和社保窗口", "kind": "comprehensive"},
                        {"key": "c3", "site": "cover", "name": "收费处2号"}]}
                    """))
            #expect(try await cover()?.comprehensive == 2)
            #expect(try await cover()?.eligible == 2)
        }
    }
}
