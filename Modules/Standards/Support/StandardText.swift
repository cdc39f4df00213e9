/// A value of a standard that is written as one text and coded as one string.
///
/// Equal values have equal ``text``; `Self(value.text) == value` always holds.
public protocol StandardText: Hashable, Sendable, Codable, CustomStringConvertible {
    /// The whole value in its canonical form.
    var text: String { get }

    /// Reads and checks a value.
    ///
    /// - Parameter text: the value as written.
    /// - Throws: ``StandardsError`` with a remedy in Chinese.
    init(_ text: String) throws(StandardsError)
}

extension StandardText {
    /// The canonical text. Types that hold personal data show a masked form instead.
    public var description: String { text }

    /// Decodes one string; a value that is refused becomes `DecodingError.dataCorrupted` with the
    /// ``StandardsError`` as its underlying error.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        do {
            try self.init(text)
        } catch {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: error.message, underlyingError: error))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
