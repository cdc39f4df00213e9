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

    /// What a part gives, or nil with its findings among the others; any other error passes through.
    static func gather<Value>(_ findings: inout [Finding], _ part: () throws -> Value) throws -> Value? {
        do {
            return try part()
        } catch let error as IdentityError where error.code == .invalid {
            findings += error.problem.findings
            return nil
        }
    }
}
