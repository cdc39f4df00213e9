import Documents

/// What a `Signature.xml` says (GB/T 33190-2016 §18.2).
struct OFDSignature {
    /// A protected file.
    struct Reference {
        let path: String
        /// Base64 of the digest.
        let check: String
    }

    /// The algorithm of the digests: a name or an object identifier; MD5 when it isn't said.
    let method: String
    let references: [Reference]
    /// The path of the seal's file; nil when there is none.
    let seal: String?
    let signedValue: String

    init(_ tree: XMLTree, path: String, in package: OFDPackage) throws {
        let info = tree.child("SignedInfo")
        let list = info?.child("References")
        method = list?.attributes["CheckMethod"] ?? "MD5"
        references = (list?.children("Reference") ?? []).map { reference in
            Reference(
                path: reference.attributes["FileRef"] ?? "", check: reference.child("CheckValue")?.text ?? "")
        }
        let seal = info?.child("Seal")?.child("BaseLoc")?.text ?? ""
        self.seal = seal.isEmpty ? nil : try package.resolve(seal, from: path)
        signedValue = try package.resolve(tree.child("SignedValue")?.text ?? "", from: path)
    }
}
