import PluginKit

/// A value that can stand in a page's model.
protocol ModelValue {
    /// The value, or nil when there is nothing to show.
    var model: ViewModel? { get }
}

extension ViewModel: ModelValue { var model: ViewModel? { self } }
extension String: ModelValue { var model: ViewModel? { .text(self) } }
extension Int: ModelValue { var model: ViewModel? { .number(self) } }
extension Bool: ModelValue { var model: ViewModel? { .flag(self) } }
extension Optional: ModelValue where Wrapped: ModelValue { var model: ViewModel? { flatMap(\.model) } }
extension Array: ModelValue where Element: ModelValue {
    var model: ViewModel? { .list(compactMap(\.model)) }
}

extension ViewModel {
    /// An object without the members that have nothing to show.
    static func record(_ members: KeyValuePairs<String, any ModelValue>) -> ViewModel {
        var result: [String: ViewModel] = [:]
        result.reserveCapacity(members.count)
        for (name, value) in members { result[name] = value.model }
        return .object(result)
    }

    /// An object with the members of another one added to it.
    func merging(_ other: ViewModel) -> ViewModel {
        guard case .object(let first) = self, case .object(let second) = other else { return self }
        return .object(first.merging(second) { $1 })
    }

    /// The members, when it is an object.
    var members: [String: ViewModel] {
        if case .object(let members) = self { return members }
        return [:]
    }
}
