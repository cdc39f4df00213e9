import HTTPTypes
import Kernel
import PluginKit

/// Turns a typed endpoint into a route: reads and merges its input, runs it, and writes its answer.
struct EndpointRoute: Sendable {
    private let endpoint: Endpoint
    private let environment: HTTPEnvironment
    private let input: EndpointInputReader
    private let idempotency: IdempotencyReader

    static func route(_ owned: Registry.Owned<Endpoint>, in environment: HTTPEnvironment) -> HTTPRoute {
        let route = EndpointRoute(endpoint: owned.value, environment: environment)
        return HTTPRoute(
            owned.value.method, "/api/v1/\(owned.path)", access: owned.value.access,
            isProven: owned.value.input.takesMessage
        ) {
            try await route.answer($0)
        }
    }

    private init(endpoint: Endpoint, environment: HTTPEnvironment) {
        self.endpoint = endpoint
        self.environment = environment
        input = EndpointInputReader(endpoint.input, method: endpoint.method, settings: environment.settings)
        idempotency = IdempotencyReader(environment)
    }

    private func answer(_ exchange: Exchange) async throws -> Reply {
        if !endpoint.method.isSafe, exchange.caller.credential == .cookie {
            guard let token = exchange.headers[.csrfToken],
                environment.csrf.accepts(token, from: exchange)
            else { throw Problem.csrf }
        }
        let (raw, bytes) = try await input.read(exchange)
        let call = Call(
            act: exchange.act,
            idempotency: endpoint.method.isSafe ? nil : try idempotency.read(exchange, endpoint.method, body: bytes),
            expectedVersion: try expectedVersion(exchange))
        do {
            let reply = try await endpoint.run(raw, call)
            return write(reply, for: exchange)
        } catch let replay as IdempotentReplay {
            let answer = replay.answer
            var reply = write(
                RawReply(
                    status: answer.status, contentType: Self.json, body: answer.body, version: answer.version),
                for: exchange)
            reply.fields[.idempotentReplayed] = "true"
            return reply
        }
    }

    private static let json = "application/json; charset=utf-8"

    private func write(_ raw: RawReply, for exchange: Exchange) -> Reply {
        var reply = Reply(raw.status, contentType: raw.status == 204 ? "" : raw.contentType)
        // What a caller may see depends on who it is, so nobody between may keep it.
        reply.fields[.cacheControl] = endpoint.access == .anyone ? "no-cache" : "no-store"
        if let name = raw.fileName { reply.fields[.contentDisposition] = FileName.disposition(name, inline: false) }
        if let version = raw.version {
            let tag = "\"\(version)\""
            reply.fields[.eTag] = tag
            if endpoint.method == .get, exchange.headers[.ifNoneMatch] == tag {
                reply.status = 304
                return reply
            }
        }
        if raw.status != 204 {
            reply.body = raw.body
            reply.spooled = raw.spooled
        }
        return reply
    }

    private func expectedVersion(_ exchange: Exchange) throws -> Int? {
        guard let header = exchange.headers[.ifMatch], header != "*" else { return nil }
        guard header.utf8.count > 2, header.hasPrefix("\""), header.hasSuffix("\""),
            let version = Int(header.dropFirst().dropLast())
        else { throw Problem.header("If-Match", "应当是上次得到的 ETag，形如 \"3\"") }
        return version
    }
}
