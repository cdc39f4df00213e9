import Foundation
import Storage

/// A personal value that is sent as a digest, so that the receiver can tell equal ones and read none.
///
/// The digest is keyed by the deployment: that of a bare identity number could be found by trying all there are.
enum HashedValue {
    private static let prefix = "sm3:"

    static func make(_ value: String, _ cipher: FieldCipher) -> String {
        let digest = Data(cipher.blindIndex(value, purpose: "exchange.personal")).base64EncodedString()
        return prefix
            + digest.replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    static func isHashed(_ value: String) -> Bool { value.hasPrefix(prefix) && value.count == prefix.count + 43 }
}
