public import Standards
public import Storage

/// What a licence is made from; everything that the service can't know by itself.
public struct LicenceDraft: Sendable, Hashable {
    /// The type by its name, such as 出生医学证明.
    public var type: String
    public var title: String
    /// The issuer's number; nil lets a licence issued here take the serial of its licence identifier.
    public var number: String?
    public var holders: [LicenceHolder]
    /// The persons who may see it besides the holders.
    public var viewers: [Identifier]
    public var issuer: LicenceIssuer
    public var origin: LicenceOrigin
    /// The day of issue; nil for the day of the act.
    public var issuedOn: LegalDay?
    /// The last day of validity; nil for 长期有效.
    public var validUntil: LegalDay?
    public var fields: [LicenceField]
    public var caseID: Identifier?
    public var itemID: String?
    /// The division in which it is issued or recorded.
    public var division: String
    /// A blob with the original of a licence from elsewhere.
    public var original: String?
    /// The licence that this one takes the place of (换发): it becomes `superseded`, and the version goes up.
    public var replaces: Identifier?
    /// The decision on which that rests (决定文书的文号).
    public var basis = ""

    public init(
        type: String, title: String? = nil, number: String? = nil, holders: [LicenceHolder],
        viewers: [Identifier] = [], issuer: LicenceIssuer, origin: LicenceOrigin, issuedOn: LegalDay? = nil,
        validUntil: LegalDay? = nil, fields: [LicenceField] = [], caseID: Identifier? = nil, itemID: String? = nil,
        division: String, original: String? = nil, replaces: Identifier? = nil
    ) {
        self.type = type
        self.title = title ?? type
        self.number = number
        self.holders = holders
        self.viewers = viewers
        self.issuer = issuer
        self.origin = origin
        self.issuedOn = issuedOn
        self.validUntil = validUntil
        self.fields = fields
        self.caseID = caseID
        self.itemID = itemID
        self.division = division
        self.original = original
        self.replaces = replaces
    }
}
