import Foundation

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// A server under measurement.
struct BenchServer {
    let child: Child

    func url(_ path: String) -> String { child.address + path }

    /// Signs the sample's mother in.
    func signIn(_ deployment: BenchDeployment) async throws -> BenchSession {
        let user = "lixiaomei"
        let body = try JSONSerialization.data(
            withJSONObject: ["name": user, "password": try deployment.password(of: user)])
        let answer = try await post("/api/v1/sessions", body, token: nil)
        guard let token = answer["token"] as? String else { throw BenchError("登录没有成功：\(answer)") }
        return BenchSession(server: self, token: token)
    }

    func post(_ path: String, _ body: Data, token: String?) async throws -> [String: Any] {
        guard let address = URL(string: url(path)) else { throw BenchError("网址不对：\(path)") }
        var request = URLRequest(url: address)
        request.httpMethod = "POST"
        request.httpBody = body
        request.setValue("application/json", forHTTPHeaderField: "Content-Type")
        if let token { request.setValue("Bearer \(token)", forHTTPHeaderField: "Authorization") }
        let (data, response) = try await URLSession.shared.data(for: request)
        let status = (response as? HTTPURLResponse)?.statusCode ?? 0
        guard (200..<300).contains(status), let object = try JSONSerialization.jsonObject(with: data) as? [String: Any]
        else { throw BenchError("\(path) 答复 \(status)：\(String(decoding: data, as: UTF8.self))") }
        return object
    }

    /// How many writes were committed and how many commits carried them, as `/metrics` tells.
    func commits() async throws -> (writes: Double, commits: Double) {
        guard let address = URL(string: url("/metrics")) else { throw BenchError("网址不对：/metrics") }
        let (data, _) = try await URLSession.shared.data(from: address)
        func value(_ name: String) throws -> Double {
            let line = String(decoding: data, as: UTF8.self).split(separator: "\n").first { $0.hasPrefix(name + " ") }
            guard let number = line?.split(separator: " ").last.flatMap({ Double($0) }) else {
                throw BenchError("/metrics 里没有 \(name)。")
            }
            return number
        }
        return (try value("yiciban_database_writes_total"), try value("yiciban_database_commits_total"))
    }
}

/// A signed-in citizen.
struct BenchSession {
    let server: BenchServer
    let token: String

    /// Submits one case.
    ///
    /// - Returns: its identifier.
    func submitOne() async throws -> String {
        let body = Submission.body(named: "陈测试")
        let answer = try await server.post("/api/v1/cases", Data(body.utf8), token: token)
        guard let id = answer["id"] as? String, answer["state"] as? String == "submitted" else {
            throw BenchError("办件没有提交成功：\(answer)")
        }
        return id
    }
}
