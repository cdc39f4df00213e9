import Foundation
import PluginKit

/// What is said about a case from one side to the other.
enum MessageBody: Sendable {
    case application(ApplicationBody)
    case paper(PaperPart)
    case supplement(SupplementBody)
    case acceptance(AcceptanceBody)
    case correction(CorrectionBody)
    case decision(DecisionBody)
    case custody(CustodyBody)

    enum Kind: String, CaseIterable, Sendable {
        case application, paper, supplement, acceptance, correction, decision, custody
    }

    var kind: Kind {
        switch self {
        case .application: .application
        case .paper: .paper
        case .supplement: .supplement
        case .acceptance: .acceptance
        case .correction: .correction
        case .decision: .decision
        case .custody: .custody
        }
    }

    /// The text that goes over the wire.
    ///
    /// - Parameter salt: makes the digest of the text tell nothing about it.
    func text(salt: [UInt8]) throws -> [UInt8] {
        let content: [UInt8] =
            switch self {
            case .application(let body): body.json
            case .paper(let body): body.json
            case .supplement(let body): body.json
            case .acceptance(let body): body.json
            case .correction(let body): body.json
            case .decision(let body): body.json
            case .custody(let body): body.json
            }
        let value: JSONValue = [
            "kind": .string(kind.rawValue), "salt": .string(Data(salt).base64EncodedString()),
            "content": try JSONParser.parse(content),
        ]
        return Array(value.canonical.utf8)
    }

    /// Reads a text.
    ///
    /// - Throws: ``Refusal`` when it is not in the form that both sides agreed on.
    init(text: [UInt8]) throws {
        guard let value = try? JSONParser.parse(text), let content = value["content"],
            let kind = value["kind"]?.string.flatMap(Kind.init)
        else { throw Refusal("form", "报文的格式不对。") }
        do {
            self =
                switch kind {
                case .application: .application(try ApplicationBody(json: content))
                case .paper: .paper(try PaperPart(json: content))
                case .supplement: .supplement(try SupplementBody(json: content))
                case .acceptance: .acceptance(try AcceptanceBody(json: content))
                case .correction: .correction(try CorrectionBody(json: content))
                case .decision: .decision(try DecisionBody(json: content))
                case .custody: .custody(try CustodyBody(json: content))
                }
        } catch let problem as Problem {
            let fields = problem.findings.prefix(5).map(\.field).joined(separator: "、")
            throw Refusal("form", "报文里这些字段的格式不对：\(fields)。")
        }
    }
}

/// A paper that is announced: its parts follow, each in a message of its own.
struct PaperNote: SchemaType, Codable, Hashable {
    var slot = ""
    var name = ""
    var type = ""
    /// In bytes.
    var size = 0
    /// The digests of the parts in order.
    var parts: [String] = []

    static let schema = Schema<Self> {
        Field("slot", \.slot, .text(min: 1, max: 20))
        Field("name", \.name, .text(min: 1, max: 100))
        Field("type", \.type, .text(min: 1, max: 40))
        Field("size", \.size, .integer(in: 1...Wire.maximumPaper))
        Field("parts", \.parts, .list(of: .text(min: 64, max: 64), max: 64))
    }
}

struct ApplicationBody: SchemaType {
    var bundle = ""
    var agreement = ""
    var mode = Mode.collect
    var item = ""
    var filedAt = Instant(milliseconds: 0)
    var name = ""
    var idNumber = ""
    var phone = ""
    var note = ""
    var papers: [PaperNote] = []
    /// The other places that decide parts of the same application, in words.
    var others: [String] = []

    static let schema = Schema<Self> {
        Field("bundle", \.bundle, .text(min: 1, max: 60))
        Field("agreement", \.agreement, .text(min: 1, max: 60))
        Field("mode", \.mode, .choice)
        Field("item", \.item, .text(min: 1, max: 40))
        Field("filed_at", \.filedAt, .instant)
        Field("name", \.name, .text(min: 1, max: 60))
        Field("id_number", \.idNumber, .text(min: 1, max: 40))
        Field("phone", \.phone, .text(max: 30))
        Field("note", \.note, .text(max: 2000, lines: true))
        Field("papers", \.papers, .list(of: .object, max: 30))
        Field("others", \.others, .list(of: .text(max: 200), max: 20))
    }
}

struct PaperPart: SchemaType {
    var slot = ""
    /// From 0.
    var part = 0
    /// In Base64.
    var content = ""

    static let schema = Schema<Self> {
        Field("slot", \.slot, .text(min: 1, max: 20))
        Field("part", \.part, .integer(in: 0...63))
        Field("bytes", \.content, .text(min: 1, max: Wire.partLength * 2))
    }

    init() {}

    init(slot: String, part: Int, bytes: [UInt8]) {
        self.slot = slot
        self.part = part
        content = Data(bytes).base64EncodedString()
    }

    var bytes: [UInt8]? { Data(base64Encoded: content).map(Array.init) }
}

struct SupplementBody: SchemaType {
    var note = ""
    var papers: [PaperNote] = []

    static let schema = Schema<Self> {
        Field("note", \.note, .text(max: 2000, lines: true))
        Field("papers", \.papers, .list(of: .object, max: 30))
    }
}

struct AcceptanceBody: SchemaType {
    /// The last day by the decider's own calendar.
    var dueOn = LegalDay.first
    /// The moment at which that day ends there.
    var dueAt = Instant(milliseconds: 0)
    var agency = ""

    static let schema = Schema<Self> {
        Field("due_on", \.dueOn, .day)
        Field("due_at", \.dueAt, .instant)
        Field("agency", \.agency, .text(max: 100))
    }
}

struct CorrectionBody: SchemaType {
    var missing: [String] = []

    static let schema = Schema<Self> {
        Field("missing", \.missing, .list(of: .text(min: 1, max: 500, lines: true), max: 50))
    }
}

struct DecisionBody: SchemaType {
    var isGranted = false
    var text = ""
    var agency = ""
    var files: [PaperNote] = []

    static let schema = Schema<Self> {
        Field("is_granted", \.isGranted, .flag)
        Field("text", \.text, .text(min: 1, max: 2000, lines: true))
        Field("agency", \.agency, .text(max: 100))
        Field("files", \.files, .list(of: .object, max: 10))
    }
}

struct CustodyBody: SchemaType {
    var thing = CustodyStep.Thing.originals
    var step = CustodyStep.Step.receive
    var note = ""
    var courier = ""
    var tracking = ""
    var at = Instant(milliseconds: 0)

    static let schema = Schema<Self> {
        Field("thing", \.thing, .choice)
        Field("step", \.step, .choice)
        Field("note", \.note, .text(max: 200))
        Field("courier", \.courier, .text(max: 40))
        Field("tracking", \.tracking, .text(max: 40))
        Field("at", \.at, .instant)
    }
}
