/// The name of a certificate's subject or issuer, in the parts that Chinese certificates use (GB/T 20518-2018 §5.2.3).
public struct DistinguishedName: Sendable, Hashable, CustomStringConvertible {
    /// Two-letter country (C), `CN` by default.
    public var country: String?
    /// Organisation (O).
    public var organization: String?
    /// Organisational unit (OU).
    public var organizationalUnit: String?
    /// Common name (CN).
    public var commonName: String?

    /// Creates a name; each part has at most 64 characters, the country two.
    public init(
        commonName: String?, organization: String? = nil, organizationalUnit: String? = nil, country: String? = "CN"
    ) {
        self.country = country
        self.organization = organization
        self.organizationalUnit = organizationalUnit
        self.commonName = commonName
    }

    /// The parts in the usual order, for example `C=CN, O=…, CN=…`.
    public var description: String {
        [("C", country), ("O", organization), ("OU", organizationalUnit), ("CN", commonName)]
            .compactMap { label, value in value.map { "\(label)=\($0)" } }
            .joined(separator: ", ")
    }
}
