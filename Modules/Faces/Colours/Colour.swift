import Foundation

/// A colour of a screen (sRGB, eight bits each).
public struct Colour: Sendable, Hashable {
    public let red: Int
    public let green: Int
    public let blue: Int

    public static let white = Colour(red: 255, green: 255, blue: 255)
    public static let black = Colour(red: 0, green: 0, blue: 0)

    public init(red: Int, green: Int, blue: Int) {
        self.red = min(max(red, 0), 255)
        self.green = min(max(green, 0), 255)
        self.blue = min(max(blue, 0), 255)
    }

    /// Reads `#0b5563` or `#05c`; nil for anything else.
    public init?(_ text: String) {
        guard text.hasPrefix("#"), text.utf8.count == text.count else { return nil }
        let digits = text.dropFirst().map { Int(String($0), radix: 16) }
        guard digits.allSatisfy({ $0 != nil }) else { return nil }
        let values = digits.compactMap(\.self)
        switch values.count {
        case 3: self.init(red: values[0] * 17, green: values[1] * 17, blue: values[2] * 17)
        case 6:
            self.init(
                red: values[0] * 16 + values[1], green: values[2] * 16 + values[3], blue: values[4] * 16 + values[5])
        default: return nil
        }
    }

    /// `#0b5563`.
    public var text: String {
        "#"
            + [red, green, blue].map { value in
                let digits = String(value, radix: 16)
                return digits.count == 1 ? "0" + digits : digits
            }.joined()
    }

    /// The relative luminance of WCAG 2.2, from 0 to 1.
    var luminance: Double {
        func linear(_ value: Int) -> Double {
            let part = Double(value) / 255
            return part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4)
        }
        return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
    }

    /// The contrast ratio of WCAG 2.2 (1.4.3), from 1 to 21.
    public func contrast(with other: Colour) -> Double {
        let (first, second) = (luminance, other.luminance)
        return (max(first, second) + 0.05) / (min(first, second) + 0.05)
    }

    /// A mixture: 0 is this colour, 1 the other.
    func mixed(with other: Colour, _ share: Double) -> Colour {
        func part(_ first: Int, _ second: Int) -> Int {
            Int((Double(first) * (1 - share) + Double(second) * share).rounded())
        }
        return Colour(red: part(red, other.red), green: part(green, other.green), blue: part(blue, other.blue))
    }

    /// The lightest shade of this colour that has a contrast with all of some others.
    func darkened(to ratio: Double, against others: [Colour]) -> Colour {
        for step in 0...100 {
            let shade = mixed(with: .black, Double(step) / 100)
            if others.allSatisfy({ shade.contrast(with: $0) >= ratio }) { return shade }
        }
        return .black
    }
}
