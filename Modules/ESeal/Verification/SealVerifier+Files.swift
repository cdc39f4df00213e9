extension SealVerifier {
    /// Verifies whatever a file is: an OFD document, or a signature by itself.
    ///
    /// - Parameters:
    ///   - original: what a signature by itself was made over.
    ///   - now: the time of the check, in milliseconds since 1970 (UTC).
    public func verify(file bytes: [UInt8], original: [UInt8]? = nil, now: Int64) -> DocumentVerification {
        if bytes.first == 0x30 {
            guard bytes.count <= SealSignature.maximumSize else {
                return DocumentVerification(
                    container: [SealFinding(.containerSize, "签章数据超过 8 MB，没有读取。请核对是不是所要的文件。")], signatures: [])
            }
            return DocumentVerification(
                container: [], signatures: [verify(bytes, original: original, now: now)])
        }
        return verify(ofd: bytes, now: now)
    }
}
