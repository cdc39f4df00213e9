public import Cryptography
import Standards

/// How the rehearsal gateway misbehaves, as real ones do now and then.
public struct SandboxBehaviour: Sendable, Hashable {
    /// After how many seconds a notification comes.
    public var delay = 0
    /// How often each notification comes besides the first time.
    public var duplicates = 0
    /// Every how many notifications one is lost; 0 for never, 1 for always.
    public var losesEvery = 0
    /// Every how many notifications one names another amount; 0 for never.
    public var wrongAmountEvery = 0
    /// Whether notifications that are due come in another order.
    public var shuffles = false
    /// Whether refunds are worked on for a while before they are done.
    public var slowRefunds = false

    public init() {}
}

/// Who the rehearsal gateway is, and which merchant it knows.
public struct SandboxSettings: Sendable {
    /// Its own address, for the pages that it names.
    public var address: String
    public var appID = "wx8888888888888888"
    public var merchant = "1900000001"
    public var serial = "5157F09EFDC096DE15EBE81A47057A7232F1B8E1"
    /// The APIv3 key: 32 bytes.
    public var secret: [UInt8]
    public var gatewayKeyID = "PUB_KEY_ID_0119000000012026000000000000000001"
    public var alipayAppID = "2021000000000001"
    public var seller = "2088000000000001"
    let merchantKey: RSASHA256.PublicKey
    let gatewayKey: RSASHA256.PrivateKey
    public var behaviour = SandboxBehaviour()

    /// - Parameters:
    ///   - address: under which it is reached.
    ///   - secret: the APIv3 key.
    ///   - merchantKey: checks what the merchant signs, for both gateways.
    ///   - gatewayKey: signs as both gateways.
    public init(
        address: String, secret: [UInt8], merchantKey: RSASHA256.PublicKey, gatewayKey: RSASHA256.PrivateKey
    ) {
        self.address = address
        self.secret = secret
        self.merchantKey = merchantKey
        self.gatewayKey = gatewayKey
    }
}
