import NIOCore

enum SocketAddressFixture {
    static func make(_ address: String) throws -> SocketAddress { try SocketAddress(ipAddress: address, port: 1) }
}
