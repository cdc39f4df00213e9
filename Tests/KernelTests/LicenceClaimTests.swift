import Foundation
import PluginKit
import StorageTestSupport
import TestSupport
import Testing

@testable import Kernel

/// A licence of somebody who is not registered waits for him.
@Suite struct LicenceClaimTests {
    private static let register = """
        证照类型,证照编号,持证主体,持证主体证件号码,颁发机构,颁发日期,登记日期
        结婚证,J430602-2020-000123,李春梅,430602199001010021,岳阳楼区民政局,2020-05-20,2020-05-20
        结婚证,J430602-2020-000124,赵青,11010519491231002X,岳阳楼区民政局,2020-05-21,2020-05-21
        """

    @Test(
        "who registers later finds the licences that were taken over under the same number, and nobody else's",
        .covers("R14.5"), arguments: TestDatabase.all)
    func claimed(_ kind: TestDatabaseKind) async throws {
        try await withDatabase(kind, migrations: [StorageSchema.migrations]) { database in
            try await Booting.inFolder { folder in
                try folder.create(settings: "name: 测试\ndivision: 430600\n")
                let kernel = try await Kernel.boot(
                    folder: folder, plugins: [], composition: .standard(), clock: FixedClock(TestDatabase.now),
                    withoutBackup: true, database: database, logger: Booting.logger)
                let (licences, identity) = try (
                    kernel.services(LicenceService.self), kernel.services(IdentityService.self)
                )
                let act = Act(actor: .system("test"), now: TestDatabase.now)
                let table = folder.path + "/register.csv"
                try Self.register.write(toFile: table, atomically: true, encoding: .utf8)
                let report = try await licences.collect(table) { act }
                #expect(report.added == 2 && report.linked == 0)
                let profile = try PersonProfile(
                    name: "李春梅", idNumber: "430602199001010021", mobile: nil, today: TestDatabase.now.day)
                let person = try await database.write { try identity.addPerson(profile, by: act, in: $0) }
                let before = try await licences.licences(of: person, by: act)
                #expect(before.isEmpty)
                _ = try await kernel.outboxRunner.runDue()
                let after = try await licences.licences(of: person, by: act)
                #expect(after.map(\.number) == ["J430602-2020-000123"])
                try await kernel.close()
            }
        }
    }
}
