import Catalogue
import Extension
import Standards
import Storage
import StorageTestSupport
import TestSupport
import Testing

@testable import Casework

@Suite("A new case made ready before the write that files it")
struct FilingTests {
    /// Everything for the birth of a child, to be submitted at once; its one paper is to follow.
    private static let input: NewCase = {
        var input = NewCase()
        input.theme = "birth"
        input.answers = World.birthAnswers
        input.form = World.birthForm
        return input
    }()

    private func prepare(_ input: NewCase = input, by act: Act, in world: World) async throws -> PreparedCase {
        try await world.database.read { [casework = world.casework] in try casework.prepare(input, by: act, in: $0) }
    }

    private func file(
        _ prepared: PreparedCase?, _ input: NewCase = input, by act: Act, in world: World
    ) async throws -> CaseView {
        try await world.database.write { [casework = world.casework] in
            try casework.file(input, prepared: prepared, by: act, in: $0)
        }
    }

    /// The case as it is stored, seen by the applicant.
    private func stored(_ view: CaseView, in world: World) async throws -> CaseView {
        CaseView(try await world.casework.sight(of: Identifier(view.id), by: world.mother), at: world.now)
    }

    /// The birth theme as shipped, but that its paper may be left out, so that a case is submitted in one step.
    private func birth(_ change: (inout [String: JSONValue]) -> Void = { _ in }) throws -> Theme {
        let theme = try #require(World.bundled.first { $0.id == "birth" })
        guard case .object(var value) = try JSONParser.parse(Array(EventCoding.encode(theme).utf8)),
            case .array(let slots)? = value["materials"]
        else { throw TestDatabaseError.replanned }
        value["materials"] = .array(
            slots.map { slot in
                guard case .object(var members) = slot, members["id"]?.string == "registration-form" else {
                    return slot
                }
                members["isOptional"] = .bool(true)
                return .object(members)
            })
        change(&value)
        return try EventCoding.decode(Theme.self, JSONValue.object(value).canonical)
    }

    private static let submitting: NewCase = {
        var input = FilingTests.input
        input.submit = true
        return input
    }()

    @Test("what was made ready is what is stored", arguments: TestDatabase.all)
    func filing(_ kind: TestDatabaseKind) async throws {
        try await World.run(on: kind) { world in
            try await world.apply([try birth()])
            let act = world.mother
            let prepared = try await prepare(Self.submitting, by: act, in: world)
            #expect(prepared.view.number == nil)
            let view = try await file(prepared, Self.submitting, by: act, in: world)
            #expect(view.number?.isEmpty == false)
            #expect(view.state == .submitted)
            #expect(view.version == 1)
            #expect(try await stored(view, in: world).json == view.json)
        }
    }

    @Test("made ready before the write or in it, a case comes out the same", arguments: TestDatabase.all)
    func unprepared(_ kind: TestDatabaseKind) async throws {
        try await World.run(on: kind) { world in
            let act = world.mother
            let prepared = try await prepare(by: act, in: world)
            let view = try await file(nil, by: act, in: world)
            #expect(view.json == prepared.view.json)
        }
    }

    @Test("a case is made ready anew when a theme was changed meanwhile", arguments: TestDatabase.all)
    func theme(_ kind: TestDatabaseKind) async throws {
        try await World.run(on: kind) { world in
            let act = world.mother
            let prepared = try await prepare(by: act, in: world)
            try await world.apply([try birth { $0["title"] = "新的名称" }])
            let view = try await file(prepared, by: act, in: world)
            #expect(prepared.view.title != "新的名称")
            #expect(view.title == "新的名称")
            #expect(try await stored(view, in: world).json == view.json)
        }
    }

    @Test("a case is made ready anew when the calendar was corrected meanwhile", arguments: TestDatabase.all)
    func calendar(_ kind: TestDatabaseKind) async throws {
        try await World.run(on: kind) { world in
            try await world.apply([try birth()])
            let act = world.mother
            let prepared = try await prepare(Self.submitting, by: act, in: world)
            let year = try #require(try await world.casework.calendar().years.first { $0.year == 2026 })
            let corrected = try CalendarYear(
                year: 2026, source: "更正", offDays: year.offDays.union([LegalDay("2026-03-03")]),
                adjustedWorkdays: year.adjustedWorkdays)
            _ = try await world.casework.importCalendar([corrected], by: world.system)
            let view = try await file(prepared, Self.submitting, by: act, in: world)
            let before = try #require(prepared.view.acceptBy?.day)
            let after = try #require(view.acceptBy?.day)
            #expect(after > before)
            #expect(try await stored(view, in: world).json == view.json)
        }
    }

    @Test("a case is made ready anew when a licence left the wallet meanwhile", arguments: TestDatabase.all)
    func wallet(_ kind: TestDatabaseKind) async throws {
        try await World.run(on: kind) { world in
            let act = world.mother
            let prepared = try await prepare(by: act, in: world)
            #expect(prepared.names.contains("wallet/结婚证"))
            world.wallet.remove("结婚证")
            let view = try await file(prepared, by: act, in: world)
            #expect(view.json != prepared.view.json)
            #expect(try await stored(view, in: world).json == view.json)
        }
    }

    @Test("the same thing is filed once, however it was made ready, and takes one number", arguments: TestDatabase.all)
    func duplicate(_ kind: TestDatabaseKind) async throws {
        try await World.run(on: kind) { world in
            try await world.apply([try birth()])
            let (first, second, third) = (world.mother, world.mother, world.mother)
            let (one, two) = (
                try await prepare(Self.submitting, by: first, in: world),
                try await prepare(Self.submitting, by: second, in: world)
            )
            let filed = try await file(one, Self.submitting, by: first, in: world)
            let error = await #expect(throws: CaseworkError.self) {
                try await file(two, Self.submitting, by: second, in: world)
            }
            #expect(error?.code == .duplicate)
            var other = Self.submitting
            other.form["child_name"] = "李望月"
            let next = try await file(nil, other, by: third, in: world)
            #expect(filed.number?.suffix(6) == "000001")
            #expect(next.number?.suffix(6) == "000002")
        }
    }

    @Test("a case that was stored with its number inside still opens, and has the number of its row")
    func older() async throws {
        try await World.run(on: .sqlite) { world in
            try await world.apply([try birth()])
            let view = try await file(nil, Self.submitting, by: world.mother, in: world)
            let id = try Identifier(view.id)
            let casework = world.casework
            let file = try await world.database.read { try #require(try casework.store.find(id, in: $0)) }
            // As earlier programs wrote it: JSON with a number.
            guard case .object(var members) = try JSONParser.parse(Array(EventCoding.encode(file).utf8)) else { return }
            #expect(members["number"] == nil)
            members["number"] = "不作数"
            let plain = Array(JSONValue.object(members).canonical.utf8)
            let sealed = try casework.store.cipher.seal(
                plain, context: "case_file.body/\(file.division)/\(id)", seed: .random())
            try await world.database.write {
                _ = try $0.execute("UPDATE case_file SET body = ? WHERE id = ?", sealed, id)
            }
            #expect(try await stored(view, in: world).json == view.json)
        }
    }
}
