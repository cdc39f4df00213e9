import Cryptography
import Documents
import Foundation
import Standards

/// Seals an OFD document in the making: every file of it, and the seal's own, under one signature (GB/T 33190-2016 §18).
enum OFDSealing {
    private static let folder = "Doc_0/Signs/Sign_0"

    /// - Parameters:
    ///   - seal: the seal's encoding.
    ///   - certificate: the signer's certificate in DER.
    ///   - time: in milliseconds since 1970 (UTC).
    ///   - sign: signs with the signer's key and gives the signature in DER.
    /// - Returns: the package.
    static func sealed(
        _ draft: OFDDraft, seal: ElectronicSeal, certificate: [UInt8], at time: Int64,
        sign: ([UInt8]) async throws -> [UInt8]
    ) async throws -> [UInt8] {
        var draft = draft
        draft.files.append(OFDDraft.File(path: "\(folder)/Seal.esl", bytes: seal.der))
        let description = description(draft, seal.picture, at: time)
        let property = "/\(folder)/Signature.xml"
        let value = try await SealSignature.made(
            over: description, property: property, seal: seal.der, at: time, certificate: certificate, sign: sign)
        draft.files += [
            OFDDraft.File(path: draft.signatureList, bytes: list(property)),
            OFDDraft.File(path: "\(folder)/Signature.xml", bytes: description),
            OFDDraft.File(path: "\(folder)/SignedValue.dat", bytes: value),
        ]
        return try draft.package()
    }

    private static func list(_ property: String) -> [UInt8] {
        XMLText.document(
            "<ofd:Signatures \(XMLText.namespace)><ofd:MaxSignId>1</ofd:MaxSignId>"
                + "<ofd:Signature ID=\"1\" Type=\"Seal\" BaseLoc=\"\(property)\"/></ofd:Signatures>")
    }

    private static func description(
        _ draft: OFDDraft, _ picture: ElectronicSeal.Picture, at time: Int64
    ) -> [UInt8] {
        let references = draft.files.map { file in
            "<ofd:Reference FileRef=\"/\(XMLText.escaped(file.path))\"><ofd:CheckValue>"
                + Data(SM3.hash(file.bytes)).base64EncodedString() + "</ofd:CheckValue></ofd:Reference>"
        }.joined()
        let stamps = draft.places.enumerated().map { index, place in
            let left = String(format: "%.2f", place.x - Double(picture.width) / 2)
            let top = String(format: "%.2f", place.y - Double(picture.height) / 2)
            return "<ofd:StampAnnot ID=\"\(index + 1)\" PageRef=\"\(place.page)\" "
                + "Boundary=\"\(left) \(top) \(picture.width) \(picture.height)\"/>"
        }.joined()
        let instant = Instant(milliseconds: time)
        return XMLText.document(
            "<ofd:Signature \(XMLText.namespace)><ofd:SignedInfo>"
                + "<ofd:Provider ProviderName=\"Yiciban\" Company=\"Yiciban\" Version=\"1.0\"/>"
                + "<ofd:SignatureMethod>\(SealAlgorithm.signature)</ofd:SignatureMethod>"
                + "<ofd:SignatureDateTime>\(instant)</ofd:SignatureDateTime>"
                + "<ofd:References CheckMethod=\"\(SealAlgorithm.digest)\">\(references)</ofd:References>\(stamps)"
                + "<ofd:Seal><ofd:BaseLoc>/\(folder)/Seal.esl</ofd:BaseLoc></ofd:Seal></ofd:SignedInfo>"
                + "<ofd:SignedValue>/\(folder)/SignedValue.dat</ofd:SignedValue></ofd:Signature>")
    }
}
