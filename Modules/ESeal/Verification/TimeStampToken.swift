import Cryptography

/// What a time-stamp token (RFC 3161) says; the signature of who made it is not verified here.
enum TimeStampToken {
    private static let signedData: Set<String> = ["1.2.840.113549.1.7.2", "1.2.156.10197.6.1.4.2.2"]
    private static let information = "1.2.840.113549.1.9.16.1.4"

    /// Why a token doesn't fit a signature value; nil when it does.
    static func problem(_ token: [UInt8], over value: [UInt8], notBefore: Int64) -> String? {
        do throws(DERError) {
            let (algorithm, imprint, time) = try contents(token)
            guard SealAlgorithm.digestNames.contains(algorithm) else {
                return "时间戳用的摘要算法（\(algorithm)）不是 SM3，本系统不核验。请用出具单位指定的软件核验。"
            }
            if imprint != SM3.hash(value) { return "时间戳不是为这个签章加的。请勿采信签章时间。" }
            // A minute is allowed for clocks that don't agree.
            if time < notBefore - 60_000 { return "时间戳的时间早于签章时间。请勿采信签章时间。" }
            return nil
        } catch {
            return "时间戳不合规范：\(error)。"
        }
    }

    private static func contents(
        _ token: [UInt8]
    ) throws(DERError) -> (algorithm: String, imprint: [UInt8], time: Int64) {
        var reader = DERReader(token)
        let start = reader
        var content = try reader.sequence("ContentInfo")
        guard signedData.contains(try content.identifier("contentType")) else {
            throw start.failure(.content, "contentType")
        }
        var explicit = DERReader(try content.element(DERTag.context(0), "content"))
        var signed = try explicit.sequence("SignedData")
        _ = try signed.integer("version")
        _ = try signed.element(DERTag.set, "digestAlgorithms")
        var encapsulated = try signed.sequence("encapContentInfo")
        guard try encapsulated.identifier("eContentType") == information else {
            throw start.failure(.content, "eContentType")
        }
        var inside = DERReader(try encapsulated.element(DERTag.context(0), "eContent"))
        var octets = DERReader(try inside.octets("eContent"))
        var info = try octets.sequence("TSTInfo")
        _ = try info.integer("version")
        _ = try info.element(DERTag.objectIdentifier, "policy")
        var imprint = try info.sequence("messageImprint")
        var algorithm = try imprint.sequence("hashAlgorithm")
        let name = try algorithm.identifier("hashAlgorithm")
        let digest = try imprint.octets("hashedMessage")
        _ = try info.serialNumber("serialNumber")
        return (name, digest, try info.time("genTime"))
    }
}
