import Extension
import Standards

extension OfflineProof.Content {
    /// With one-letter names: a code has little room.
    var json: JSONValue {
        var members: [String: JSONValue] = [
            "r": .string(reference), "t": .string(title), "o": .string(issuer),
            "f": .array(fields.map { .array([.string($0.label), .string($0.value)]) }),
            "m": .integer(made.milliseconds / 1000), "x": .integer(expires.milliseconds / 1000),
        ]
        if let validUntil { members["u"] = .string(validUntil.text) }
        if isElsewhere { members["e"] = .bool(true) }
        if isDemonstration { members["d"] = .bool(true) }
        return .object(members)
    }

    /// Reads the canonical form and no other.
    init?(_ payload: [UInt8]) {
        guard let text = String(validating: payload, as: UTF8.self), let json = try? JSONParser.parse(payload),
            json.canonical == text, case .object(let members) = json,
            Set(members.keys).isSubset(of: ["r", "t", "o", "f", "m", "x", "u", "d", "e"]),
            let reference = json["r"]?.string, let title = json["t"]?.string, let issuer = json["o"]?.string,
            case .integer(let made)? = json["m"], case .integer(let expires)? = json["x"],
            let lines = json["f"]?.array
        else { return nil }
        // Far enough for every date that a calendar knows, and no overflow when it is turned into milliseconds.
        guard (0..<1 << 40).contains(made), (0..<1 << 40).contains(expires) else { return nil }
        var fields: [LicenceField] = []
        for line in lines {
            guard let pair = line.array, pair.count == 2, let label = pair[0].string, let value = pair[1].string
            else { return nil }
            fields.append(LicenceField(label, value))
        }
        var validUntil: LegalDay?
        if let until = json["u"] {
            guard let text = until.string, let day = try? LegalDay(text), day.text == text else { return nil }
            validUntil = day
        }
        guard ["d", "e"].allSatisfy({ members[$0] == nil || members[$0] == .bool(true) }) else { return nil }
        self.init(
            reference: reference, title: title, issuer: issuer, validUntil: validUntil, fields: fields,
            made: Instant(milliseconds: made * 1000), expires: Instant(milliseconds: expires * 1000),
            isElsewhere: members["e"] != nil, isDemonstration: members["d"] != nil)
    }
}
