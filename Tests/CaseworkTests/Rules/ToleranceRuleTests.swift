import Casework
import Catalogue
import Extension
import Standards
import Storage
import StorageTestSupport
import Testing
import TestSupport

@Suite("Gaps and commitments")
struct ToleranceRuleTests {
    private func substitute(_ world: World, _ id: Identifier, _ by: MaterialSubstitute?) async throws -> CaseFile {
        let mother = world.mother
        return try await world.write { [casework = world.casework] in
            try casework.substitute("registration-form", by: by, of: id, by: mother, in: $0)
        }
    }

    @Test(
        "a tolerated gap starts the clocks, holds the decision, and is filled later", .covers("R12.7"),
        arguments: TestDatabase.all)
    func gap(_ kind: TestDatabaseKind) async throws {
        try await World.run(on: kind) { world in
            try await world.apply(World.bundled.map { $0.id == "birth" ? $0.tolerating("registration-form") : $0 })
            let draft = try await world.begin()
            _ = try await substitute(world, draft.id, .later)
            _ = try await world.submit(draft.id)
            let accepted = try await world.accept(draft.id)
            #expect(accepted.acceptance?.mode == .tolerant)
            #expect(accepted.materials["registration-form"]?.gapDue?.day.text == "2026-03-09")
            #expect(accepted.task("P01")?.due != nil)
            do {
                _ = try await world.grant("P01", draft.id)
                Issue.record("an item was decided while its paper was missing")
            } catch let error as CaseworkError {
                #expect(error.code == .gapOpen)
            }
            _ = try await world.attach(draft.id)
            let file = try await world.grant("P01", draft.id)
            #expect(try await world.events(of: file).contains("case.gap_filled"))
        }
    }

    @Test("a commitment stands in a paper's place where the theme allows it", .covers("R04.4"))
    func commitment() async throws {
        try await World.run(on: .sqlite) { world in
            try await world.apply(World.bundled.map { $0.id == "birth" ? $0.tolerating("registration-form") : $0 })
            let draft = try await world.begin()
            _ = try await substitute(world, draft.id, .commitment)
            let file = try await world.submit(draft.id)
            #expect(file.materials["registration-form"]?.isCommitted == true)
            #expect(try await world.accept(draft.id).acceptance?.mode == .normal)
            #expect(try await world.grant("P01", draft.id).task("P01")?.decision?.outcome == .granted)
        }
    }

    @Test("neither is possible where the theme does not say so")
    func refused() async throws {
        try await World.run(on: .sqlite) { world in
            let draft = try await world.begin()
            await #expect(throws: CaseworkError.self) { _ = try await substitute(world, draft.id, .later) }
            await #expect(throws: CaseworkError.self) { _ = try await substitute(world, draft.id, .commitment) }
        }
    }

    @Test("an item that is not in force on the day is not part of the plan", .covers("R02.6"))
    func notInForce() async throws {
        try await World.run(on: .sqlite) { world in
            try await world.apply(World.bundled.map { $0.id == "birth" ? $0.ending("P02") : $0 })
            let file = try await world.submitted()
            #expect(!file.items.contains { $0.id == "P02" })
            #expect(file.items.map(\.id) == ["P01", "P03", "P04", "P05"])
        }
    }
}

extension Theme {
    /// The theme with one material that may come later or be committed to.
    func tolerating(_ slot: String) -> Theme {
        replacing(
            materials: materials.map { material in
                guard material.id == slot else { return material }
                return MaterialSlot(
                    id: material.id, title: material.title, when: material.when, items: material.items,
                    sources: material.sources, mayBeMissing: true, commitment: "本人承诺已取得登记表。")
            })
    }

    /// The theme with one item that ended yesterday, as seen on the tests' first day.
    func ending(_ id: String) -> Theme {
        replacing(
            items: items.map { item in
                guard item.id == id else { return item }
                return ThemeItem(
                    item: ItemDefinition(
                        id: item.item.id, title: item.item.title, department: item.item.department,
                        kind: item.item.kind, promisedLimit: item.item.promisedLimit, results: item.item.results,
                        effectiveTo: LegalDay(ordinal: TestDatabase.now.day.ordinal - 1)),
                    when: item.when, after: item.after)
            })
    }

    /// The theme in another version with other parts.
    func replacing(items: [ThemeItem]? = nil, materials: [MaterialSlot]? = nil) -> Theme {
        Theme(
            id: id, reference: reference, title: title, version: version + ".1", summary: summary, audience: audience,
            words: words, leadDepartment: leadDepartment, promisedLimit: promisedLimit, questions: questions,
            outcomes: outcomes, items: items ?? self.items, parties: parties, form: form,
            materials: materials ?? self.materials, advice: advice, duplicate: duplicate)
    }
}
