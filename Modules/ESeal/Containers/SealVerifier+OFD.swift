import Cryptography
import Documents
import Foundation

extension SealVerifier {
    /// The largest document that is looked at, in bytes.
    public static let maximumDocument = 20 << 20

    /// Verifies an OFD document from outside with all its signatures; nothing about it is trusted.
    ///
    /// - Parameter now: the time of the check, in milliseconds since 1970 (UTC).
    public func verify(ofd bytes: [UInt8], now: Int64) -> DocumentVerification {
        guard bytes.count <= Self.maximumDocument else {
            return DocumentVerification(
                container: [SealFinding(.containerSize, "文件有 \(bytes.count >> 20) MB，超过 20 MB，没有读取。请核对是不是所要的文件。")],
                signatures: [])
        }
        do {
            let package = try OFDPackage(bytes)
            return try verify(package, now: now)
        } catch let error as DocumentsError {
            return DocumentVerification(container: [SealFinding(error)], signatures: [])
        } catch {
            return DocumentVerification(
                container: [SealFinding(.containerDamaged, "文件读不出来，可能已损坏。请向对方重新索取。")], signatures: [])
        }
    }

    private func verify(_ package: OFDPackage, now: Int64) throws -> DocumentVerification {
        var container: [SealFinding] = []
        var places: [OFDPlace] = []
        for list in package.signatureLists {
            for entry in try package.entries(of: list) {
                do {
                    places.append(try OFDPlace(entry, in: package))
                } catch let error as DocumentsError {
                    container.append(SealFinding(error))
                }
            }
        }
        guard places.count <= 200 else { throw DocumentsError(.tooLarge, "文件里的签章超过 200 个，没有核验。请核对是不是所要的文件。") }
        if places.isEmpty, container.isEmpty {
            container.append(SealFinding(.unsigned, "文件里没有电子签章，无法核验真伪。请向出具单位索取盖章的文件。"))
        }
        let free = Set(package.signatureLists).union(places.flatMap(\.own))
        let signatures = try places.map { place in
            let single = verify(
                try package.archive.bytes(of: place.signature.signedValue), original: place.bytes, now: now,
                place: "/\(place.description)")
            let steps = [
                filesStep(place, package), try sealFileStep(place, single.signature, package),
                coverageStep(place, package, free: free),
            ]
            return SealVerification(place: single.place, steps: single.steps + steps, signature: single.signature)
        }
        return DocumentVerification(container: container, signatures: signatures)
    }

    private func filesStep(_ place: OFDPlace, _ package: OFDPackage) -> SealStep {
        let method = place.signature.method
        guard SealAlgorithm.digestNames.contains(method.lowercased()) else {
            return SealStep(
                .files, findings: [SealFinding(.fileHash, "各文件的摘要用的是 \(method.prefix(40))，不是 SM3，不能证明内容没有改动。请勿采信。")])
        }
        let findings = place.signature.references.compactMap { reference -> SealFinding? in
            let shown = reference.path.prefix(120)
            guard let path = try? package.resolve(reference.path, from: place.description),
                let digest = try? package.digest(of: path)
            else {
                return SealFinding(.fileHash, "受保护的文件“\(shown)”缺失或读不出来。请勿采信。", subject: reference.path)
            }
            return Data(digest).base64EncodedString() == reference.check
                ? nil : SealFinding(.fileHash, "“\(shown)”在签章之后被改动过。请勿采信。", subject: reference.path)
        }
        return SealStep(.files, findings: findings)
    }

    private func sealFileStep(
        _ place: OFDPlace, _ signature: SealSignature?, _ package: OFDPackage
    ) throws -> SealStep {
        guard let path = place.signature.seal else { return SealStep(skipped: .sealFile, note: "没有单独的印章文件。") }
        guard let signature else { return SealStep(skipped: .sealFile, note: "签章数据读不出来，无法核验这一步。") }
        let isSame = try package.archive.bytes(of: path) == signature.seal.der
        return SealStep(
            .sealFile,
            findings: isSame ? [] : [SealFinding(.sealMismatch, "印章文件与签章数据里的印章不一致，被替换过。请勿采信。", subject: "/\(path)")])
    }

    /// What may lie outside of a signature's protection: its own two files, the lists, and later signatures' files.
    private func coverageStep(_ place: OFDPlace, _ package: OFDPackage, free: Set<String>) -> SealStep {
        let covered = Set(
            place.signature.references.compactMap { try? package.resolve($0.path, from: place.description) })
        let open = package.archive.names.filter { !covered.contains($0) && !free.contains($0) }
        return SealStep(
            .coverage,
            findings: open.prefix(20).map {
                SealFinding(.coverage, "“/\($0.prefix(120))”不在签章保护之内，可能是后来加进去的。请勿采信其中的内容。", subject: "/\($0)")
            })
    }
}

/// One signature of a package: its description and the files that are its own.
private struct OFDPlace {
    let description: String
    let bytes: [UInt8]
    let signature: OFDSignature

    init(_ entry: OFDPackage.SignatureEntry, in package: OFDPackage) throws {
        description = entry.description
        bytes = try package.archive.bytes(of: description)
        signature = try OFDSignature(try XMLTree.read(bytes, description), path: description, in: package)
    }

    var own: [String] { [description, signature.signedValue] + (signature.seal.map { [$0] } ?? []) }
}

extension SealFinding {
    /// What reading a container met, under the code for people who verify.
    init(_ error: DocumentsError) {
        let code: SealCode =
            switch error.code {
            case .tooLarge: .containerSize
            case .unsafePath: .containerPath
            case .duplicate: .containerDuplicate
            case .unsafe: .containerUnsafe
            case .missing: .containerMissing
            default: .containerDamaged
            }
        self.init(code, error.message)
    }
}
