/// What the frame of every page says of the deployment.
public struct PortalSite: Sendable, Hashable {
    /// The name in the header, such as 岳阳市「一件事一次办」.
    public var name: String
    /// Who runs the site (主办单位); empty when nobody is named.
    public var agency: String
    /// The number to call for help; 12345 is the whole country's (政务服务便民热线).
    public var phone: String
    /// The division that is served, such as `430600`.
    public var division: String

    public init(name: String, agency: String, phone: String = "12345", division: String) {
        self.name = name
        self.agency = agency
        self.phone = phone
        self.division = division
    }
}
