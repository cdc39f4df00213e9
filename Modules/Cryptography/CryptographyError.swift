/// A failure of a cryptographic operation.
///
/// It never carries keys, passphrases, plain text or any other secret, so it may be logged.
public struct CryptographyError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What failed, stable across releases.
    public let code: Code
    /// The operation under way, for example `SM4.open`.
    public let operation: String
    /// The cause as far as it is known; libcrypto's own reason where there is one.
    public let detail: String

    /// Creates an error.
    ///
    /// - Parameters:
    ///   - code: what failed.
    ///   - operation: the operation under way.
    ///   - detail: the cause; must not contain a secret.
    public init(_ code: Code, operation: String, detail: String) {
        self.code = code
        self.operation = operation
        self.detail = detail
    }

    /// What happened and what to do next, in Chinese.
    public var message: String {
        code.remedy
    }

    public var description: String {
        "\(message)（\(operation)：\(detail)；\(code)）"
    }
}
