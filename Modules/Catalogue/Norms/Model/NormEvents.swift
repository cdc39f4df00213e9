import Extension
import Standards

/// A norm was entered into the library, or changed.
struct NormRecorded: Event, Hashable {
    static let name = "norms.recorded"
    let number: String
}

/// A division told how far it is with a norm.
struct NormAdoptionRecorded: Event, Hashable {
    static let name = "norms.adoption_recorded"
    let number: String
    let division: String
    let state: String
    let day: LegalDay
}
