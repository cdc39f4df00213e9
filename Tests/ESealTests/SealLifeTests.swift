import Cryptography
import Extension
import Standards
import Storage
import StorageTestSupport
import TestSupport
import Testing

@testable import ESeal

@Suite("The life of a seal", .covers("R06.12", "R03.9"))
struct SealLifeTests {
    /// A step with who may take it, from where, and where it leads.
    private enum Step: CaseIterable {
        case approve, refuse, make, receive, suspend, resume, revoke

        var rule: (from: [SealLifeState], to: SealLifeState, by: Permission) {
            switch self {
            case .approve: ([.applied], .approved, ESealService.approval)
            case .refuse: ([.applied], .refused, ESealService.approval)
            case .make: ([.approved], .made, ESealService.making)
            case .receive: ([.made], .inForce, ESealService.keep)
            case .suspend: ([.inForce], .suspended, ESealService.keep)
            case .resume: ([.suspended], .inForce, ESealService.approval)
            case .revoke: ([.applied, .approved, .made, .inForce, .suspended], .revoked, ESealService.approval)
            }
        }

        func take(_ id: Identifier, _ service: ESealService, _ act: Act) async throws {
            switch self {
            case .approve: try await service.take(.approve, id, by: act)
            case .refuse: try await service.take(.refuse, id, by: act)
            case .make: try await service.make(id, by: act)
            case .receive: try await service.take(.receive, id, by: act)
            case .suspend: try await service.take(.suspend, id, by: act)
            case .resume: try await service.take(.resume, id, by: act)
            case .revoke: try await service.take(.revoke, id, by: act)
            }
        }
    }

    @Test(
        "any order of steps by anybody goes exactly as the table of steps says, each in the journal",
        arguments: TestDatabase.all, [UInt64(1), 2, 3])
    func model(_ kind: TestDatabaseKind, seed: UInt64) async throws {
        try await ServiceFixture.run(kind) { fixture in
            try await fixture.service.authority.found("岳阳市行政审批服务局", by: fixture.act())
            let people: [(Act, Permission, isHealth: Bool)] = [
                (try await fixture.staff("keeper", at: "health", ESealService.keep), ESealService.keep, true),
                (try await fixture.staff("stranger", at: "police", ESealService.keep), ESealService.keep, false),
                (
                    try await fixture.staff("approver", at: "police", ESealService.approval), ESealService.approval,
                    false
                ),
                (try await fixture.staff("maker", at: "police", ESealService.making), ESealService.making, false),
            ]
            var random = SeededGenerator(seed: seed)
            let id = try await fixture.service.apply(
                SealApplication(agency: try await fixture.agency("health")), by: people[0].0)
            var state = SealLifeState.applied
            var steps = 0
            // Steps that lead on are taken more often, so that late states are met as well.
            for _ in 0..<60 where !state.isFinal {
                let step = Step.allCases.randomElement(using: &random) ?? .approve
                if [.revoke, .refuse].contains(step), !Int.random(in: 0..<6, using: &random).isMultiple(of: 6) {
                    continue
                }
                let person = people.randomElement(using: &random) ?? people[0]
                let mayTake = person.1 == step.rule.by && (person.1 != ESealService.keep || person.isHealth)
                do {
                    try await step.take(id, fixture.service, person.0)
                    #expect(mayTake && step.rule.from.contains(state), "\(step) from \(state)")
                    state = step.rule.to
                    steps += 1
                } catch {
                    #expect(!(mayTake && step.rule.from.contains(state)), "\(step) from \(state): \(error)")
                }
                #expect(try await fixture.find(id)?.state == state)
            }
            #expect(
                try await fixture.events(of: id)
                    == ["eseal.applied"] + Array(repeating: "eseal.stepped", count: steps))
        }
    }

    @Test("nobody approves what they applied for", arguments: TestDatabase.all)
    func fourEyes(_ kind: TestDatabaseKind) async throws {
        try await ServiceFixture.run(kind) { fixture in
            let both = try await fixture.staff("both", at: "health", ESealService.keep, ESealService.approval)
            let id = try await fixture.service.apply(
                SealApplication(agency: try await fixture.agency("health")), by: both)
            let error = await #expect(throws: SealError.self) {
                try await fixture.service.take(.approve, id, by: both)
            }
            #expect(error?.code == .state)
        }
    }

    @Test("all that is wrong with an application is told at once", arguments: TestDatabase.all)
    func findings(_ kind: TestDatabaseKind) async throws {
        try await ServiceFixture.run(kind) { fixture in
            let application = SealApplication(
                agency: try await fixture.agency("health"), kind: .approval, organ: "别的单位", purpose: "",
                powers: [])
            let error = await #expect(throws: SealError.self) {
                try await fixture.service.apply(application, by: fixture.act())
            }
            #expect(error?.findings.map(\.field) == ["organ", "purpose", "powers"])
        }
    }

    @Test(
        "one organ has one seal of a kind; a new one takes the old one's place when it is received",
        arguments: TestDatabase.all)
    func renewal(_ kind: TestDatabaseKind) async throws {
        try await ServiceFixture.run(kind) { fixture in
            try await fixture.service.authority.found("甲", by: fixture.act())
            let old = try await fixture.seal("health")
            let agency = try await fixture.agency("health")
            await #expect(throws: SealError.self) {
                try await fixture.service.apply(SealApplication(agency: agency), by: fixture.act())
            }
            let act = fixture.act(after: 10)
            let new = try await fixture.service.apply(SealApplication(agency: agency, replaces: old), by: act)
            try await fixture.service.take(.approve, new, by: act)
            try await fixture.service.make(new, by: act)
            #expect(try await fixture.find(old)?.state == .inForce)
            try await fixture.service.take(.receive, new, by: act)
            #expect(try await fixture.find(old)?.state == .replaced)
            #expect(try await fixture.find(new)?.state == .inForce)
        }
    }
}
