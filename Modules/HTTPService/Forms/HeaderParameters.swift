/// A header of the form `value; name=token; name="quoted text"` (RFC 9110 §5.6.6), parsed strictly.
struct HeaderParameters {
    /// The value before the first semicolon, lower case.
    let value: String
    /// The parameters by lower-case name.
    let parameters: [String: String]

    /// - Returns: nil when the header is malformed or names a parameter twice.
    init?(_ header: String) {
        var rest = Substring(header)
        let first = rest.prefix { $0 != ";" }
        rest = rest.dropFirst(first.count)
        var parameters: [String: String] = [:]
        while rest.first == ";" {
            rest = rest.dropFirst().drop { $0 == " " || $0 == "\t" }
            if rest.isEmpty { break }
            let name = rest.prefix { $0 != "=" && $0 != ";" }
            rest = rest.dropFirst(name.count)
            guard rest.first == "=", !name.isEmpty, name.allSatisfy(Self.isToken) else { return nil }
            rest = rest.dropFirst()
            guard let text = rest.first == "\"" ? Self.quoted(&rest) : Self.token(&rest) else { return nil }
            if parameters.updateValue(text, forKey: name.lowercased()) != nil { return nil }
            rest = rest.drop { $0 == " " || $0 == "\t" }
        }
        guard rest.isEmpty else { return nil }
        value = first.trimmingSpace.lowercased()
        self.parameters = parameters
    }

    private static func token(_ rest: inout Substring) -> String? {
        let token = rest.prefix { $0 != ";" && $0 != " " && $0 != "\t" }
        rest = rest.dropFirst(token.count)
        return token.isEmpty ? nil : String(token)
    }

    private static func quoted(_ rest: inout Substring) -> String? {
        rest = rest.dropFirst()
        var text = ""
        while let character = rest.popFirst() {
            switch character {
            case "\"": return text
            case "\\":
                // Browsers don't escape a backslash in a file name; only a quote after it is an escape.
                if rest.first == "\"" || rest.first == "\\", let escaped = rest.popFirst() {
                    text.append(escaped)
                } else {
                    text.append(character)
                }
            default: text.append(character)
            }
        }
        return nil
    }

    private static func isToken(_ character: Character) -> Bool {
        character.isASCII && (character.isLetter || character.isNumber || "!#$%&'*+-.^_`|~".contains(character))
    }
}
