import Catalogue
import Standards
import TestSupport
import Testing

@testable import Casework

@Suite("A plan on the terminal and over the interface")
struct PlanTextTests {
    private func result() throws -> PlanningResult {
        let theme = try #require(World.bundled.first { $0.id == "birth" })
        return Planner.plan(theme, answers: World.birthAnswers.merging(["是否报销生育医疗费用": "是"]) { $1 })
    }

    @Test("names what is promised and what the law demands side by side")
    func limits() throws {
        let text = PlanText(result: try result(), reader: .visitor).text
        #expect(text.contains("P06 生育医疗费用报销（医保，承诺15个工作日，法定30个工作日）"))
    }

    @Test("itemises each fee, also one that a tariff decides")
    func fees() throws {
        let view = PlanView(try result(), for: .visitor, today: LegalDay(ordinal: 20_000))
        #expect(view.fees.map(\.item) == ["P05"])
        #expect(view.fees.first?.amount == nil && view.fees.first?.text == "按标准")
        #expect(view.fees.first?.note?.contains("税务") == true)
    }
}
