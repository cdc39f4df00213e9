/// The stored form is the authors' form: `{"婚姻状况": ["婚内"]}`, `{"all": […]}`, `{"any": […]}`, `{"not": …}`.
extension Condition: Codable {
    private struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
        static let all = Key(stringValue: "all")
        static let any = Key(stringValue: "any")
        static let not = Key(stringValue: "not")
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        let conditions = try container.allKeys.sorted { $0.stringValue < $1.stringValue }.map { key -> Condition in
            switch key.stringValue {
            case "all": .all(try container.decode([Condition].self, forKey: key))
            case "any": .any(try container.decode([Condition].self, forKey: key))
            case "not": .not(try container.decode(Condition.self, forKey: key))
            default: .answer(question: key.stringValue, options: try container.decode([String].self, forKey: key))
            }
        }
        switch conditions.count {
        case 0: self = .always
        case 1: self = conditions[0]
        default: self = .all(conditions)
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        switch self {
        case .always: break
        case .answer(let question, let options): try container.encode(options, forKey: Key(stringValue: question))
        case .all(let conditions): try container.encode(conditions, forKey: .all)
        case .any(let conditions): try container.encode(conditions, forKey: .any)
        case .not(let condition): try container.encode(condition, forKey: .not)
        }
    }
}
