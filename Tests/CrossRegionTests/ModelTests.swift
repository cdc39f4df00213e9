import PluginKit
import StorageTestSupport
import TestSupport
import Testing

@testable import CrossRegion

/// Two deployments under random weather: whatever is lost, doubled, delayed or cut off between a commit and its
/// receipt, each case is decided once and both sides say the same in the end.
@Suite("Two deployments under random weather")
struct ModelTests {
    /// SplitMix64: the same seed gives the same story on every machine.
    private struct Dice: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var value = state
            value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
            value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
            return value ^ value >> 31
        }

        mutating func roll(_ sides: Int) -> Int { Int.random(in: 0..<sides, using: &self) }
    }

    @Test("every case is decided once, and both journals agree", .covers("R13.6", "R13.7"), arguments: 1...6)
    func story(seed: Int) async throws {
        try await Places.run(seed == 1 ? .postgreSQL : .sqlite) { places in
            var dice = Dice(state: UInt64(seed))
            var filed: [Identifier] = []
            for _ in 0..<120 {
                places.net.pass(.seconds(1))
                places.net.set(weather(&dice))
                try await step(&dice, &filed, places)
            }
            places.net.set(.fair)
            try await finish(filed, places)
            try await check(filed, places)
        }
    }

    private func weather(_ dice: inout Dice) -> Net.Weather {
        switch dice.roll(8) {
        case 0: .losesLetter
        case 1: .losesReceipt
        case 2: .doubles
        case 3: .delays
        default: .fair
        }
    }

    /// Somebody does something; what can't be done at the moment is refused and changes nothing.
    private func step(_ dice: inout Dice, _ filed: inout [Identifier], _ places: Places) async throws {
        let net = places.net
        switch dice.roll(14) {
        case 0: filed += try await places.file(papers: dice.roll(2) == 0 ? [] : [Places.paper]).map(\.id)
        case 1...5: try await sendAny(&dice, places)
        case 6: try await net.deliverDelayed(at: dice.roll(100))
        case 7:
            if let letter = net.letters.randomElement(using: &dice) { try await net.deliver(letter) }
        default:
            guard let id = filed.randomElement(using: &dice) else { return }
            let isGranted = dice.roll(2) == 0
            let move = dice.roll(7)
            do {
                switch move {
                case 0: try await places.correct(id)
                case 1, 2: try await places.accept(id)
                case 3: try await places.decide(id, isGranted: isGranted)
                case 4: try await places.supplement(id)
                case 5: try await places.move(places.here, id, .originals, isGranted ? .collect : .send)
                default: try await places.move(places.there, id, .originals, isGranted ? .receive : .send)
                }
            } catch let problem as Problem {
                #expect([404, 409].contains(problem.status), "\(problem)")
            }
        }
    }

    /// Sends any message without a receipt, in no order.
    private func sendAny(_ dice: inout Dice, _ places: Places) async throws {
        let service = dice.roll(2) == 0 ? places.here : places.there
        let partner = service.ownCode == "430600" ? "320500" : "430600"
        let open = try await service.database.read {
            try service.messages.open(before: places.net.now, limit: 100, in: $0)
        }
        guard let note = open.randomElement(using: &dice) else { return }
        do { try await service.send(note.id, to: partner, by: places.net.act()) } catch is NotThrough {}
    }

    /// In fair weather everything arrives, and the officers finish their work.
    private func finish(_ filed: [Identifier], _ places: Places) async throws {
        try await places.settle()
        for id in filed {
            if try await places.find(places.there, id)?.state == .correcting {
                try await places.supplement(id)
                try await places.settle()
            }
            if try await places.find(places.there, id)?.state == .filed { try await places.accept(id) }
            if try await places.find(places.there, id)?.state == .accepted { try await places.decide(id) }
        }
        try await places.settle()
    }

    private func check(_ filed: [Identifier], _ places: Places) async throws {
        #expect(!filed.isEmpty)
        for id in filed {
            let (here, there) = (try await places.find(places.here, id), try await places.find(places.there, id))
            #expect(here?.state == there?.state)
            #expect(here?.state.isClosed == true)
            #expect(here?.document.custody == there?.document.custody)
            #expect(here?.document.papers == there?.document.papers)
            for note in (there?.document.papers ?? []) + (here?.document.files ?? []) {
                let bytes = try await [places.here, places.there].asyncMap { service in
                    try await service.database.read { try service.cases.bytes(note, of: id.text, in: $0) }
                }
                #expect(bytes[0] != nil && bytes[0] == bytes[1])
            }
            for service in [places.here, places.there] {
                let journal = try await places.journal(service, id)
                let decided = journal.filter {
                    $0.type == CaseMoved.name && ["准予", "不予"].contains($0.body["state"]?.string)
                }
                #expect(decided.count == 1, "decided once on each side")
                let taken = journal.filter { $0.type == MessageTaken.name }.map { $0.body["message"]?.string }
                #expect(Set(taken).count == taken.count, "no message took effect twice")
            }
            let (said, heard) = (
                try await places.notes(places.here, .out, id), try await places.notes(places.there, .incoming, id)
            )
            #expect(said.map(\.digest) == heard.map(\.digest))
            #expect(said.map(\.number) == Array(1...max(1, said.count)))
        }
        for (service, partner) in [(places.here, "320500"), (places.there, "430600")] {
            let comparison = try await service.reconcile(with: partner, by: places.net.act())
            #expect(comparison.differences == [])
            #expect(comparison.cases == filed.count)
            #expect(try await places.incidents(service) == [:])
        }
    }
}

extension Array {
    fileprivate func asyncMap<Value>(_ body: (Element) async throws -> Value) async throws -> [Value] {
        var values: [Value] = []
        for element in self { values.append(try await body(element)) }
        return values
    }
}
