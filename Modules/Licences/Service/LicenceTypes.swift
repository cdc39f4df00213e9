import Cryptography
import Standards

/// The type codes (证照类型代码) of licence types by name: credit code of the defining organ and three digits.
public struct LicenceTypes: Sendable, Hashable {
    private let codes: [String: String]

    /// - Parameter codes: the published 21-character code of each type, such as
    ///   `["出生医学证明": "11100000000013338W011"]`.
    public init(_ codes: [String: String] = [:]) { self.codes = codes }

    /// The code of a type.
    ///
    /// A type without a published code counts as one that the issuing organ defines itself (GB/T 36904-2018 permits it):
    /// the organ's credit code and three digits, 100 to 999, that always come out the same for the same name.
    func code(of type: String, issuer: CreditCode) -> String {
        if let code = codes[type] { return code }
        let digest = SM3.hash(Array(type.utf8))
        return issuer.text + String(100 + (Int(digest[0]) << 8 | Int(digest[1])) % 900)
    }
}
