import Cryptography
public import Extension
public import Standards
public import Storage

extension LicenceService {
    /// Verifies a file that anybody brings, against the trust list and the register.
    ///
    /// - Throws: ``LicenceError`` with `licences.file.size` for a file that is too large to be looked at.
    public func verify(_ bytes: [UInt8], at instant: Instant) async throws -> LicenceVerification {
        guard bytes.count <= LicenceFile.maximumSize else {
            throw LicenceError(.fileSize, "文件超过 1 MB，不是电子证照文件，请选择后缀为 .licence 的文件。")
        }
        let registered = try await registered(LicenceReading(bytes).file)
        return verifier.verify(bytes, at: instant, registered: registered)
    }

    /// Verifies a licence of the register: its stored file, or for one from elsewhere the word that we can't.
    ///
    /// - Throws: as ``licence(_:by:)``.
    public func verification(of id: Identifier, by act: Act) async throws -> LicenceVerification {
        let licence = try await licence(id, by: act)
        let register = register
        guard licence.origin == .here, let file = try await database.read({ try register.file(of: id, in: $0) })
        else { return .elsewhere(licence.statement) }
        return verifier.verify(file, at: act.now, registered: .status(licence.status))
    }

    private func registered(_ file: LicenceFile?) async throws -> LicenceVerifier.Registered {
        guard let file, let identifier = file.licence.identifier else { return .notAsked }
        let register = register
        if let found = try await database.read({ try register.find(identifier: identifier, in: $0) }),
            found.id.text == file.licence.id
        {
            return .status(found.status)
        }
        return .unknown(isOurs: StrictBase64.decode(file.certificate) == signer.certificate.der)
    }
}
