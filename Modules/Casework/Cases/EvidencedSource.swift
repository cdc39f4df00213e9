public import Catalogue

/// What was found when a source was asked that may serve in place of a paper.
public struct EvidencedSource: Sendable, Hashable, Codable {
    public internal(set) var source: MaterialSlot.Source
    /// What names it, such as a licence's identifier; empty where nothing was found.
    public internal(set) var evidence: String
    /// Why it does not serve, or not yet; nil when it serves.
    public internal(set) var doubt: Doubt?

    /// Why a source that was asked does not serve.
    public enum Doubt: String, Sendable, Hashable, Codable {
        /// It is there; whether it says the same as the form can't be told before the form is filled in.
        case unsettled
        /// It is there and says something else than the form.
        case contradicts
        /// The party has agreed to be looked up, and has no such licence.
        case absent
    }

    public init(source: MaterialSlot.Source, evidence: String, doubt: Doubt? = nil) {
        self.source = source
        self.evidence = evidence
        self.doubt = doubt
    }
}
