import Foundation
import Kernel
import PluginKit
import Testing

@testable import Composition
@testable import Console

@Suite("The sample deployment yueyang")
struct SampleTests {
    let source: DeploymentSource

    init() throws { source = try DeploymentSource.find("yueyang", in: SampleDeployments.folder) }

    @Test("its settings are read without a finding, with either database")
    func settings() throws {
        #expect(try DeploymentSettings.parse(source.settings(conninfo: nil)).database == .sqlite)
        let conninfo = "host=/tmp dbname=x password='a\"b: #'"
        #expect(
            try DeploymentSettings.parse(source.settings(conninfo: conninfo)).database
                == .postgreSQL(conninfo: conninfo))
    }

    @Test("no reference in its files leads nowhere")
    func references() throws {
        let organisation = try source.organisation()
        let known = Set(organisation.roles.flatMap(\.permissions))
        let check = SampleCheck(organisation: organisation, sample: try source.sample(), permissions: known)
        #expect(check.findings == [])
    }

    @Test("a reference that leads nowhere is found with the nearest name")
    func wrongReference() throws {
        var sample = try source.sample()
        sample.accounts[0].person = "mothr"
        let organisation = try source.organisation()
        let known = Set(organisation.roles.flatMap(\.permissions))
        let findings = SampleCheck(organisation: organisation, sample: sample, permissions: known).findings
        #expect(findings.map(\.message) == ["没有办事人 mothr，是否想写 mother。"])
    }

    @Test("it has the city's districts and zones; zones carry codes of our own")
    func divisions() throws {
        let codes = try source.organisation().divisions.map(\.code)
        let city = try DivisionCode("430600")
        let expected = Divisions.published.all.filter { $0.retirement == nil && $0.code.isWithin(city) }.map(
            \.code.text)
        #expect(Set(codes) == Set(expected))
        #expect(codes.filter { $0.contains("-") }.count == 7)
    }

    @Test("its people are valid by their numbers and not among the living")
    func people() throws {
        for person in try source.sample().persons {
            let id = try ResidentID(exactly: person.idNumber)
            #expect((1900...1913).contains(id.birthDay.year), "\(person.key)")
        }
        for agency in try source.organisation().agencies {
            #expect(throws: Never.self) { try CreditCode(exactly: try #require(agency.creditCode)) }
        }
    }

    @Test("an unknown sample is named with those that there are")
    func unknownSample() {
        #expect(throws: ConsoleError.self) { try DeploymentSource.find("yueyan", in: SampleDeployments.folder) }
    }
}
