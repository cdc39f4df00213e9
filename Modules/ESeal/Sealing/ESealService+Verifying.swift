import Cryptography
import Extension
public import Standards
public import Storage

extension ESealService {
    /// Whom this deployment trusts, with the authorities and the lists of revoked certificates that it knows.
    public func trust(in snapshot: Snapshot) throws -> TrustList {
        let authorities = try authority.certificates(in: snapshot).map(\.certificate).filter(\.isCA)
        return TrustList(
            roots: trustedRoots, authorities: authorities,
            revocationLists: try authority.revocationLists(in: snapshot))
    }

    /// Verifies a file that anybody brings, against the trust list and the register of seals.
    public func verify(
        _ bytes: [UInt8], original: [UInt8]? = nil, at now: Instant
    ) async throws -> DocumentVerification {
        let trust = try await database.read { try self.trust(in: $0) }
        let found = SealVerifier(trust: trust).verify(file: bytes, original: original, now: now.milliseconds)
        return try await database.read { snapshot in
            let makers = try authority.certificates(in: snapshot).filter { $0.role == .maker }
            return try found.asking { try state(of: $0, makers: makers, in: snapshot) }
        }
    }

    /// Whether a PDF is, byte for byte, one that was sealed here; PDF signatures are verified by readers.
    public func knows(pdf bytes: [UInt8], in snapshot: Snapshot) throws -> Bool {
        try snapshot.row("SELECT id FROM eseal_use WHERE pdf_digest = ?", Hex.encode(SM3.hash(bytes))) != nil
    }

    private func state(
        of seal: ElectronicSeal, makers: [StoredCertificate], in snapshot: Snapshot
    ) throws -> SealState {
        guard let known = try register.find(identifier: seal.identifier, in: snapshot), known.encoding == seal.der
        else { return .unknown(isOurs: makers.contains { $0.certificate.der == seal.makerCertificate }) }
        switch known.state {
        case .suspended, .revoked, .replaced: return .ended(since: known.endedAt?.milliseconds ?? 0)
        case .inForce: return .inForce
        case .applied, .refused, .approved, .made: return .unknown(isOurs: true)
        }
    }
}
