public import Catalogue
public import Storage

extension EvidencedSource: CompactRecord {
    public static var blank: EvidencedSource { EvidencedSource(source: .upload, evidence: "") }

    public mutating func pass(_ fields: inout CompactFields) throws {
        try fields.pass("source", &source)
        try fields.pass("evidence", &evidence)
        try fields.pass("doubt", &doubt)
    }
}

extension EvidencedSource.Doubt: CompactValue {}

extension MaterialSlot.Source: CompactValue {
    // Nearly all that serve are licences. The form is that of a synthesised conformance: a record with one member, named
    // after the case and holding its values.

    public func write(to writer: CompactWriter) throws {
        guard case .licence(let type, let party, let matches) = self else { return try writer.write(coded: self) }
        try ["licence": LicenceSource(type: type, party: party, matches: matches)].write(to: writer)
    }

    public static func read(from place: CompactPlace) throws -> MaterialSlot.Source {
        guard let member = try place.member("licence") else { return try place.decoded() }
        let licence = try LicenceSource.read(from: member)
        return .licence(type: licence.type, party: licence.party, matches: licence.matches)
    }
}

/// The values of ``MaterialSlot/Source/licence(type:party:matches:)``.
private struct LicenceSource: CompactRecord {
    var type = ""
    var party = ""
    var matches: LicenceMatch?

    static var blank: LicenceSource { LicenceSource() }

    mutating func pass(_ fields: inout CompactFields) throws {
        try fields.pass("type", &type)
        try fields.pass("party", &party)
        try fields.pass("matches", &matches)
    }
}

extension LicenceMatch: CompactRecord {
    public static var blank: LicenceMatch { LicenceMatch() }

    public mutating func pass(_ fields: inout CompactFields) throws {
        var (holders, values) = (holders, self.fields)
        try fields.pass("holders", &holders)
        try fields.pass("fields", &values)
        self = LicenceMatch(holders: holders, fields: values)
    }
}
