import HTTPTypes
import PluginKit

/// Reads `Idempotency-Key` and says what the key was used for.
struct IdempotencyReader: Sendable {
    private let keys: IdempotencyKeys
    private let cipher: FieldCipher

    init(_ environment: HTTPEnvironment) {
        keys = IdempotencyKeys(cipher: environment.cipher)
        cipher = environment.cipher
    }

    /// - Returns: nil when no key was sent.
    /// - Throws: ``Problem`` 400 for a key that is empty, longer than 200 characters or not visible ASCII.
    func read(_ exchange: Exchange, _ method: Method, body: [UInt8]) throws -> IdempotencyRequest? {
        guard let key = exchange.headers[.idempotencyKey] else { return nil }
        guard (1...200).contains(key.utf8.count), key.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw Problem.header("Idempotency-Key", "应当是 1 到 200 个可见的 ASCII 字符")
        }
        // Callers who are nobody are told apart by their address, so that no one can replay another's answer.
        let scope = exchange.actor.account?.description ?? "anonymous@\(exchange.clientAddress)"
        var request = Array("\(method.rawValue) \(exchange.path)?\(exchange.rawQuery)\n".utf8)
        request.reserveCapacity(request.count + body.count)
        request += body
        return IdempotencyRequest(
            keys: keys, scope: scope, key: key, requestDigest: cipher.digest(request, purpose: "http.request"))
    }
}
