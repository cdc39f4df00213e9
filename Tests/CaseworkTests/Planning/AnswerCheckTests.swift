import Casework
import Extension
import Testing

@Suite("Answers from outside") struct AnswerCheckTests {
    private let theme = PlanningFixtures.theme()

    @Test("an unknown question is a finding with the nearest match")
    func unknownQuestion() {
        let findings = AnswerCheck(["年岭": "小"], for: theme).findings
        #expect(findings.map(\.code) == ["answers.unknown_question"])
        #expect(findings.first?.message.contains("是否想写“年龄”") == true)
    }

    @Test("an unknown option is a finding that names the options")
    func unknownOption() {
        let check = AnswerCheck(["年龄": "中", "婚姻": "婚内"], for: theme)
        #expect(check.findings.map(\.field) == ["answers.年龄"])
        #expect(check.findings.first?.message.contains("小、大") == true)
        #expect(check.answers == ["婚姻": "婚内"])
    }

    @Test("an answer to a question that is not asked is dropped without a finding")
    func dropped() {
        let check = AnswerCheck(["本市": "否", "加办": "是"], for: theme)
        #expect(check.findings.isEmpty)
        #expect(check.answers == ["本市": "否"])
    }
}
