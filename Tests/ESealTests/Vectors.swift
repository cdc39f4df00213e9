import Cryptography
import ESeal
import Foundation

/// The test documents in `Vectors/`, made with throw-away keys; their good ones are signed at 2022-03-08T01:00:00Z.
enum Vectors {
    static func bytes(_ name: String) throws -> [UInt8] {
        guard let folder = Bundle.module.url(forResource: "Vectors", withExtension: nil) else {
            throw CocoaError(.fileNoSuchFile)
        }
        return Array(try Data(contentsOf: folder.appending(path: name)))
    }

    static func certificate(_ name: String) throws -> Certificate {
        try Certificate(pem: String(decoding: try bytes("\(name).cert.pem"), as: UTF8.self))
    }

    /// Trusts the vectors' root.
    static func verifier() throws -> SealVerifier {
        SealVerifier(trust: TrustList(roots: [try certificate("root")]))
    }

    /// 2026-11-26T00:00:00Z.
    static let now: Int64 = 1_795_651_200_000

    static let expected: [(file: String, codes: Set<SealCode>)] = [
        ("valid", []), ("valid-digest-list", []), ("valid-raw-signature", []), ("valid-ext", []),
        ("bad-page", [.fileHash]), ("bad-signature-xml", [.dataHash]),
        ("bad-seal-file", [.sealMismatch, .fileHash]), ("bad-signer", [.signerNotInSeal]),
        ("bad-sign-value", [.signValue]), ("bad-seal-maker", [.sealSignature]),
        ("expired-seal", [.sealExpired]), ("not-yet-seal", [.sealNotYet]),
    ]
}
