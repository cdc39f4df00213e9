public import Standards

/// A figure that a deployment may set for itself: a limit, an amount, a number, a text.
public struct ThemeParameter: Sendable, Hashable {
    /// The name by which limits, fees and texts refer to it.
    public let id: String
    /// What it means.
    public let title: String
    /// How sure the default is; ``Confidence/typical`` asks every deployment to set its own.
    public let confidence: Confidence
    /// The bundle's own value.
    public let defaultValue: Value
    /// The value in this deployment.
    public let value: Value

    /// How sure a figure is.
    public enum Confidence: String, Sendable, CaseIterable {
        /// A source was found.
        case sourced = "A"
        /// General knowledge, consistent with national law.
        case general = "B"
        /// Typical practice only: set the local value before use.
        case typical = "C"
    }

    /// What a parameter may be.
    public enum Kind: String, Sendable, CaseIterable {
        case limit, money, int, text
    }

    /// A value with its kind.
    public enum Value: Sendable, Hashable {
        case limit(TimeLimit)
        case money(Money)
        case int(Int)
        case text(String)

        /// The kind.
        public var kind: Kind {
            switch self {
            case .limit: .limit
            case .money: .money
            case .int: .int
            case .text: .text
            }
        }

        /// The value as it is said to people.
        public var chinese: String {
            switch self {
            case .limit(let limit): limit.chinese
            case .money(let money): money.chinese
            case .int(let number): "\(number)"
            case .text(let text): text
            }
        }

        /// Reads a value as bundles and settings write it.
        init(_ text: String, kind: Kind) throws(Refusal) {
            if kind == .int {
                guard let number = Int(text) else {
                    throw Refusal(message: "“\(text.prefix(20))”不是整数，请写成“15”这样的数字。")
                }
                self = .int(number)
                return
            }
            do throws(StandardsError) {
                switch kind {
                case .limit: self = .limit(try TimeLimit(text))
                case .money: self = .money(try Money(yuan: text))
                case .int, .text: self = .text(text)
                }
            } catch {
                throw Refusal(message: error.message)
            }
        }
    }

    /// Why a value is refused, in Chinese.
    struct Refusal: Error {
        let message: String
    }
}
