/// Known answers that are computed at the start, before the algorithms protect anything (GB/T 37092-2018 §7.10).
public enum CryptographySelfTest {
    /// Runs every algorithm once, in about ten milliseconds.
    ///
    /// - Throws: ``CryptographyError`` with `cryptography.self_test`, naming each algorithm that gave a wrong answer.
    public static func run() throws {
        var failed: [String] = []
        if (try? sm3()) != true { failed.append("SM3") }
        if (try? sm4()) != true { failed.append("SM4") }
        if (try? sm2()) != true { failed.append("SM2") }
        guard failed.isEmpty else {
            throw CryptographyError(
                .selfTest, operation: "CryptographySelfTest.run", detail: failed.joined(separator: ", "))
        }
    }

    /// GB/T 32905-2016, appendix A.1.
    private static func sm3() throws -> Bool {
        let answer = try Hex.decode("66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0")
        return SM3.hash(Array("abc".utf8)) == answer
    }

    /// GB/T 32907-2016, appendix A.1: counter mode over zeros gives the encryption of the nonce.
    private static func sm4() throws -> Bool {
        let block = try Hex.decode("0123456789abcdeffedcba9876543210")
        let zeros = [UInt8](repeating: 0, count: 16)
        var output = zeros
        try block.withUnsafeBytes { key in
            try zeros.withUnsafeBytes { input in
                try output.withUnsafeMutableBytes { output in
                    try CounterMode.apply(key: key, nonce: block, to: input, into: output)
                }
            }
        }
        return try output == Hex.decode("681edf34d206965e86b3e94f536e4246")
    }

    /// GB/T 32918.5-2017, appendix A.2, and a fresh signature by the same key.
    private static func sm2() throws -> Bool {
        let key = try SM2.PrivateKey(
            scalar: Hex.decode("3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8"))
        let published = try SM2.Signature(
            raw: Hex.decode(
                "f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3"
                    + "b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa"))
        let message = Array("message digest".utf8)
        let fresh = try key.sign(message)
        return key.publicKey.verify(published.der, for: message)
            && key.publicKey.verify(fresh, for: message)
            && !key.publicKey.verify(published.der, for: message + [0])
    }
}
