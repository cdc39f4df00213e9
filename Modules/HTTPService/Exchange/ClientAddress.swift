import NIOCore

/// Decides whose address counts: the peer's, or what a trusted proxy says.
enum ClientAddress {
    /// - Parameters:
    ///   - peer: the other end of the socket.
    ///   - forwardedFor: the header `X-Forwarded-For`.
    ///   - trustedProxies: addresses whose header is believed.
    /// - Returns: the last address that no trusted proxy owns; anything before it may be invented by the caller.
    static func find(peer: SocketAddress?, forwardedFor: String?, trustedProxies: Set<String>) -> String {
        let peer = peer?.ipAddress ?? "unknown"
        guard trustedProxies.contains(peer), let forwardedFor else { return peer }
        for part in forwardedFor.split(separator: ",").reversed() {
            let address = part.trimmingSpace
            if trustedProxies.contains(address) { continue }
            return (try? SocketAddress(ipAddress: address, port: 0)) == nil ? peer : address
        }
        return peer
    }
}
