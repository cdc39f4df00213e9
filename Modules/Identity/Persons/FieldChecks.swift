import Extension
import Standards

/// Gathers the findings of several fields.
struct FieldChecks {
    private(set) var findings: [Finding] = []

    mutating func run<Value>(_ field: String, _ parse: () throws(StandardsError) -> Value) -> Value? {
        do {
            return try parse()
        } catch {
            findings.append(Finding(field, error.code.rawValue, error.message))
            return nil
        }
    }

    mutating func require(_ isMet: Bool, _ field: String, _ message: String) {
        if !isMet { findings.append(Finding(field, "field.format", message)) }
    }
}
