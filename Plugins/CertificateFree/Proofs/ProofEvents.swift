public import PluginKit

/// A kind of proof was entered or changed.
public struct ProofRecorded: Event, Hashable {
    public static let name = "certificate-free.proof_recorded"
    public let code: String
    public let state: String
}
