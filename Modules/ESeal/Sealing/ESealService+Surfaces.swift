import Cryptography
import Extension
import Standards
import Storage

extension ESealService {
    var verifyUpload: Endpoint {
        Endpoint(
            upload: .post, "seals/verify", summary: "核验一份盖了电子印章的文件，任何人都可以用", access: .anyone, status: 200
        ) { (_: Nothing, file: UploadedFile, call: Call) -> DocumentVerificationView in
            DocumentVerificationView(try await verify(file.bytes, at: call.act.now))
        }
    }

    /// What others need to verify our seals: the certificates of our authorities and the lists of revoked ones.
    var roots: Endpoint {
        Endpoint(
            .get, "seals/authorities", summary: "本系统电子印章的根证书、签发机构证书和吊销列表", access: .anyone
        ) { (_: Nothing, _: Call) -> AuthoritiesView in
            try await database.read { snapshot in
                var view = AuthoritiesView()
                let all = try authority.certificates(in: snapshot).filter { $0.certificate.isCA && $0.key != nil }
                view.certificates = all.map(\.certificate.pem)
                view.revocationLists = try authority.revocationLists(in: snapshot).map(\.pem)
                view.isTrusted = all.contains { trustedRoots.contains($0.certificate) }
                return view
            }
        }
    }

    /// Lists are made anew before the last one is over, so that who verifies elsewhere is not left without one.
    var renewal: Job {
        Job("eseal-revocation-lists", every: .seconds(3600)) { act in
            let isDue = try await database.read { snapshot in
                try authority.current(.issuing, at: act.now, in: snapshot) != nil
                    && authority.revocationLists(in: snapshot).allSatisfy {
                        ($0.nextAt ?? 0) - act.now.milliseconds < 10 * CertificateAuthority.day
                    }
            }
            if isDue { _ = try await authority.renewList(by: act) }
        }
    }

    /// What ends within 60 days: certificates that are in use, and seals.
    var certificateHealth: HealthCheck {
        HealthCheck("eseal-certificates", title: "印章和证书") { act in
            let (certificates, seals) = try await database.read { snapshot in
                (try authority.certificates(in: snapshot), try register.list(in: snapshot))
            }
            if certificates.isEmpty { return .sound("没有自建的证书机构，没有制作印章") }
            let now = act.now.milliseconds
            func days(_ end: Int64) -> Int64 { (end - now) / CertificateAuthority.day }
            var (over, soon): ([String], [String]) = ([], [])
            for stored in certificates where stored.key != nil && stored.revokedAt == nil && stored.role != .signer {
                let left = days(stored.certificate.notAfter)
                if left < 0 {
                    over.append("\(stored.role.title)证书已过期")
                } else if left < 60 {
                    soon.append("\(stored.role.title)证书还有 \(left) 天到期")
                }
            }
            for seal in seals where seal.state == .inForce {
                guard let end = seal.validUntil?.milliseconds else { continue }
                if days(end) < 0 {
                    over.append("“\(seal.name)”已过有效期")
                } else if days(end) < 60 {
                    soon.append("“\(seal.name)”还有 \(days(end)) 天到期")
                }
            }
            let remedy = "印章请用 yiciban seal apply --replaces 换发；制章人证书请用 yiciban ca issue 重新签发。"
            if !over.isEmpty { return .fault((over + soon).joined(separator: "，"), remedy: remedy) }
            if !soon.isEmpty { return .warning(soon.joined(separator: "，"), remedy: remedy) }
            let inUse = seals.filter { $0.state == .inForce }.count
            return .sound("\(certificates.count) 张证书、\(inUse) 枚使用中的印章都在有效期内")
        }
    }
}

/// What others need to verify our seals.
struct AuthoritiesView: SchemaType {
    var certificates: [String] = []
    var revocationLists: [String] = []
    var isTrusted = false

    static let schema = Schema<AuthoritiesView> {
        Field("certificates", \.certificates, .list(of: .text(max: 16_000)), doc: "证书（PEM），根证书在先")
        Field("revocation_lists", \.revocationLists, .list(of: .text(max: 16_000_000)), doc: "吊销列表（PEM）")
        Field("trusted", \.isTrusted, .flag, doc: "根证书是否在信任名单内；不在的，只供演练")
    }
}
