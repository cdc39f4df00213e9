import Catalogue
import Extension
import Standards

/// Whether who acts is the party that the form names, by what is verified of it.
enum ConsentRecognition: Equatable {
    /// The party itself, or who acts for the enterprise by a mandate.
    case party
    /// The identifier is the party's and the form has another name for it.
    case otherName(verified: String)
    /// Somebody else.
    case stranger

    /// - Parameter known: the verified values of who acts, by prefill key.
    init(_ scope: ConsentScope, _ actor: Actor, known: [String: String]) {
        let isForEnterprise = actor.party != actor.person
        if scope.isEnterprise, !isForEnterprise {
            self = .stranger
            return
        }
        let keys: (name: PrefillKey, number: PrefillKey) =
            scope.isEnterprise ? (.enterpriseName, .enterpriseCreditCode) : (.applicantName, .applicantIDNumber)
        guard actor.kind == .person, let number = known[keys.number.rawValue], !number.isEmpty,
            number == scope.identifier
        else {
            self = .stranger
            return
        }
        let name = known[keys.name.rawValue] ?? ""
        self = StatedName(name) == StatedName(scope.name) ? .party : .otherName(verified: name)
    }
}

/// A name to compare: without what only differs in writing.
public struct StatedName: Hashable, Sendable {
    private let text: String

    public init(_ text: String) {
        self.text = (try? PersonName(text))?.text ?? text.filter { !$0.isWhitespace }
    }

    /// Whether there is a name at all.
    public var isEmpty: Bool { text.isEmpty }
}
