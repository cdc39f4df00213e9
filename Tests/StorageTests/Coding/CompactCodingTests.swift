import Foundation
import Testing

@testable import Storage

@Suite("Documents in a compact form")
struct CompactCodingTests {
    @Test("whatever is written is read back the same", arguments: 0..<200)
    func roundTrip(_ seed: Int) throws {
        var generator = Draws(seed: UInt64(seed))
        let value = Sample.random(&generator, depth: 3)
        let bytes = try CompactCoding.encode(value)
        let read = try CompactCoding.decode(Sample.self, from: bytes)
        #expect(read == value)
    }

    @Test("a document that was written as JSON is still read", arguments: 0..<50)
    func json(_ seed: Int) throws {
        var generator = Draws(seed: UInt64(seed))
        let value = Sample.random(&generator, depth: 2)
        let json = Array(try JSONEncoder().encode(value))
        let read = try CompactCoding.decode(Sample.self, from: json)
        #expect(read == value)
    }

    @Test("single values are documents too")
    func singleValues() throws {
        #expect(try again("李晓梅") == "李晓梅")
        #expect(try again(Int.min) == Int.min)
        #expect(try again([UInt8](0...255)) == Array(0...255))
        #expect(try again(["a", nil]) == ["a", nil])
        let json = try CompactCoding.decode(String.self, from: Array(#""岳阳""#.utf8))
        #expect(json == "岳阳")
    }

    private func again<Value: Codable>(_ value: Value) throws -> Value {
        try CompactCoding.decode(Value.self, from: try CompactCoding.encode(value))
    }

    @Test("a newer type reads an older document, and an older type a newer one")
    func evolution() throws {
        struct Older: Codable, Equatable { var name: String }
        struct Newer: Codable, Equatable {
            var added: [String: Int]?
            var name: String
            var flag: Bool?
        }
        let newer = Newer(added: ["a": 1], name: "x", flag: true)
        let older = try CompactCoding.decode(Older.self, from: try CompactCoding.encode(newer))
        #expect(older == Older(name: "x"))
        let renewed = try CompactCoding.decode(Newer.self, from: try CompactCoding.encode(Older(name: "y")))
        #expect(renewed == Newer(added: nil, name: "y", flag: nil))
        #expect(throws: DecodingError.self) {
            try CompactCoding.decode(Older.self, from: CompactCoding.encode(["other": "x"]))
        }
    }

    @Test("a document that is cut off anywhere is refused")
    func cutOff() throws {
        var generator = Draws(seed: 7)
        let bytes = try CompactCoding.encode(Sample.random(&generator, depth: 2))
        for length in 0..<bytes.count {
            #expect(throws: DecodingError.self) {
                try CompactCoding.decode(Sample.self, from: Array(bytes.prefix(length)))
            }
        }
        #expect(throws: DecodingError.self) { try CompactCoding.decode(Sample.self, from: bytes + [0]) }
    }

    @Test("damaged documents are refused or read, and never bring the program down", arguments: 0..<40)
    func damaged(_ seed: Int) throws {
        var generator = Draws(seed: UInt64(seed) &+ 1000)
        let bytes = try CompactCoding.encode(Sample.random(&generator, depth: 3))
        var outcomes = 0
        for _ in 0..<100 {
            var damaged = bytes
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                damaged[Int.random(in: 0..<damaged.count, using: &generator)] = UInt8.random(
                    in: 0...255, using: &generator)
            }
            do {
                _ = try CompactCoding.decode(Sample.self, from: damaged)
                outcomes += 1
            } catch is DecodingError {
                outcomes += 1
            }
        }
        #expect(outcomes == 100)
    }

    @Test("nesting beyond all sense is refused")
    func nesting() {
        let deep = [CompactCoding.version] + [UInt8](repeating: CompactTag.list, count: 100_000)
        #expect(throws: DecodingError.self) { try CompactCoding.decode([Int].self, from: deep) }
    }

    @Test("lengths that lie are refused before anything is set aside for them")
    func lyingLength() {
        let lying: [UInt8] = [CompactCoding.version, CompactTag.text, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F, 0x41]
        #expect(throws: DecodingError.self) { try CompactCoding.decode(String.self, from: lying) }
        let beyond: [UInt8] = [CompactCoding.version, CompactTag.integer] + [UInt8](repeating: 0xFF, count: 12) + [1]
        #expect(throws: DecodingError.self) { try CompactCoding.decode(Int.self, from: beyond) }
    }
}

/// A value of all shapes that documents have.
private indirect enum Sample: Codable, Equatable {
    case text(String)
    case numbers(Int, UInt32, Double)
    case flags([Bool?])
    case table([String: String], bytes: [UInt8])
    case record(Record)
    case nested([Sample])

    struct Record: Codable, Equatable {
        var name: String
        var at: Date?
        var parts: [Part]
        var inner: [String: Part]
    }

    struct Part: Codable, Equatable {
        var id: UInt8
        var note: String?
        var sizes: [[Int]]
    }

    static func random(_ generator: inout Draws, depth: Int) -> Sample {
        switch Int.random(in: 0..<(depth == 0 ? 4 : 6), using: &generator) {
        case 0: return .text(generator.text())
        case 1:
            return .numbers(
                .random(in: .min ... .max, using: &generator), .random(in: 0 ... .max, using: &generator),
                .random(in: -1e300...1e300, using: &generator))
        case 2: return .flags((0..<5).map { _ in [true, false, nil].randomElement(using: &generator) ?? nil })
        case 3:
            return .table(
                Dictionary((0..<4).map { _ in (generator.text(), generator.text()) }, uniquingKeysWith: { $1 }),
                bytes: (0..<Int.random(in: 0..<200, using: &generator)).map { _ in
                    UInt8.random(in: 0...255, using: &generator)
                })
        case 4:
            return .record(
                Record(
                    name: generator.text(),
                    at: Bool.random(using: &generator) ? Date(timeIntervalSinceReferenceDate: 700_000_000.25) : nil,
                    parts: (0..<3).map { _ in part(&generator) }, inner: ["甲": part(&generator)]))
        default:
            return .nested(
                (0..<Int.random(in: 0..<4, using: &generator)).map { _ in random(&generator, depth: depth - 1) })
        }
    }

    private static func part(_ generator: inout Draws) -> Part {
        Part(
            id: UInt8.random(in: 0...255, using: &generator),
            note: Bool.random(using: &generator) ? generator.text() : nil,
            sizes: [[], [1, -1], [Int.random(in: -1000...1000, using: &generator)]])
    }
}

/// Random draws that come again with the same seed.
private struct Draws: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1 }

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        var word = state
        word ^= word >> 33
        word = word &* 0xFF51_AFD7_ED55_8CCD
        return word ^ (word >> 33)
    }

    mutating func text() -> String {
        let words = ["", "a", "岳阳楼区", "𠮷·买买提", "x\"\\\n", String(repeating: "长", count: 150)]
        return (words.randomElement(using: &self) ?? "") + String(Int.random(in: 0..<1000, using: &self))
    }
}
