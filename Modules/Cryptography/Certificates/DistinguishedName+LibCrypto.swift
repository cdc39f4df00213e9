import CLibCrypto

extension DistinguishedName {
    /// Reads the parts that are known; the first of each kind counts.
    init(reading name: OpaquePointer?) {
        func part(_ identifier: Int32) -> String? {
            let index = X509_NAME_get_index_by_NID(name, identifier, -1)
            guard index >= 0, let entry = X509_NAME_get_entry(name, index) else { return nil }
            var text: UnsafeMutablePointer<UInt8>?
            let count = ASN1_STRING_to_UTF8(&text, X509_NAME_ENTRY_get_data(entry))
            guard count >= 0, let text else { return nil }
            defer { CRYPTO_free(text, nil, 0) }
            return String(decoding: UnsafeBufferPointer(start: text, count: Int(count)), as: UTF8.self)
        }
        self.init(
            commonName: part(NID_commonName), organization: part(NID_organizationName),
            organizationalUnit: part(NID_organizationalUnitName), country: part(NID_countryName))
    }

    /// Appends the parts to an empty name of libcrypto's.
    func write(to name: OpaquePointer?) throws {
        let parts = [
            (NID_countryName, country), (NID_organizationName, organization),
            (NID_organizationalUnitName, organizationalUnit), (NID_commonName, commonName),
        ]
        for case (let identifier, let value?) in parts {
            let bytes = Array(value.utf8)
            try LibCrypto.check(
                X509_NAME_add_entry_by_NID(
                    name, identifier, YICIBAN_MBSTRING_UTF8, bytes, Int32(bytes.count), -1, 0),
                "X509_NAME_add_entry_by_NID", code: .certificateRequest)
        }
    }
}
