import Catalogue
import Testing

@Suite("Conditions") struct ConditionTests {
    private let leaf = Condition.answer(question: "甲", options: ["一"])

    @Test("what is open leaves a condition undecided, what is not asked does not")
    func openQuestions() {
        #expect(leaf.verdict(for: [:], open: ["甲"]) == nil)
        #expect(leaf.verdict(for: [:], open: []) == false)
        #expect(Condition.not(leaf).verdict(for: [:], open: ["甲"]) == nil)
        #expect(Condition.all([leaf, .always]).verdict(for: [:], open: ["甲"]) == nil)
        #expect(Condition.all([leaf, .not(.always)]).verdict(for: [:], open: ["甲"]) == false)
        #expect(Condition.any([leaf, .always]).verdict(for: [:], open: ["甲"]) == true)
    }

    @Test("with nothing open the verdict is what holds", arguments: ["一", "二"])
    func closed(answer: String) {
        let condition = Condition.any([leaf, .not(.all([leaf, .always]))])
        #expect(condition.verdict(for: ["甲": answer], open: []) == condition.holds(for: ["甲": answer]))
    }
}
