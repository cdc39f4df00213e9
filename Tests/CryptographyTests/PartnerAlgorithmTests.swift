import Foundation
import Testing

@testable import Cryptography

@Suite("Algorithms that partners demand")
struct PartnerAlgorithmTests {
    @Test("an RSA signature holds for its bytes and its key alone")
    func signature() throws {
        let key = try RSASHA256.PrivateKey.generate()
        let other = try RSASHA256.PrivateKey.generate()
        let bytes = Array("POST\n/v3/pay\n".utf8)
        var signature = try key.sign(bytes)
        #expect(signature.count == 256)
        #expect(key.publicKey.isValid(signature, for: bytes))
        #expect(!other.publicKey.isValid(signature, for: bytes))
        #expect(!key.publicKey.isValid(signature, for: bytes + [0]))
        signature[17] ^= 1
        #expect(!key.publicKey.isValid(signature, for: bytes))
        #expect(!key.publicKey.isValid([], for: bytes))
    }

    @Test("RSA keys are read from PEM and from the bare base64 that channels hand out")
    func keys() throws {
        let key = try RSASHA256.PrivateKey.generate()
        let pem = try key.pem()
        let bare = pem.split(separator: "\n").dropFirst().dropLast().joined()
        let publicBare = try key.publicKey.pem().split(separator: "\n").dropFirst().dropLast().joined(separator: "\n")
        let signature = try RSASHA256.PrivateKey(pem: bare).sign([1, 2, 3])
        #expect(try RSASHA256.PrivateKey(pem: pem).publicKey.isValid(signature, for: [1, 2, 3]))
        #expect(try RSASHA256.PublicKey(pem: publicBare).isValid(signature, for: [1, 2, 3]))
        #expect(throws: CryptographyError.self) { try RSASHA256.PublicKey(pem: pem) }
        #expect(throws: CryptographyError.self) { try RSASHA256.PrivateKey(pem: "AAAA") }
        #expect(throws: CryptographyError.self) {
            try RSASHA256.PublicKey(pem: SM2.PrivateKey.generate().publicKey.pem)
        }
    }

    /// `reference/payments.md` §1, made with the SDK.
    @Test("a notification that WeChat's own kit encrypted is decrypted, and one that was changed is not")
    func notification() throws {
        let key = Array("0123456789abcdef0123456789ABCDEF".utf8)
        let cipher = try #require(
            Data(
                base64Encoded:
                    "bz1mQGtugHE+xvD4swlMsg4rBqv5x2tTEVxsIFP5KIZuoT5DnWyh1rMAzNPyLq+D6Tx0dwndObySLJhLKulmp15n0XQZQErm8xTpiZnnBalaVjaejhS6ncHyQUouRPvWcg=="
            ))
        let nonce = Array("fdasflkja484".utf8)
        let plain = try AES256GCM.open(
            Array(cipher), key: key, nonce: nonce, associated: Array("transaction".utf8))
        #expect(
            String(decoding: plain, as: UTF8.self)
                == #"{"out_trade_no":"YY202203080001","trade_state":"SUCCESS","amount":{"total":1500}}"#)
        #expect(
            try AES256GCM.seal(plain, key: key, nonce: nonce, associated: Array("transaction".utf8)) == Array(cipher))
        for position in [0, cipher.count / 2, cipher.count - 1] {
            var changed = Array(cipher)
            changed[position] ^= 1
            #expect(throws: CryptographyError.self) {
                try AES256GCM.open(changed, key: key, nonce: nonce, associated: Array("transaction".utf8))
            }
        }
        #expect(throws: CryptographyError.self) {
            try AES256GCM.open(Array(cipher), key: key, nonce: nonce, associated: [])
        }
        #expect(throws: CryptographyError.self) {
            try AES256GCM.open([1, 2, 3], key: key, nonce: nonce, associated: [])
        }
    }
}
