import Foundation
import Standards
import Testing

/// The code of the error that a body throws; an issue if it throws none.
func refusal<Value>(
    of body: @autoclosure () throws(StandardsError) -> Value, sourceLocation: SourceLocation = #_sourceLocation
) -> StandardsError? {
    do {
        let value = try body()
        Issue.record("accepted as \(value)", sourceLocation: sourceLocation)
        return nil
    } catch {
        return error
    }
}

/// Encodes to JSON and decodes again.
func roundTrip<Value: Codable>(_ value: Value) throws -> Value {
    try JSONDecoder().decode(Value.self, from: JSONEncoder().encode(value))
}

/// The JSON text of a value.
func json(_ value: some Encodable) throws -> String {
    String(decoding: try JSONEncoder().encode(value), as: UTF8.self)
}

/// A day of a literal.
func day(_ text: String) throws -> LegalDay {
    try LegalDay(text)
}
