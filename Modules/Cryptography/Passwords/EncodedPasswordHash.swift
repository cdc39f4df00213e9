/// The stored text of a password hash, in the PHC string format.
struct EncodedPasswordHash {
    let cost: Scrypt.Cost
    let salt: [UInt8]
    let hash: [UInt8]

    init(cost: Scrypt.Cost, salt: [UInt8], hash: [UInt8]) {
        self.cost = cost
        self.salt = salt
        self.hash = hash
    }

    /// Reads a text; `nil` if it is malformed, too weak to be a hash, or would cost more than 256 MiB or four passes.
    init?(_ text: String) {
        let fields = text.split(separator: "$", omittingEmptySubsequences: false)
        guard fields.count == 5, fields[0].isEmpty, fields[1] == "scrypt" else { return nil }
        let parameters = fields[2].split(separator: ",", omittingEmptySubsequences: false)
        guard parameters.count == 3,
            let logN = Self.number(parameters[0], named: "ln", in: 10...18),
            let r = Self.number(parameters[1], named: "r", in: 1...16),
            let p = Self.number(parameters[2], named: "p", in: 1...4)
        else { return nil }
        cost = Scrypt.Cost(logN: logN, r: r, p: p)
        guard cost.memory <= 1 << 28 + 1 << 20,
            let salt = Base64Alphabet.standard.decode(fields[3].utf8), (8...64).contains(salt.count),
            let hash = Base64Alphabet.standard.decode(fields[4].utf8), (16...64).contains(hash.count)
        else { return nil }
        self.salt = salt
        self.hash = hash
    }

    var text: String {
        let parameters = "ln=\(cost.logN),r=\(cost.r),p=\(cost.p)"
        let alphabet = Base64Alphabet.standard
        return "$scrypt$\(parameters)$\(alphabet.encode(salt))$\(alphabet.encode(hash))"
    }

    /// The decimal number after `name=`, without sign or leading zeros.
    private static func number(_ field: Substring, named name: String, in range: ClosedRange<Int>) -> Int? {
        guard field.hasPrefix("\(name)="), let value = Int(field.dropFirst(name.count + 1)), range.contains(value),
            field == "\(name)=\(value)"
        else { return nil }
        return value
    }
}
