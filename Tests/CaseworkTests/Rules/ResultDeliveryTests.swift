import Catalogue
import Extension
import Messaging
import Standards
import Storage
import StorageTestSupport
import Testing

@testable import Casework

@Suite("How results reach the applicant")
struct ResultDeliveryTests {
    private func choice(_ way: ResultDelivery.Way) -> DeliveryChoice {
        var choice = DeliveryChoice()
        choice.way = way
        return choice
    }

    private func completed(_ world: World, _ chosen: DeliveryChoice? = nil) async throws -> CaseFile {
        let id = try await world.submitted().id
        if let chosen {
            let mother = world.mother
            _ = try await world.write { [casework = world.casework] in
                try casework.chooseDelivery(id, chosen, by: mother, in: $0)
            }
        }
        _ = try await world.accept(id)
        for item in ["P01", "P02", "P03", "P04"] { _ = try await world.grant(item, id) }
        return try await world.grant("P05", id)
    }

    private func handOver(
        _ world: World, _ id: Identifier, _ recipient: String, _ tail: String, _ relation: String = "本人",
        signature: GivenSignature? = GivenSignature(.paper)
    ) async throws -> CaseFile {
        let clerk = world.clerk
        return try await world.write { [casework = world.casework] in
            try casework.handOver(
                id, to: recipient, tail: tail, relation: relation, signature: signature, by: clerk, in: $0)
        }
    }

    private func findings(_ body: () async throws -> CaseFile) async -> [String] {
        do {
            _ = try await body()
            return []
        } catch let error as CaseworkError {
            return error.findings.map { "\($0.field) \($0.code)" }
                + (error.findings.isEmpty ? [error.code.rawValue] : [])
        } catch {
            return ["\(error)"]
        }
    }

    @Test("only the applicant collects, against signature, and only once", arguments: TestDatabase.all)
    func collected(_ kind: TestDatabaseKind) async throws {
        try await World.run(on: kind) { world in
            let file = try await completed(world, choice(.collect))
            #expect(file.delivery?.state == .ready)
            let waiting = try await world.casework.deliveries(.collect, by: world.clerk)
            #expect(waiting.items.map(\.id) == [file.id.text])
            #expect(waiting.items.first?.applicant == "李**")
            #expect(
                await findings { try await handOver(world, file.id, "王建国", "5454") } == [
                    "recipient delivery.not_entitled"
                ])
            #expect(
                await findings { try await handOver(world, file.id, "李晓梅", "0000") } == [
                    "recipient delivery.not_entitled"
                ])
            #expect(
                await findings { try await handOver(world, file.id, "", "12") } == [
                    "recipient field.required", "tail field.format",
                ])
            let done = try await handOver(world, file.id, "李晓梅", "9428")
            #expect(done.delivery?.handover?.relation == "本人")
            #expect(try await world.events(of: done).last == "case.results_handed_over")
            #expect(await findings { try await handOver(world, file.id, "李晓梅", "9428") } == ["casework.already_served"])
            #expect(try await world.casework.deliveries(.collect, by: world.clerk).items.isEmpty)
        }
    }

    @Test("a signature on the pad is its picture, which the applicant and the window see", arguments: TestDatabase.all)
    func drawn(_ kind: TestDatabaseKind) async throws {
        try await World.run(on: kind) { world in
            let file = try await completed(world, choice(.collect))
            let clerk = world.clerk
            let picture = try world.casework.signature(.pad, picture: Self.stroke, by: clerk)
            #expect(throws: CaseworkError.self) {
                _ = try world.casework.signature(.pad, picture: "不是 Base64", by: clerk)
            }
            let text = GivenSignature(.pad, picture: try world.casework.prepare(World.paper, by: clerk))
            for (signature, finding) in [
                (GivenSignature(.pad), "signature_picture casework.unsigned"),
                (text, "signature_picture casework.signature_format"),
            ] {
                #expect(
                    await findings { try await handOver(world, file.id, "李晓梅", "9428", signature: signature) } == [
                        finding
                    ])
            }
            let done = try await handOver(world, file.id, "李晓梅", "9428", signature: picture)
            let blob = try #require(done.delivery?.handover?.picture?.blob)
            for act in [world.mother, clerk] {
                let shown = try await world.casework.signaturePicture(blob, of: file.id, by: act)
                #expect(shown.contentType == "image/png" && !shown.bytes.isEmpty)
            }
            await #expect(throws: CaseworkError.self) {
                _ = try await world.casework.signaturePicture(blob, of: file.id, by: world.officer("公安"))
            }
            let folder = try PaperFolder()
            let index = try await world.casework.archive(file.id, to: folder.path("case.zip"), by: clerk)
            #expect(index.members.map(\.name).contains("签名/1.png"))
        }
    }

    /// One pixel.
    private static let stroke =
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="

    @Test("a named collector collects with the relation that was named", arguments: TestDatabase.all)
    func collector(_ kind: TestDatabaseKind) async throws {
        try await World.run(on: kind) { world in
            var chosen = choice(.collect)
            chosen.collectorName = "王建国"
            chosen.collectorTail = "5454"
            chosen.collectorRelation = "丈夫"
            let file = try await completed(world, chosen)
            #expect(
                await findings { try await handOver(world, file.id, "王建国", "5454", "朋友") } == [
                    "recipient delivery.not_entitled"
                ])
            let done = try await handOver(world, file.id, "王建国", "5454", "丈夫")
            let journal = try #require(try await world.journal(of: done).last?.entry)
            #expect(journal.body.contains("\"isApplicant\":false"))
            #expect(!journal.body.contains("王建国") && !journal.body.contains("5454"))

            // The applicant is told who has them.
            let notify = try #require(
                world.casework.contributions.compactMap { $0 as? Notify }.first { $0.event == journal.type })
            let act = world.system
            let told = try await world.database.read { try notify.drafts(journal.body, act, $0) }
            #expect(told.map(\.kind) == ["case.results_collected"])
            #expect(told.first?.values["代领人"] == "王建国（丈夫）")
        }
    }

    @Test("a parcel is posted, comes back, is posted again and arrives", arguments: TestDatabase.all)
    func posted(_ kind: TestDatabaseKind) async throws {
        try await World.run(on: kind) { world in
            var chosen = choice(.post)
            chosen.name = "李晓梅"
            chosen.phone = "138 0000 0000"
            chosen.address = "岳阳楼区某路1号"
            let file = try await completed(world, chosen)
            let clerk = world.clerk
            func step(_ body: @escaping @Sendable (CaseworkService, Transaction) throws -> CaseFile) async throws
                -> CaseFile
            {
                try await world.write { [casework = world.casework] in try body(casework, $0) }
            }
            let id = file.id
            _ = try await step { try $0.postResults(id, courier: "EMS", tracking: "EA000000001CN", by: clerk, in: $1) }
            #expect(try await world.casework.deliveries(.post, .posted, by: clerk).items.map(\.id) == [id.text])
            _ = try await step { try $0.endPosting(id, arrived: nil, by: clerk, in: $1) }
            _ = try await step { try $0.postResults(id, courier: "EMS", tracking: "EA000000002CN", by: clerk, in: $1) }
            let done = try await step { try $0.endPosting(id, arrived: clerk.now.day, by: clerk, in: $1) }
            #expect(done.delivery?.state == .done)
            #expect(
                try await world.events(of: done).suffix(4) == [
                    "case.results_posted", "case.results_returned", "case.results_posted", "case.results_arrived",
                ])
            let bodies = try await world.journal(of: done).map(\.entry.body).joined()
            #expect(!bodies.contains("某路") && !bodies.contains("13800000000"))
        }
    }

    @Test("everything that is missing of an address is told at once")
    func address() async throws {
        try await World.run(on: .sqlite) { world in
            let id = try await world.submitted().id
            let mother = world.mother
            let chosen = choice(.post)
            #expect(
                await findings {
                    try await world.write { [casework = world.casework] in
                        try casework.chooseDelivery(id, chosen, by: mother, in: $0)
                    }
                }.map { $0.split(separator: " ")[0] } == ["name", "address", "phone"])
        }
    }

    @Test("nobody else chooses, and nobody any more once the results have left")
    func access() async throws {
        try await World.run(on: .sqlite) { world in
            let file = try await completed(world, choice(.collect))
            let (stranger, mother, other) = (world.stranger, world.mother, choice(.electronic))
            #expect(
                await findings {
                    try await world.write { [casework = world.casework] in
                        try casework.chooseDelivery(file.id, other, by: stranger, in: $0)
                    }
                } == ["casework.not_found"])
            _ = try await handOver(world, file.id, "李晓梅", "9428")
            #expect(
                await findings {
                    try await world.write { [casework = world.casework] in
                        try casework.chooseDelivery(file.id, other, by: mother, in: $0)
                    }
                } == ["casework.wrong_state"])
        }
    }

    @Test("another party and an officer see nothing of it")
    func sight() async throws {
        try await World.run(on: .sqlite) { world in
            let file = try await completed(world, choice(.collect))
            #expect(try await world.casework.sight(of: file.id, by: world.mother).file.delivery != nil)
            #expect(try await world.casework.sight(of: file.id, by: world.clerk).file.delivery != nil)
            #expect(try await world.casework.sight(of: file.id, by: world.officer("卫健")).file.delivery == nil)
        }
    }
}
