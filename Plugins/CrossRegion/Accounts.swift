import PluginKit

/// What the sides tell each other when they compare.
extension CrossRegionService {
    /// One message as a side knows it.
    struct Line: SchemaType, Hashable {
        var number = 0
        var id = ""
        var digest = ""
        var state = ""

        static let schema = Schema<Self> {
            Field("number", \.number, .integer(in: 1...1_000_000))
            Field("id", \.id, .text(max: 60))
            Field("digest", \.digest, .text(max: 64))
            Field("state", \.state, .text(max: 20))
        }

        init() {}

        init(number: Int, id: String, digest: String, state: MessageState) {
            self.number = number
            self.id = id
            self.digest = digest
            self.state = state.rawValue
        }

        init(_ note: MessageLog.Note) {
            number = note.number
            id = note.id
            digest = note.digest
            state = note.state.rawValue
        }
    }

    /// What a side knows of a case.
    struct Account: SchemaType, Hashable {
        var caseID = ""
        /// Empty where there is no case, since the application was refused.
        var state = ""
        var said: [Line] = []
        var heard: [Line] = []

        static let schema = Schema<Self> {
            Field("case", \.caseID, .text(max: 60))
            Field("state", \.state, .text(max: 20))
            Field("said", \.said, .list(of: .object, max: 10_000))
            Field("heard", \.heard, .list(of: .object, max: 10_000))
        }
    }

    struct Accounts: SchemaType {
        var nonce = ""
        var after = ""
        /// The last case of the page; empty on the last page.
        var upTo = ""
        var cases: [Account] = []

        static let schema = Schema<Self> {
            Field("nonce", \.nonce, .text(max: 60))
            Field("after", \.after, .text(max: 60))
            Field("up_to", \.upTo, .text(max: 60))
            Field("cases", \.cases, .list(of: .object, max: 1000))
        }
    }

    /// The messages about a case as our journal has them, in the order of their numbers.
    struct JournalAccount {
        private(set) var said: [Line] = []
        private(set) var heard: [Line] = []

        init(_ partner: String, _ caseID: String, division: String, in snapshot: Snapshot) throws {
            let stream = StreamID(division: division, kind: "cross-region.case", id: caseID)
            var last: Int64 = 0
            while true {
                let page = try Journal.entries(of: stream, after: last, limit: 500, in: snapshot)
                for record in page { read(record.entry.type, try JSONValue(parsing: record.entry.body), partner) }
                guard page.count == 500, let end = page.last?.seq else { break }
                last = end
            }
            said.sort { $0.number < $1.number }
            heard.sort { $0.number < $1.number }
        }

        private mutating func read(_ type: String, _ body: JSONValue, _ partner: String) {
            let id = body["message"]?.string ?? ""
            let state: MessageState = body["status"]?.string == "taken" ? .taken : .refused
            func line(_ state: MessageState) -> Line {
                Line(
                    number: Int(body["number"]?.integer ?? 0), id: id, digest: body["digest"]?.string ?? "",
                    state: state)
            }
            switch type {
            case MessageWritten.name where body["partner"]?.string == partner: said.append(line(.open))
            case MessageSettled.name:
                if let position = said.firstIndex(where: { $0.id == id }) { said[position].state = state.rawValue }
            case MessageTaken.name where body["partner"]?.string == partner: heard.append(line(state))
            default: break
            }
        }
    }
}
