import PluginKit
import StorageTestSupport
import Synchronization

@testable import CrossRegion

/// What lies between the deployments of a test: it loses, doubles, delays and changes letters as it is told, and keeps
/// a copy of each.
final class Net: Transport {
    /// What happens to the next letters.
    enum Weather: Sendable {
        case fair
        /// The letter never arrives.
        case losesLetter
        /// The letter arrives and takes effect, but the receipt never comes: a crash after the commit.
        case losesReceipt
        /// The letter arrives twice.
        case doubles
        /// The letter arrives some time later, after others.
        case delays
        /// Somebody answers in the partner's place.
        case answers(@Sendable ([UInt8]) throws -> [UInt8])
    }

    struct Letter: Sendable {
        let bytes: [UInt8]
        let address: String
        let path: String
    }

    struct Lost: Error {}

    private struct State {
        var places: [String: CrossRegionService] = [:]
        var skews: [String: Duration] = [:]
        var weather = Weather.fair
        var delayed: [Letter] = []
        var all: [Letter] = []
        var now = TestDatabase.now
    }

    private let state = Mutex(State())

    var now: Instant { state.withLock(\.now) }
    var letters: [Letter] { state.withLock(\.all) }

    func add(_ service: CrossRegionService, at address: String) {
        state.withLock { $0.places[address] = service }
    }

    func set(_ weather: Weather) { state.withLock { $0.weather = weather } }

    func pass(_ duration: Duration) { state.withLock { $0.now = $0.now.adding(duration) } }

    /// Lets a deployment's clock be wrong.
    func skew(_ address: String, by duration: Duration) { state.withLock { $0.skews[address] = duration } }

    /// A new act of the system at a place's own time.
    func act(_ actor: Actor = .system("test"), at address: String = "") -> Act {
        let now = state.withLock { $0.now.adding($0.skews[address] ?? .zero) }
        return Act(actor: actor, now: now)
    }

    func post(_ letter: [UInt8], to address: String, path: String) async throws -> (status: Int, body: [UInt8]) {
        let sent = Letter(bytes: letter, address: address, path: path)
        let weather = state.withLock { state in
            state.all.append(sent)
            return state.weather
        }
        switch weather {
        case .fair: return try await deliver(sent)
        case .losesLetter: throw Lost()
        case .losesReceipt:
            _ = try await deliver(sent)
            throw Lost()
        case .doubles:
            _ = try await deliver(sent)
            return try await deliver(sent)
        case .delays:
            state.withLock { $0.delayed.append(sent) }
            throw Lost()
        case .answers(let body): return (200, try body(letter))
        }
    }

    /// Lets a letter arrive that was delayed.
    func deliverDelayed(at position: Int) async throws {
        let letter = state.withLock { state -> Letter? in
            state.delayed.isEmpty ? nil : state.delayed.remove(at: position % state.delayed.count)
        }
        if let letter { _ = try await deliver(letter) }
    }

    /// Lets a copy of a letter arrive.
    @discardableResult
    func deliver(_ letter: Letter) async throws -> (status: Int, body: [UInt8]) {
        guard let service = state.withLock({ $0.places[letter.address] }) else { throw Lost() }
        let act = act(.anonymous(terminal: .api), at: letter.address)
        let reply =
            letter.path == Wire.messagesPath
            ? try await service.receive(letter.bytes, by: act)
            : try await service.answer(comparison: letter.bytes, by: act)
        return (reply.status, reply.body)
    }
}
