import Extension
import Standards
import Storage
import StorageTestSupport
import TestSupport
import Testing

@testable import Casework

@Suite("A licence in place of a paper")
struct EvidenceRuleTests {
    @Test("serves only for the other parent whom it names; else the paper is asked for, with the reason")
    func otherParent() async throws {
        try await World.run(on: .sqlite) { world in
            let wrong = ["other_parent_name": "王二", "other_parent_id_number": "430611191003012733"]
            let draft = try await world.begin(World.birthForm.merging(wrong) { $1 })
            _ = try await world.attach(draft.id)
            await #expect { _ = try await world.submit(draft.id) } throws: { error in
                let found = (error as? CaseworkError)?.findings ?? []
                return found.map(\.field) == ["material.other-parent-identity", "material.marriage-certificate"]
                    && found.allSatisfy { $0.message.contains("与填写的“孩子的另一位家长”不一致") }
            }
            let act = world.mother
            _ = try await world.write { [casework = world.casework] in
                try casework.fill(draft.id, values: World.birthForm, by: act, in: $0)
            }
            #expect(try await world.submit(draft.id).state == .submitted)
        }
    }

    @Test("is shown to clerk and officer with the case's access check, and the look is recorded")
    func shown() async throws {
        try await World.run(on: .sqlite) { world in
            let file = try await world.submitted()
            let name = "marriage-certificate"
            let document = try await world.casework.evidence(for: name, of: file.id, by: world.clerk)
            #expect(document.number == "J1")
            let police = world.officer("公安")
            #expect(try await world.casework.evidence(for: name, of: file.id, by: police).number == "J1")
            #expect(try await world.casework.evidenceFile(for: name, of: file.id, by: police).bytes.isEmpty == false)
            for act in [world.officer("人社"), world.mother, world.stranger] {
                await #expect(throws: CaseworkError.self) {
                    _ = try await world.casework.evidence(for: name, of: file.id, by: act)
                }
            }
            let view = CaseView(try await world.casework.sight(of: file.id, by: police), at: world.now)
            let material = try #require(view.materials.first { $0.id == name })
            #expect(material.reason == "由申请人的电子证照《结婚证》代替。" && material.evidence != nil)
            try await world.casework.flushLookUps()
            let stream = StreamID(division: file.division, kind: "case-lookup", id: file.id.text)
            let looks = try await world.database.read { try Journal.entries(of: stream, limit: 50, in: $0) }
            #expect(looks.filter { $0.entry.type == "case.evidence_viewed" }.count == 3)
        }
    }
}
