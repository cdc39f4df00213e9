import Foundation

/// How events are written: JSON with sorted keys, so that equal events give equal bytes.
public enum EventCoding {
    private static let encoder: JSONEncoder = {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return encoder
    }()

    /// The JSON text of an event.
    public static func encode(_ event: some Encodable) throws -> String {
        String(decoding: try encoder.encode(event), as: UTF8.self)
    }

    /// Reads an event or a view of one.
    public static func decode<View: Decodable>(_ type: View.Type, _ text: String) throws -> View {
        try JSONDecoder().decode(View.self, from: Data(text.utf8))
    }
}
