import Casework
import Catalogue
import Extension
import StorageTestSupport
import TestSupport
import Testing

@Suite("One standard in the whole city")
struct SameStandardTests {
    @Test(
        "the same situation is handled by the same version of the theme in every division", .covers("R11.2"),
        arguments: TestDatabase.all)
    func sameEverywhere(kind: TestDatabaseKind) async throws {
        try await World.run(on: kind) { world in
            func begun(_ division: String) async throws -> CaseSight {
                let act = world.mother
                let file = try await world.casework.begin(
                    theme: "birth", answers: World.birthAnswers, division: division, by: act)
                #expect(file.division == division)
                return try await world.casework.sight(of: file.id, by: act)
            }
            let (district, city) = (try await begun("430602"), try await begun("430600"))
            #expect(district.file.theme == city.file.theme)
            #expect(district.plan == city.plan)
            #expect(district.plan.items.isEmpty == false)

            // A newer version becomes current everywhere at once, and the open case keeps its own.
            var themes = World.bundled
            let index = try #require(themes.firstIndex { $0.id == "birth" })
            let text = try EventCoding.encode(themes[index])
            themes[index] = try EventCoding.decode(
                Theme.self, text.replacing("\"\(themes[index].title)\"", with: "\"新的名称\""))
            try await world.apply(themes)
            let (nextDistrict, nextCity) = (try await begun("430602"), try await begun("430600"))
            #expect(nextDistrict.file.theme == nextCity.file.theme)
            #expect(nextDistrict.file.theme != district.file.theme)
            let kept = try await world.casework.sight(of: district.file.id, by: world.mother)
            #expect(kept.file.theme == district.file.theme)
        }
    }
}
