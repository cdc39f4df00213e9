import Cryptography
import Testing

/// Expects a failure with one particular code.
func expect(
    _ code: CryptographyError.Code, sourceLocation: SourceLocation = #_sourceLocation, from body: () throws -> Void
) {
    let error = #expect(throws: CryptographyError.self, sourceLocation: sourceLocation) { try body() }
    #expect(error?.code == code, sourceLocation: sourceLocation)
}

func utf8(_ text: String) -> [UInt8] {
    Array(text.utf8)
}
