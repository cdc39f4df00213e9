/// What the register of seals (印章登记库) says of a seal.
public enum SealState: Sendable, Hashable {
    /// No register was asked.
    case notAsked
    /// The register doesn't know it; `isOurs` when it should, since our maker signed it.
    case unknown(isOurs: Bool)
    case inForce
    /// Suspended, revoked or replaced since a moment, in milliseconds since 1970 (UTC).
    case ended(since: Int64)

    /// The step that tells it.
    ///
    /// - Parameter signedAt: when the seal was used, in milliseconds since 1970 (UTC).
    func step(signedAt: Int64) -> SealStep {
        switch self {
        case .notAsked: SealStep(skipped: .sealStatus, note: "没有连接印章登记库，未核验印章是否已被停用、注销。")
        case .unknown(isOurs: false): SealStep(skipped: .sealStatus, note: "不是本地登记的印章，请到制章单位查询它的状态。")
        case .unknown(isOurs: true):
            SealStep(
                .sealStatus,
                findings: [SealFinding(.sealUnknown, "本地印章登记库里没有这枚印章，虽有本地制章签名也请勿采信，并告知管理员。")])
        case .inForce: SealStep(.sealStatus)
        case .ended(let since):
            SealStep(
                .sealStatus,
                findings: since > signedAt
                    ? []
                    : [SealFinding(.sealRevoked, "印章在签章之前已停用或注销（\(SealVerifier.day(since))）。请勿采信，并向用章单位核实。")])
        }
    }
}

extension DocumentVerification {
    /// The same outcome with what the register says of each seal.
    public func asking(_ register: (ElectronicSeal) throws -> SealState) rethrows -> DocumentVerification {
        DocumentVerification(container: container, signatures: try signatures.map { try $0.asking(register) })
    }
}

extension SealVerification {
    fileprivate func asking(_ register: (ElectronicSeal) throws -> SealState) rethrows -> SealVerification {
        guard let signature else { return self }
        let step = try register(signature.seal).step(signedAt: signature.signedAt)
        return SealVerification(
            place: place, steps: steps.map { $0.kind == .sealStatus ? step : $0 }, signature: signature)
    }
}
