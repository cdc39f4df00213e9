import Casework
import Catalogue
import Extension
import Standards
import Storage
import StorageTestSupport
import Testing

/// Random people do random things to one case; whatever they do, the rules of the state machine hold.
@Suite("The state machine under random hands")
struct CaseModelTests {
    /// Something that somebody tries.
    enum Move: CaseIterable {
        case attach, fill, submit, accept, correct, refuseAcceptance, grant, refuse, pause, resume, withdraw,
            terminate, wait, deem
    }

    @Test("no sequence of moves breaks an invariant, and the journal alone tells the state", arguments: 0..<12)
    func randomWalk(_ seed: UInt64) async throws {
        try await World.run(on: .sqlite) { world in
            var generator = SeededGenerator(seed: seed)
            let draft = try await world.begin()
            var before = draft
            for _ in 0..<60 {
                let move = Move.allCases.randomElement(using: &generator) ?? .wait
                let target = ["P01", "P02", "P03", "P04", "P05"].randomElement(using: &generator) ?? "P01"
                do {
                    try await play(move, on: target, of: draft.id, in: world)
                } catch is CaseworkError {
                    // A refused move must change nothing; that is checked below.
                }
                let file = try await world.casework.sight(of: draft.id, by: world.system).file
                try await check(file, after: before, in: world)
                before = file
            }
        }
    }

    private func play(_ move: Move, on item: String, of id: Identifier, in world: World) async throws {
        let casework = world.casework
        let officer = world.officer(World.results[item]?.department ?? "卫健")
        let (mother, clerk) = (world.mother, world.clerk)
        switch move {
        case .attach: _ = try await world.attach(id)
        case .fill:
            let weight = String(2500 + Int(world.now.milliseconds % 1000))
            _ = try await world.write { try casework.fill(id, values: ["birth_weight": weight], by: mother, in: $0) }
        case .submit: _ = try await world.submit(id)
        case .accept: _ = try await world.accept(id)
        case .correct:
            let earlier = try await casework.sight(of: id, by: world.system).file.corrections.last
            _ = try await world.write {
                try casework.requestCorrection(
                    id,
                    faults: [
                        Fault(target: "form.birth_weight", text: "请核对", repeats: earlier == nil ? nil : 1)
                    ], by: clerk, in: $0)
            }
        case .refuseAcceptance:
            // Rarely, or most walks would end here.
            if world.now.milliseconds % 5 == 0 {
                _ = try await world.write {
                    try casework.refuseAcceptance(id, reason: "非本地", competentAgency: "外地", by: clerk, in: $0)
                }
            }
        case .grant: _ = try await world.grant(item, id)
        case .refuse:
            _ = try await world.write {
                try casework.refuse(item, of: id, reason: "不符", remedy: "复议", by: officer, in: $0)
            }
        case .pause:
            _ = try await world.write {
                try casework.pause(item, of: id, for: .test, reason: "检测", expectedDays: 2, by: officer, in: $0)
            }
        case .resume: _ = try await world.write { try casework.resume(item, of: id, by: officer, in: $0) }
        case .withdraw:
            if world.now.milliseconds % 7 == 0 {
                _ = try await world.write { try casework.withdraw(id, by: mother, in: $0) }
            }
        case .terminate:
            if world.now.milliseconds % 11 == 0 {
                _ = try await world.write {
                    try casework.terminate(id, on: .deceased, reason: "申请人死亡", by: clerk, in: $0)
                }
            }
        case .wait: world.wait(.milliseconds(50_000_003))
        case .deem: _ = try await casework.deemAccepted(by: world.system)
        }
    }

    private func check(_ file: CaseFile, after before: CaseFile, in world: World) async throws {
        let events = try await world.events(of: file)
        #expect(CaseModelTests.state(after: events) == file.state || file.state == .suspended)
        #expect(events.count >= file.version, "each change leaves at least one event")
        if before.state.isClosed { #expect(file.version == before.version, "a closed case never changes") }

        let sight = try await world.casework.sight(of: file.id, by: world.system)
        for task in file.items {
            let after = sight.plan.items.first { $0.id == task.id }?.after ?? []
            if task.opened != nil {
                let isReady = after.allSatisfy { file.task($0)?.state.isOver ?? true }
                #expect(isReady, "\(task.id) opened too early")
                #expect(task.due != nil)
            }
            let (isPaused, hasOpenPause) = (task.state == .paused, task.openPause != nil)
            #expect(isPaused == hasOpenPause)
            #expect((task.state == .decided) == (task.decision != nil))
        }
        let isStanding =
            file.items.contains { $0.state == .paused } && !file.items.contains { $0.state == .open }
        #expect((file.state == .suspended) == (isStanding && !file.state.isClosed))
        if file.state.isClosed {
            let isAllOver = file.items.allSatisfy(\.state.isOver)
            #expect(isAllOver)
            let isNobodyWaiting = file.waits.allSatisfy { $0.end != nil }
            #expect(isNobodyWaiting)
            #expect(file.times.closed != nil)
        }
        let isWaiting = file.waits.contains { $0.kind == .applicant && $0.end == nil }
        #expect((file.state == .correction) == isWaiting)
        #expect(file.acceptBy == nil || file.state == .submitted)
        let spent = file.timeSpent(at: world.now)
        #expect(spent.office >= 0 && spent.applicant >= 0)
    }

    /// Where a case stands as its events tell it, but for suspension, which depends on the items.
    static func state(after events: [String]) -> CaseState {
        events.reduce(.draft) { state, event in
            switch event {
            case "case.submitted", "case.resubmitted": .submitted
            case "case.correction_requested": .correction
            case "case.accepted": .inProgress
            case "case.completed": .completed
            case "case.refused": .refused
            case "case.withdrawn": .withdrawn
            case "case.terminated": .terminated
            case "case.not_accepted": .notAccepted
            default: state
            }
        }
    }
}
