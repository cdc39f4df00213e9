public import Extension
public import Standards
public import Storage

/// A seal as the desk shows it.
public struct SealOverview: Sendable {
    public let seal: Seal
    /// Whether it is made, so that there is a picture.
    public let hasPicture: Bool
    public let uses: Int
    public let lastUse: Instant?
}

/// A step of a seal's life that is one write.
public enum SealStepKind: Sendable {
    case approve, refuse, receive, suspend, resume, revoke
}

/// What pages ask: each call is one read or one write.
extension ESealService {
    /// The seals that an actor may know of, with their use.
    public func overview(by act: Act) async throws -> [SealOverview] {
        try await database.read { snapshot in
            try seals(by: act, in: snapshot).map { seal in
                let uses = try uses(of: seal.id, in: snapshot)
                return SealOverview(
                    seal: seal, hasPicture: seal.encoding != nil, uses: uses.count, lastUse: uses.last)
            }
        }
    }

    /// Applies for a seal; see ``apply(_:by:in:)``.
    @discardableResult
    public func apply(_ application: SealApplication, by act: Act) async throws -> Identifier {
        try await database.write { try apply(application, by: act, in: $0) }
    }

    /// Takes a step; see the methods of the same names.
    public func take(_ step: SealStepKind, _ id: Identifier, by act: Act) async throws {
        try await database.write { transaction in
            switch step {
            case .approve: try approve(id, by: act, in: transaction)
            case .refuse: try refuse(id, by: act, in: transaction)
            case .receive: try receive(id, by: act, in: transaction)
            case .suspend: try suspend(id, by: act, in: transaction)
            case .resume: try resume(id, by: act, in: transaction)
            case .revoke: try revoke(id, by: act, in: transaction)
            }
        }
    }

    /// A seal's picture as SVG.
    ///
    /// - Throws: ``SealError`` with `eseal.not_found`, also before it is made.
    public func picture(of id: Identifier, by act: Act) async throws -> [UInt8] {
        guard let svg = try await database.read({ try picture(of: id, by: act, in: $0) }) else { throw Self.unknown }
        return svg
    }

    /// Whether a PDF is, byte for byte, one that was sealed here.
    public func knows(pdf bytes: [UInt8]) async throws -> Bool {
        try await database.read { try knows(pdf: bytes, in: $0) }
    }

    /// Whether what is sealed here has no legal force, since our root is not on the trust list.
    public func isDrill() async throws -> Bool {
        let roots = trustedRoots
        return try await database.read { snapshot in
            try !authority.certificates(in: snapshot).contains { $0.role == .root && roots.contains($0.certificate) }
        }
    }
}
