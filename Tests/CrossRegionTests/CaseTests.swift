import PluginKit
import StorageTestSupport
import TestSupport
import Testing

@testable import CrossRegion

@Suite("Cases across regions")
struct CaseTests {
    @Test(
        "an application collected here is corrected, accepted and decided there, and both sides know the same",
        .covers("R13.5", "R13.8"), arguments: TestDatabase.all)
    func wholeWay(kind: TestDatabaseKind) async throws {
        try await Places.run(kind) { places in
            let id = try await places.file()[0].id
            try await places.settle()
            #expect(try await places.states(id) == [.filed, .filed])
            try await places.correct(id)
            try await places.settle()
            #expect(try await places.states(id) == [.correcting, .correcting])
            #expect(try await places.find(places.here, id)?.document.corrections == ["缺参保凭证", "缺户口簿"])
            try await places.supplement(id)
            try await places.settle()
            try await places.accept(id)
            try await places.settle()
            let (mine, theirs) = (try await places.find(places.here, id), try await places.find(places.there, id))
            // Five working days from Monday by the decider's calendar.
            #expect(mine?.dueOn?.text == "2026-03-09")
            #expect(theirs?.dueOn == mine?.dueOn)
            try await places.decide(id)
            try await places.settle()
            #expect(try await places.states(id) == [.granted, .granted])
            let decided = try #require(try await places.find(places.here, id))
            #expect(decided.document.decision == "准予转移。")
            #expect(decided.document.decidedBy == "苏州市人力资源和社会保障局")
            let (note, here) = (try #require(decided.document.files.first), places.here)
            let bytes = try await here.database.read { try here.cases.bytes(note, of: id.text, in: $0) }
            #expect(bytes == Array("%PDF-1.4 结果".utf8))
            #expect(
                try await places.journal(here, id).filter { $0.type == CaseMoved.name }
                    .map { "\($0.body["state"]?.string ?? "") \($0.body["by"]?.string ?? "")" } == [
                        "待补正 320500", "已提交 ours", "已受理 320500", "准予 320500",
                    ])
            // Filing, supplement and result: three ways to Suzhou that nobody made.
            let figure = try await here.figures(by: places.net.act()).scopes.first { $0.scope == .nation }
            #expect(figure?.cases == 1)
            #expect(figure?.visits == 3)
            let comparison = try await here.reconcile(with: "320500", by: places.net.act())
            #expect(comparison.differences == [])
            // Application, paper, correction, supplement, paper, acceptance, decision, file.
            #expect(comparison.messages == 8)
        }
    }

    @Test(
        "originals and results change hands one step after the other, with courier and number",
        .covers("R13.6"), arguments: TestDatabase.all)
    func custody(kind: TestDatabaseKind) async throws {
        try await Places.run(kind) { places in
            let (here, there) = (places.here, places.there)
            var input = places.filing()
            input.originals = "户口簿原件一本"
            let id = try await places.file(input)[0].id
            try await places.settle()
            #expect(
                await places.refusal { try await places.move(there, id, .originals, .receive) } == [
                    "cross-region.custody"
                ])
            try await places.move(here, id, .originals, .send)
            #expect(
                await places.refusal { try await places.move(here, id, .originals, .handOver) } == [
                    "cross-region.custody"
                ])
            try await places.settle()
            try await places.move(there, id, .originals, .receive)
            try await places.accept(id)
            #expect(
                await places.refusal { try await places.move(there, id, .result, .send) } == ["cross-region.custody"])
            try await places.decide(id)
            try await places.move(there, id, .result, .send)
            try await places.move(there, id, .originals, .send)
            try await places.settle()
            try await places.move(here, id, .result, .receive)
            try await places.move(here, id, .result, .handOver)
            try await places.settle()
            let told = [
                "原件收取受理", "原件寄出受理", "原件收到办理", "结果寄出办理", "原件寄出办理", "结果收到受理", "结果交还受理",
            ]
            for service in [here, there] {
                let steps = try await places.find(service, id)?.document.custody ?? []
                #expect(steps.map { "\($0.thing.rawValue)\($0.step.rawValue)\($0.side.rawValue)" } == told)
                #expect(steps.first?.note == "户口簿原件一本")
                #expect(steps.filter { $0.step == .send }.allSatisfy { $0.tracking == "EMS0001" })
            }
        }
    }

    @Test("several places decide parts of one application, each its own, under one number", .covers("R13.5"))
    func together() async throws {
        try await Places.run(.sqlite, mode: .together) { places in
            let net = places.net
            try await Places.deployment("350200", "厦门市", .sqlite, net, 1...1) { third, _ in
                net.add(third, at: "https://third.test")
                try await places.partner(places.here, knows: third, at: "https://third.test", "厦门市")
                try await places.partner(third, knows: places.here, at: Places.hereAddress, "岳阳市")
                try await places.agree(places.here, with: "350200", .theirs, .together)
                try await places.agree(third, with: "430600", .ours, .together)
                #expect(
                    await places.refusal { try await places.file(places.filing(["320500"])) } == [
                        "input.invalid", "parts[0]",
                    ])
                let filed = try await places.file(places.filing(["320500", "350200"]))
                try await places.settle()
                #expect(Set(filed.map(\.bundle)).count == 1)
                #expect(filed[0].id != filed[1].id)
                let second = try await third.database.read { try third.cases.find(filed[1].id.text, in: $0) }
                #expect(second?.document.others == ["苏州市：社会保险关系转移接续"])
                #expect(try await third.database.read { try third.cases.find(filed[0].id.text, in: $0) } == nil)
                try await places.accept(filed[0].id)
                try await places.decide(filed[0].id)
                try await places.settle()
                #expect(try await places.find(places.here, filed[0].id)?.state == .granted)
                #expect(try await places.find(places.here, filed[1].id)?.state == .filed)
            }
        }
    }

    @Test("only a window of the place, and only the organ that decides, sees a case")
    func sight() async throws {
        try await Places.run(.sqlite) { places in
            let id = try await places.file()[0].id
            try await places.settle()
            func staff(_ service: CrossRegionService, _ agency: String, _ permission: Permission) async throws -> Act {
                let seed = Seed.random()
                let agencies = try await service.organisation.snapshot().agencies.values
                let found = try #require(agencies.first { $0.key == agency })
                let post = StaffPost(
                    id: seed.identifier("post", at: places.net.now), agency: found.id, agencyName: "某局",
                    division: service.division, site: nil, permissions: [permission.id])
                let actor = Actor.staff(
                    post, account: seed.identifier("account", at: places.net.now), person: nil, name: "某人",
                    terminal: .portal)
                return places.net.act(actor)
            }
            let (here, there) = (places.here, places.there)
            let clerk = try await staff(here, "hall", CrossRegionService.collect)
            #expect(try await here.open(id, by: clerk).name == "张三")
            let stranger = try await staff(here, "hall", CrossRegionService.decide)
            #expect(await places.refusal { _ = try await here.open(id, by: stranger) } == ["resource.not_found"])
            let officer = try await staff(there, "social", CrossRegionService.decide)
            #expect(try await there.open(id, by: officer).idNumber == Places.idNumber)
            let neighbour = try await staff(there, "hall", CrossRegionService.decide)
            #expect(await places.refusal { _ = try await there.open(id, by: neighbour) } == ["resource.not_found"])
            #expect(try await there.list(.decides, after: "", limit: 10, by: officer).map(\.id) == [id])
            #expect(try await there.list(.decides, after: "", limit: 10, by: neighbour).map(\.id) == [])
            #expect(
                try await places.journal(there, id).map(\.type).filter { $0 == CaseSeen.name }.count == 1,
                "who looked is kept, and only who could")
        }
    }

    @Test(
        "what can't be filed is refused with every finding, and an application can't be decided before its papers came")
    func refusals() async throws {
        try await Places.run(.sqlite) { places in
            var wrong = places.filing(["320500", "999999"])
            wrong.name = ""
            wrong.idNumber = "110101199003070010"
            let (input, text) = (wrong, PaperFile(name: "说明.txt", bytes: Array("text".utf8)))
            #expect(
                await places.refusal { try await places.file(input, papers: [text]) } == [
                    "input.invalid", "name", "id_number", "papers[0]", "parts[0]", "parts[1]",
                ])
            let id = try await places.file()[0].id
            let application = try #require(try await places.notes(places.here, .out, id).first)
            try await places.here.send(application.id, to: "320500", by: places.net.act())
            #expect(
                await places.refusal { try await places.accept(id) } == ["cross-region.papers_missing"])
            #expect(await places.refusal { try await places.decide(id) } == ["cross-region.state"])
            try await places.settle()
            try await places.accept(id)
            try await places.decide(id)
            #expect(await places.refusal { try await places.decide(id, isGranted: false) } == ["cross-region.state"])
        }
    }

    @Test("days are each side's own: the decider promises by its calendar, and the day of filing decides what holds")
    func days() async throws {
        try await Places.run(.sqlite) { places in
            let (there, net) = (places.there, places.net)
            // A holiday that Suzhou has and Yueyang has not.
            let year = try CalendarYear(
                year: 2026, source: "示例放假通知",
                offDays: Set(["2026-03-04", "2026-03-05"].map { try LegalDay($0) }), adjustedWorkdays: [])
            _ = try await there.casework.importCalendar([year], by: net.act())
            let last = net.now.day.adding(days: 1)
            try await places.agree(places.here, with: "320500", .theirs, .collect, number: "短期") { $0.endsOn = last }
            try await places.agree(there, with: "430600", .ours, .collect, number: "短期") { $0.endsOn = last }
            let id = try await places.file(places.filing(number: "短期"))[0].id
            // It was filed on the last day of the agreement, and the partner was away over midnight.
            net.pass(.seconds(20 * 3600))
            #expect(
                await places.refusal { try await places.file(places.filing(number: "短期")) } == [
                    "input.invalid", "parts[0]",
                ])
            try await places.settle()
            #expect(try await places.states(id) == [.filed, .filed])
            try await places.accept(id)
            try await places.settle()
            // Accepted on the 3rd: the 6th, 9th, 10th, 11th and 12th are Suzhou's five working days.
            #expect(try await places.find(places.here, id)?.dueOn?.text == "2026-03-12")
            let own = try await places.here.casework.calendar()
            #expect(own.due(for: .workingDays(5), from: net.now.day).day.text == "2026-03-10")
        }
    }
}
