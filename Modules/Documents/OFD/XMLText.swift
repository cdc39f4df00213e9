/// Writes XML.
public enum XMLText {
    /// A text as content or as the value of an attribute; what XML can't hold is left out.
    public static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "&": result += "&amp;"
            case "\"": result += "&quot;"
            case "\t", "\n", "\r": result.unicodeScalars.append(scalar)
            default:
                if scalar.value >= 0x20, !(0xFFFE...0xFFFF).contains(scalar.value & 0xFFFF) {
                    result.unicodeScalars.append(scalar)
                }
            }
        }
        return result
    }

    /// A whole document of OFD's namespace.
    public static func document(_ root: String) -> [UInt8] {
        Array("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\(root)".utf8)
    }

    /// The declaration of OFD's namespace, whose prefix some readers expect literally.
    public static let namespace = #"xmlns:ofd="http://www.ofdspec.org/2016""#
}
