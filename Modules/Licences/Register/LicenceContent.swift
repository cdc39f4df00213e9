import Extension
import Storage

/// What is sealed of a licence: its statement and the opaque identifiers that stand in no file.
struct LicenceContent: SchemaType, Hashable {
    var statement = LicenceStatement()
    /// The holders' parties in the order of the holders; empty where none is known.
    var parties: [String] = []
    var viewers: [String] = []

    init() {}

    init(_ statement: LicenceStatement, viewers: [Identifier]) {
        self.statement = statement
        self.parties = statement.holders.map { $0.party?.text ?? "" }
        self.viewers = viewers.map(\.text)
    }

    static let schema = Schema<LicenceContent> {
        Field("statement", \.statement, .object)
        Field("parties", \.parties, .list(of: .text(max: 26)))
        Field("viewers", \.viewers, .list(of: .text(max: 26)))
    }

    /// The statement with the opaque identifiers put back.
    func statement(agency: Identifier?) -> LicenceStatement {
        var statement = statement
        for (index, party) in parties.enumerated() where statement.holders.indices.contains(index) {
            statement.holders[index].party = try? Identifier(party)
        }
        statement.issuer.agency = agency
        return statement
    }
}
