import Casework
import Catalogue
import Standards
import TestSupport
import Testing

@Suite("The planner") struct PlannerTests {
    private let theme = PlanningFixtures.theme()

    private func plan(
        _ changes: Answers = [:], _ evidence: [MaterialSlot.Source: String] = [:]
    ) throws -> Plan {
        let answers = PlanningFixtures.answers.merging(changes) { $1 }
        return try #require(Planner.plan(theme, answers: answers, available: AvailableSources(evidence)).plan)
    }

    @Test("items stand behind those they wait for, in stages", .covers("R11.7"))
    func order() throws {
        let plan = try plan(["加办": "是"])
        #expect(plan.items.map(\.id) == ["A", "D", "B", "C"])
        #expect(plan.items.map(\.stage) == [0, 0, 1, 2])
        #expect(plan.items.map(\.after) == [[], [], ["A"], ["B"]])
    }

    @Test("an item that is not in the plan is no obstacle")
    func absentItems() throws {
        let plan = try plan(["本市": "否"])
        #expect(plan.items.map(\.id) == ["C", "A"])
        #expect(plan.items.allSatisfy { $0.after.isEmpty && $0.stage == 0 })
    }

    @Test("a cycle does not hang the planner")
    func cycle() throws {
        let items = [("A", "B"), ("B", "A")].map { ThemeItem(item: PlanningFixtures.item($0), after: [$1]) }
        let result = Planner.plan(PlanningFixtures.theme(items), answers: PlanningFixtures.answers)
        #expect(result.plan?.items.map(\.id) == ["A", "B"])
    }

    @Test("an outcome is told as soon as it is certain, before the other questions")
    func earlyOutcome() {
        let result = Planner.plan(theme, answers: ["年龄": "大"])
        #expect(result == .notApplicable(theme.outcomes[0]))
    }

    @Test("open questions are asked, those that depend on them later")
    func unanswered() {
        #expect(Planner.plan(theme, answers: [:]) == .unanswered(Array(theme.questions.prefix(3))))
        let rest = Planner.plan(theme, answers: ["年龄": "小", "婚姻": "婚内", "本市": "是"])
        #expect(rest == .unanswered([theme.questions[3]]))
    }

    @Test("answers to questions that are not asked have no effect")
    func droppedAnswers() throws {
        let plan = try plan(["本市": "否", "加办": "是"])
        #expect(plan.answers == ["年龄": "小", "婚姻": "婚内", "本市": "否"])
        #expect(!plan.items.contains { $0.id == "D" })
    }

    @Test("a data element is asked once, and not when a result supplies it", .covers("R11.7"))
    func form() throws {
        #expect(try plan().fieldIDs == ["child", "spouse"])
        #expect(try plan(["本市": "否"]).fieldIDs == ["child", "child_number", "spouse"])
        #expect(try plan(["婚姻": "非婚"]).form.map(\.title) == ["孩子"])
    }

    @Test("the first source that is there exempts the applicant, and says why")
    func sources() throws {
        let licence = MaterialSlot.Source.licence(type: "结婚证", party: "applicant")
        let check = MaterialSlot.Source.dataCheck(source: "婚姻登记信息")
        #expect(try plan().provision("marriage") == .upload)
        let checked = try plan([:], [check: "q1"]).provision("marriage")
        #expect(checked == .exempt(source: check, reason: .dataCheck("婚姻登记信息"), evidence: "q1"))
        let both = try plan([:], [check: "q1", licence: "L1"]).provision("marriage")
        #expect(
            both == .exempt(source: licence, reason: .licence(type: "结婚证", holder: nil, mustMatch: []), evidence: "L1"))
    }

    @Test("what a paper's place is taken by is said in words that fit who reads it")
    func readers() throws {
        let licence = ExemptionReason.licence(type: "结婚证", holder: nil, mustMatch: [])
        #expect(licence.text(for: .applicant) == "您的《结婚证》可以直接调用电子证照，不用再交。")
        #expect(licence.text(for: .other) == "由申请人的电子证照《结婚证》代替。")
        #expect(ExemptionReason.identity.text(for: .applicant).hasPrefix("您已实名登录"))
        for reader in [PlanReader.visitor, .other] {
            #expect(!ExemptionReason.identity.text(for: reader).contains("您已"), "\(reader)")
        }
    }

    @Test("a licence that must agree with the form is promised, then serves, or the paper is asked for with the reason")
    func matching() throws {
        let source = MaterialSlot.Source.licence(
            type: "结婚证", party: "applicant", matches: LicenceMatch(holders: ["spouse"]))
        let slot = MaterialSlot(id: "marriage", title: "结婚证", items: ["B"], sources: [source, .upload])
        let theme = PlanningFixtures.theme(materials: [slot])
        func material(_ doubt: EvidencedSource.Doubt?) throws -> PlannedMaterial {
            let found = AvailableSources([EvidencedSource(source: source, evidence: "L1", doubt: doubt)])
            let result = Planner.plan(theme, answers: PlanningFixtures.answers, available: found)
            return try #require(result.plan?.materials.first)
        }
        #expect(try material(nil).reason(for: .applicant)?.hasSuffix("不用再交。") == true)
        #expect(try material(.unsettled).reason(for: .applicant)?.contains("与您填写的“配偶”一致的") == true)
        let other = try material(.contradicts)
        #expect(other.provision == .upload)
        #expect(other.reason(for: .applicant)?.contains("与填写的“配偶”不一致") == true)
    }

    @Test("another party's licence is promised for when it agrees, and not once it has agreed and has none")
    func otherWallet() throws {
        let source = MaterialSlot.Source.licence(type: "居民身份证", party: "spouse")
        let slot = MaterialSlot(id: "card", title: "身份证", items: ["B"], sources: [source, .upload])
        let theme = PlanningFixtures.theme(materials: [slot])
        func material(_ found: [EvidencedSource]) throws -> PlannedMaterial {
            let result = Planner.plan(
                theme, answers: PlanningFixtures.answers, available: AvailableSources(found))
            return try #require(result.plan?.materials.first)
        }
        let before = try material([])
        #expect(before.provision == .upload)
        #expect(before.reason(for: .applicant)?.hasPrefix("配偶登录确认后") == true)
        let absent = try material([EvidencedSource(source: source, evidence: "", doubt: .absent)])
        #expect(absent.provision == .upload && absent.notes.isEmpty)
        let there = try material([EvidencedSource(source: source, evidence: "L2")])
        #expect(there.reason(for: .applicant) == "配偶的《居民身份证》可以直接调用电子证照，不用再交。")
    }

    @Test("a paper that another item of the plan produces is never asked for")
    func resultOfTheSameCase() throws {
        guard case .exempt(let source, let reason, nil) = try plan().provision("certificate") else {
            Issue.record("the certificate is asked for")
            return
        }
        #expect(source == .result(item: "A", result: "certificate"))
        #expect(reason.text(for: .applicant).contains("事项A"))
    }

    @Test("a result for somebody else does not stand for one's own paper")
    func otherHolder() throws { #expect(try plan().provision("parents") == .upload) }

    @Test("a material lists the items of the plan that need it, and falls away with them")
    func materialItems() throws {
        #expect(try plan().materials.first { $0.id == "marriage" }?.items == ["B"])
        #expect(try plan(["本市": "否"]).provision("marriage") == nil)
    }

    @Test("the sources worth asking for are named, each once")
    func sourcesToAsk() {
        let asked = Planner.sourcesToAsk(theme, PlanningFixtures.answers)
        #expect(
            asked == [
                .licence(type: "结婚证", party: "applicant"), .dataCheck(source: "婚姻登记信息"),
                .licence(type: "出生医学证明", party: "subject"), .licence(type: "户口簿", party: "applicant"),
            ])
        #expect(Planner.sourcesToAsk(theme, [:]).isEmpty)
    }

    @Test("fees, parties, consents, advice and promise follow the situation")
    func rest() throws {
        let plan = try plan()
        #expect(plan.fees.map(\.item) == ["C"])
        #expect(plan.parties.map(\.id) == ["subject", "spouse"])
        #expect(plan.consents == ["spouse"])
        #expect(plan.advice == ["恭喜"])
        #expect(plan.promisedLimit == .workingDays(10))
        #expect(try self.plan(["加办": "是"]).promisedLimit == .workingDays(15))
        #expect(try self.plan(["婚姻": "非婚"]).consents.isEmpty)
    }

    @Test("an item that is not in force on the day is left out, and with none left there is nothing to apply for")
    func force() throws {
        let day = try LegalDay("2026-11-22")
        let future = ThemeItem(item: PlanningFixtures.item("A", from: day.adding(days: 1)))
        let past = ThemeItem(item: PlanningFixtures.item("B", to: day.adding(days: -1)))
        let now = ThemeItem(item: PlanningFixtures.item("C", from: day, to: day))
        let answers = PlanningFixtures.answers
        let some = Planner.plan(PlanningFixtures.theme([future, past, now]), answers: answers, on: day)
        #expect(some.plan?.items.map(\.id) == ["C"])
        guard case .notApplicable = Planner.plan(PlanningFixtures.theme([future, past]), answers: answers, on: day)
        else {
            Issue.record("nothing is in force, and still there is a plan")
            return
        }
    }

    @Test("the critical path is the longest, and its length the sum of its promises")
    func criticalPath() throws {
        let plan = try plan()
        #expect(plan.criticalPath.map(\.id) == ["A", "B", "C"])
        #expect(plan.criticalLimit == .workingDays(5))
        let mixed = [
            ThemeItem(item: PlanningFixtures.item("A", .naturalDays(3))),
            ThemeItem(item: PlanningFixtures.item("B", .workingDays(halves: 1)), after: ["A"]),
        ]
        let other = Planner.plan(PlanningFixtures.theme(mixed), answers: PlanningFixtures.answers).plan
        #expect(other?.criticalLimit == .workingDays(halves: 7))
    }
}
