public import Cryptography
public import Logging
public import PluginKit

/// What the services are made from.
public struct KernelFoundation: Sendable {
    public let folder: DeploymentFolder
    public let settings: DeploymentSettings
    public let database: any Database
    public let keyring: Keyring
    public let events: EventLog
    public let clock: any Now
    /// Signs checkpoints, licences and results in the name of this deployment (SM2).
    public let deploymentKey: SM2.PrivateKey
    public let logger: Logger

    /// Encrypts personal data.
    public var cipher: FieldCipher { keyring.cipher }
}
