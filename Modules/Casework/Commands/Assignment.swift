import ArgumentParser
import Extension

/// `name=value` on the command line; the value may hold further equal signs.
struct Assignment: ExpressibleByArgument, Sendable, Hashable {
    let name: String
    let value: String

    init?(argument: String) {
        guard let sign = argument.firstIndex(of: "="), sign != argument.startIndex else { return nil }
        name = String(argument[..<sign])
        value = String(argument[argument.index(after: sign)...])
    }

    /// All assignments as one table.
    ///
    /// - Throws: a usage error when a name comes twice, since one of the values would be lost silently.
    static func table(_ assignments: [Assignment]) throws -> [String: String] {
        var table: [String: String] = [:]
        for assignment in assignments {
            guard table.updateValue(assignment.value, forKey: assignment.name) == nil else {
                throw ValidationError("\(assignment.name) 写了两次，请只保留一个。")
            }
        }
        return table
    }
}

/// `result.field=value`: what an officer enters with a result.
struct ResultAssignment: ExpressibleByArgument, Sendable, Hashable {
    let result: String
    let field: String
    let value: String

    init?(argument: String) {
        guard let assignment = Assignment(argument: argument), let dot = assignment.name.firstIndex(of: ".") else {
            return nil
        }
        result = String(assignment.name[..<dot])
        field = String(assignment.name[assignment.name.index(after: dot)...])
        value = assignment.value
        if result.isEmpty || field.isEmpty { return nil }
    }

    /// The values by result and field.
    static func table(_ assignments: [ResultAssignment]) throws -> [String: [String: String]] {
        var table: [String: [String: String]] = [:]
        for assignment in assignments {
            let old = table[assignment.result, default: [:]].updateValue(assignment.value, forKey: assignment.field)
            guard old == nil else {
                throw ValidationError("\(assignment.result).\(assignment.field) 写了两次，请只保留一个。")
            }
        }
        return table
    }
}
