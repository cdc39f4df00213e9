public import Storage

/// The applicant chose how the results reach it.
public struct CaseDeliveryChosen: CaseEvent {
    public static let name = "case.delivery_chosen"
    public let division: String
    public let caseID: Identifier
    public let way: ResultDelivery.Way
}

/// The results were handed over at a window, against signature.
public struct CaseResultsHandedOver: CaseEvent {
    public static let name = "case.results_handed_over"
    public let division: String
    public let caseID: Identifier
    /// Whether the applicant itself, or who acts for it, collected them.
    public let isApplicant: Bool
    public let signature: ApplicantSignature.Kind
}

/// The results were put into the post.
public struct CaseResultsPosted: CaseEvent {
    public static let name = "case.results_posted"
    public let division: String
    public let caseID: Identifier
}

/// The post delivered them.
public struct CaseResultsArrived: CaseEvent {
    public static let name = "case.results_arrived"
    public let division: String
    public let caseID: Identifier
    public let day: String
}

/// They came back, so that they wait again.
public struct CaseResultsReturned: CaseEvent {
    public static let name = "case.results_returned"
    public let division: String
    public let caseID: Identifier
}
