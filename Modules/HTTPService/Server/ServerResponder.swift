import HTTPTypes
import Hummingbird
import HummingbirdCore
import Kernel
import Logging
import NIOCore
import PluginKit
import Synchronization

/// Answers every request: finds its route, finds out who asks, checks access, runs the route, and turns errors into
/// problems.
struct ServerResponder: HTTPResponder {
    /// Where a request came in.
    struct Context: InitializableFromSource, Sendable {
        let channel: any Channel

        init(source: ApplicationRequestContextSource) { channel = source.channel }
    }

    let environment: HTTPEnvironment
    let routes: RouteTable
    let pages: PageRouting?
    let metrics: ServerMetrics
    let requestIDs = RequestIDs()
    let reads: RateLimiter
    let changes: RateLimiter

    func respond(to request: Request, context: Context) async throws -> Response {
        let start = ContinuousClock.now
        let requestID = requestIDs.next()
        let target = request.head.path ?? "/"
        let mark = target.utf8.firstIndex(of: UInt8(ascii: "?"))
        var exchange = Exchange(
            request: request, channel: context.channel, environment: environment,
            rawQuery: mark.map { target[target.utf8.index(after: $0)...] } ?? "",
            path: mark.map { String(target[..<$0]) } ?? target, parameters: [:], requestID: requestID,
            now: environment.clock.now(),
            caller: .init(actor: .anonymous(terminal: .api), credential: .none, token: nil))
        var counter = metrics.unmatched
        var isPage = pages != nil && !exchange.path.hasPrefix("/api/")
        var reply: Reply
        do {
            let entry: RouteTable.Entry
            switch try find(&exchange) {
            case .route(let found): entry = found
            case .allowed(let allow):
                reply = Reply(204)
                reply.fields[.allow] = allow
                return finish(reply, exchange, counter, start)
            }
            counter = entry.counter
            isPage = entry.route.isPage
            if !entry.route.identifiesCaller {
                exchange.caller = try await caller(of: exchange, terminal: isPage ? .portal : .api)
            }
            try admit(exchange, to: entry.route)
            reply = try await entry.route.handle(exchange)
        } catch {
            reply = await self.reply(to: error, exchange, isPage: isPage)
        }
        return finish(reply, exchange, counter, start)
    }

    private enum Found {
        case route(RouteTable.Entry)
        case allowed(String)
    }

    private func find(_ exchange: inout Exchange) throws -> Found {
        guard let (leaf, values) = try routes.find(exchange.path[...]) else { throw Problem.noSuchPath }
        let method = exchange.method
        if method == .options { return .allowed(leaf.allow) }
        guard let known = Method(rawValue: method == .head ? "GET" : method.rawValue), let entry = leaf.entries[known]
        else {
            throw MethodNotAllowed(allow: leaf.allow)
        }
        if !values.isEmpty {
            exchange.parameters = Dictionary(zip(entry.parameterNames, values), uniquingKeysWith: { $1 })
        }
        return .route(entry)
    }

    private func caller(of exchange: Exchange, terminal: Actor.Terminal) async throws -> Exchange.Caller {
        if let header = exchange.headers[.authorization] {
            guard header.count > 7, header.prefix(7).lowercased() == "bearer " else { throw Problem.invalidToken }
            let token = String(header.dropFirst(7))
            guard
                let actor = try await environment.authenticator.actor(
                    token: token, terminal: terminal, at: exchange.now)
            else { throw Problem.invalidToken }
            return .init(actor: actor, credential: .bearer, token: token)
        }
        // A cookie that has run out is no error: the visitor is simply nobody again.
        if let token = exchange.cookie(environment.cookies.session), !token.isEmpty,
            let actor = try await environment.authenticator.actor(token: token, terminal: terminal, at: exchange.now)
        {
            return .init(actor: actor, credential: .cookie, token: token)
        }
        return .init(actor: .anonymous(terminal: terminal), credential: .none, token: nil)
    }

    private func admit(_ exchange: Exchange, to route: HTTPRoute) throws {
        if exchange.caller.credential == .none, !route.isProven {
            // Signing in and everything else that nobody in particular may change share the narrow limit.
            // A department's server signs hundreds in from one address; what it proves itself by can't be guessed.
            let limiter = route.method.isSafe || route.identifiesCaller ? reads : changes
            if limiter.isActive, !limiter.admits(exchange.clientAddress, at: exchange.now) {
                throw Problem.tooManyRequests()
            }
        }
        if !route.access.admits(exchange.actor) {
            let actor = exchange.actor.journalName
            environment.logger.notice(
                "access denied",
                metadata: exchange.logged([
                    "actor": "\(actor)", "method": "\(route.method.rawValue)", "route": "\(route.path)",
                    "demands": "\(route.access.name)",
                ]))
            throw route.access.refusal(of: exchange.actor)
        }
    }

    private func reply(to error: any Error, _ exchange: Exchange, isPage: Bool) async -> Reply {
        let (problem, isFault) = ProblemTranslation.problem(of: error)
        if isFault {
            environment.logger.error("request failed", metadata: exchange.logged(["error": "\(error)"]))
        }
        var reply: Reply
        if isPage, let pages {
            reply = await pages.reply(to: problem, exchange)
        } else {
            reply = Reply(problem, requestID: exchange.requestID)
        }
        if let error = error as? MethodNotAllowed { reply.fields[.allow] = error.allow }
        if leavesBodyUnread(problem, exchange) {
            reply.fields[.connection] = "close"
            LingeringClose.begin(on: exchange.channel)
        }
        return reply
    }

    /// Whether a refusal left so much unread that reading it to its end is not worth keeping the connection.
    private func leavesBodyUnread(_ problem: Problem, _ exchange: Exchange) -> Bool {
        guard exchange.hasBody else { return false }
        switch problem.status {
        case 408, 413: return true
        case 400...499: return exchange.declaredLength.map { $0 > 64 << 10 } ?? true
        default: return false
        }
    }

    private func finish(_ reply: Reply, _ exchange: Exchange, _ counter: RouteCounter, _ start: ContinuousClock.Instant)
        -> Response
    {
        let elapsed = start.duration(to: .now).components
        let seconds = Double(elapsed.seconds) + Double(elapsed.attoseconds) * 1e-18
        counter.record(status: reply.status, seconds: seconds)
        if environment.settings.accessLog {
            environment.logger.info(
                "request",
                metadata: exchange.logged([
                    "method": .string(exchange.method.rawValue), "route": .string(counter.path),
                    "status": .stringConvertible(reply.status), "bytes": .stringConvertible(reply.size),
                    "ms": .stringConvertible(Int(seconds * 1000)),
                ]))
        }
        return reply.response(requestID: exchange.requestID, isHead: exchange.method == .head)
    }
}

/// A path that exists with another method.
struct MethodNotAllowed: ProblemConvertible {
    let allow: String
    var problem: Problem { .methodNotAllowed }
}
